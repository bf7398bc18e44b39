import ArgumentParser
import Domain
import Foundation

/// `torg calendar`: working days and public holidays, as the deadlines reckon with them.
struct CalendarCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calendar", abstract: "Working days and public holidays.",
        subcommands: [Due.self, Holidays.self])

    /// The years for which the rules are right.
    static func check(year: Int) throws {
        guard Country.holidayYears.contains(year) else {
            throw ValidationError(
                "the calendar knows the years \(Country.holidayYears.lowerBound) to \(Country.holidayYears.upperBound)")
        }
    }

    struct Due: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "When something is due that may take so many working days.")

        @Option(help: "SE, NO or DK.") var country: Country
        @Option(name: .customLong("from"), help: "When it came in, such as 2026-07-20T09:12:00+02:00.")
        var start: Instant
        @Option(help: "How many, 0 to 2000.") var workingDays: Int
        @Flag(help: "Prints JSON.") var json = false

        func validate() throws {
            let range = WorkingCalendar.targetRange
            guard range.contains(workingDays) else {
                throw ValidationError("working days are \(range.lowerBound) to \(range.upperBound)")
            }
            try CalendarCommand.check(year: WorkingCalendar.standard(country).timeZone.day(of: start).year)
        }

        func run() throws {
            let calendar = WorkingCalendar.standard(country)
            let due = calendar.due(workingDays: workingDays, after: start)
            let day = calendar.timeZone.day(of: due)
            try CalendarCommand.check(year: day.year)
            guard json else { return say("\(due.iso8601)  \(day) \(calendar.timeZone.timeOfDay(of: due))") }
            try sayJSON(
                Answer(
                    country: country, from: start, workingDays: workingDays, due: due, day: day,
                    timeZone: calendar.timeZone.identifier))
        }

        private struct Answer: Encodable {
            var country: Country
            var from: Instant
            var workingDays: Int
            var due: Instant
            var day: CivilDay
            var timeZone: String

            enum CodingKeys: String, CodingKey {
                case country, from, due, day
                case workingDays = "working_days"
                case timeZone = "time_zone"
            }
        }
    }

    struct Holidays: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The public holidays of a year.")

        @Option(help: "SE, NO or DK.") var country: Country
        @Option(help: "1970 to 2200.") var year: Int
        @Flag(help: "Prints JSON.") var json = false

        func validate() throws { try CalendarCommand.check(year: year) }

        func run() throws {
            let holidays = country.publicHolidays(in: year)
            guard json else {
                for (day, holiday) in holidays { say("\(day)  \(holiday.name[country.language])") }
                return
            }
            try sayJSON(
                holidays.map { day, holiday in
                    Line(
                        date: day, holiday: holiday.rawValue, name: holiday.name[country.language], names: holiday.name)
                })
        }

        private struct Line: Encodable {
            var date: CivilDay
            var holiday: String
            var name: String
            var names: DayName
        }
    }
}

private func sayJSON(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    say(String(decoding: try encoder.encode(value), as: UTF8.self))
}

extension Country: ExpressibleByArgument {
    public init?(argument: String) { self.init(rawValue: argument.uppercased()) }

    /// The language in which its municipalities speak.
    var language: String {
        switch self {
        case .sweden: "sv"
        case .norway: "nb"
        case .denmark: "da"
        }
    }
}

extension Instant: ExpressibleByArgument {
    public init?(argument: String) { self.init(iso8601: argument) }
}

extension CivilDay: ExpressibleByArgument {
    public init?(argument: String) { self.init(iso: argument) }
}
