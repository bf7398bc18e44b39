import Database
import Domain

/// How the office is open on a customary day. Raw values are the form's.
enum CustomaryHours: String, CaseIterable {
    case open, closed, half
}

/// What the form of the calendar holds: when the office is open, and how much time things may take.
struct CalendarRecord: Sendable {
    var calendar: WorkingCalendar
    var targets: ServiceTargets

    static let maximumPeriods = 12
    private static let maximumClosingDays = 500

    /// By the fields' names.
    static let targets: [(field: String, path: any WritableKeyPath<ServiceTargets, ServiceTarget> & Sendable)] = [
        ("acknowledge", \.acknowledge), ("feedback", \.feedback), ("complaint", \.complaint),
        ("call_back", \.callBack), ("close", \.close), ("remind_citizen", \.remindCitizen),
    ]

    /// The fields of those that have a time of their own for holiday periods.
    static let inHolidays = ["feedback": "feedback_holiday", "complaint": "complaint_holiday"]

    init(_ directory: Directory) {
        calendar = directory.calendar
        targets = directory.targets
    }

    /// By the keys of what the audit tells.
    func values(_ words: Words) -> FieldValues {
        var values: [String: String?] = [
            "admin.calendar.hours": Weekday.allCases.map { CalendarText.text(calendar.week[$0]) }
                .joined(separator: " "),
            "admin.calendar.customary": CustomaryDay.allCases.map(custom).joined(separator: " "),
            "admin.calendar.closing_days": CalendarText.closingDays(of: calendar),
            "admin.calendar.periods": calendar.holidayPeriods.map {
                "\($0.name) \(CalendarText.text($0.first, words)) \(CalendarText.text($0.last, words))"
            }.joined(separator: "\n"),
            "admin.calendar.escalate_after": "\(targets.escalateAfter)",
            "admin.calendar.channels": targets.byChannel.map { "\($0.key.rawValue) \($0.value.workingDays)" }.sorted()
                .joined(separator: " "),
        ]
        for (field, path) in Self.targets {
            values["admin.calendar." + field] = "\(targets[keyPath: path].workingDays)"
            guard let holiday = Self.inHolidays[field] else { continue }
            values["admin.calendar." + holiday] = "\(targets[keyPath: path].inHolidayPeriod)"
        }
        return FieldValues(values)
    }

    private func custom(_ day: CustomaryDay) -> String {
        let hours = calendar.customaryHours(on: day)
        return hours == .half ? calendar.customaryHalfDays[day]?.description ?? "" : hours.rawValue
    }

    /// Reads what was sent. What is wrong is gathered in the reader.
    init(_ input: inout InputReader, _ visit: Visit, in op: Operation) {
        self.init(op.directory)
        readHours(&input)
        readCustomaryDays(&input)
        readClosingDays(&input)
        readPeriods(&input, visit)
        readTargets(&input)
    }

    private mutating func readHours(_ input: inout InputReader) {
        var hours: [Weekday: OfficeHours] = [:]
        var isWrong = false
        for weekday in Weekday.allCases {
            let field = "hours_\(weekday.rawValue)"
            guard let text = input.line(field, max: 20) else { continue }
            if let read = CalendarText.hours(text) {
                hours[weekday] = read
            } else {
                input.fail(field, "invalid_hours")
                isWrong = true
            }
        }
        if let week = OfficeWeek(hours) {
            calendar.week = week
        } else if !isWrong {
            input.fail("hours_1", "no_open_day")
        }
    }

    private mutating func readCustomaryDays(_ input: inout InputReader) {
        for day in calendar.shownCustomaryDays {
            calendar.customaryClosingDays.remove(day)
            calendar.customaryHalfDays[day] = nil
            let field = "custom_" + day.rawValue
            let chosen = input.line(field, max: 10, required: true)
            switch chosen.flatMap(CustomaryHours.init) {
            case .closed: calendar.customaryClosingDays.insert(day)
            case .half:
                let field = "half_" + day.rawValue
                guard let text = input.line(field, max: 10, required: true) else { continue }
                if let time = CalendarText.time(text) {
                    calendar.customaryHalfDays[day] = time
                } else {
                    input.fail(field, "invalid_time")
                }
            case .open: break
            case nil: if chosen != nil { input.fail(field, "unknown") }
            }
        }
    }

    private mutating func readClosingDays(_ input: inout InputReader) {
        calendar.closingDays = []
        calendar.halfDays = [:]
        var names: [CivilDay: String] = [:]
        let text = input.text("closing_days", max: 20_000) ?? ""
        var count = 0
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let line = line.drop { $0.isWhitespace }
            guard !line.isEmpty else { continue }
            count += 1
            guard let (day, closes, name) = CalendarText.closingDay(String(line)) else {
                // One is enough to begin with, and the rest may be right.
                return input.fail(
                    "closing_days", "invalid_day_line", ["line": "\(number + 1)", "text": "\(line.prefix(40))"])
            }
            if let closes { calendar.halfDays[day] = closes } else { calendar.closingDays.insert(day) }
            names[day] = name
        }
        calendar.dayNames = names.isEmpty ? nil : names
        if count > Self.maximumClosingDays {
            input.fail("closing_days", "too_many", ["max": "\(Self.maximumClosingDays)"])
        }
    }

    private mutating func readPeriods(_ input: inout InputReader, _ visit: Visit) {
        calendar.holidayPeriods = []
        for number in 1...Self.maximumPeriods {
            let prefix = "period_\(number)_"
            guard ["name", "from", "through"].contains(where: { visit.form.first(prefix + $0)?.isBlank == false })
            else { continue }
            let name = input.line(prefix + "name", max: 60, required: true)
            func day(_ field: String, _ input: inout InputReader) -> DayRule? {
                guard let text = input.line(prefix + field, max: 20, required: true) else { return nil }
                let rule = CalendarText.rule(text, isLast: field == "through")
                if rule == nil { input.fail(prefix + field, "invalid_day_of_year") }
                return rule
            }
            guard let first = day("from", &input), let last = day("through", &input), let name else { continue }
            let period = HolidayPeriod(name: name, from: first, through: last)
            if !period.isInOrder { input.fail(prefix + "through", "period_backwards") }
            calendar.holidayPeriods.append(period)
        }
    }

    private mutating func readTargets(_ input: inout InputReader) {
        for (field, path) in Self.targets {
            guard let days = input.days(field, required: true) else { continue }
            targets[keyPath: path] = ServiceTarget(days)
            guard let holiday = Self.inHolidays[field] else { continue }
            targets[keyPath: path].inHolidayPeriod = input.days(holiday, required: true) ?? days
        }
        targets.escalateAfter = input.days("escalate_after", in: 1...60, required: true) ?? targets.escalateAfter
        targets.byChannel = [:]
        for channel in Contact.Channel.allCases {
            guard let days = input.days("channel_" + channel.rawValue) else { continue }
            // Holidays never shorten a time.
            targets.byChannel[channel] = ServiceTarget(
                days, inHolidayPeriod: max(days, targets.feedback.inHolidayPeriod))
        }
    }

    /// What the municipality began with is not stored, so that it goes on being what Torg knows.
    func save(in op: Operation) throws {
        var usual = WorkingCalendar.standard(calendar.country)
        usual.timeZone = calendar.timeZone
        let calendar = calendar == usual ? nil : try JSON.text(calendar)
        let targets = targets == ServiceTargets() ? nil : try JSON.text(targets)
        try op.tx.run(
            "UPDATE municipalities SET calendar = \(calendar), targets = \(targets) WHERE id = \(op.tenant)")
    }
}

extension JSON {
    fileprivate static func text(_ value: some Encodable) throws -> String {
        String(decoding: try encode(value), as: UTF8.self)
    }
}

extension WorkingCalendar {
    func customaryHours(on day: CustomaryDay) -> CustomaryHours {
        if customaryClosingDays.contains(day) { return .closed }
        return customaryHalfDays[day] == nil ? .open : .half
    }

    /// The customary days that mean something in this country, and those that were chosen.
    var shownCustomaryDays: [CustomaryDay] {
        CustomaryDay.allCases.filter { day in
            switch day {
            case .wednesdayBeforeEaster, .christmasEve, .newYearsEve: true
            case .danishConstitutionDay: country == .denmark || isChosen(day)
            case .midsummerEve: country == .sweden || isChosen(day)
            }
        }
    }

    private func isChosen(_ day: CustomaryDay) -> Bool {
        customaryClosingDays.contains(day) || customaryHalfDays[day] != nil
    }
}
