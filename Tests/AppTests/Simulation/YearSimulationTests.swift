import Database
import Domain
import Testing

@testable import App
@testable import Support

/// Nothing is forgotten (R4.1–R4.8): a year of a municipality, and what must be true of it afterwards.
@Suite struct YearSimulationTests {
    struct Line {
        var id: ID<CaseEvent>
        var event: CaseEvent
        var at: Instant

        /// Of a message that told nothing that anybody has to hear.
        var movesNoClock: Bool { event.fact.message != nil && event.hearing == nil }

        /// The reminder that was made.
        var reminder: Reminder? { if case .reminded(let data) = event.fact { data.reminder } else { nil } }
    }

    private struct Made: Hashable {
        var reminder: Reminder
        var at: Instant
    }

    @Test func aYearInWhichNothingIsForgotten() async throws {
        var year = try await SimulatedYear()
        try await year.run()
        let (stored, histories) = try await year.torg.read { op in (try Self.cases(op), try Self.histories(op)) }
        #expect(stored.count > 2_000)
        var reminders = 0
        for subject in stored {
            let history = try #require(histories[subject.id])
            let made = history.compactMap { line in line.reminder.map { Made(reminder: $0, at: line.at) } }
            reminders += made.count
            #expect(Set(made.map(\.reminder)).count == made.count, "a reminder was made twice: \(subject.number)")
            for one in made {
                let calendar = try #require(year.rules.last { $0.since <= one.at }).calendar
                #expect(calendar.isOpen(at: one.at), "\(subject.number) was reminded of when nobody is there")
            }
            let (expected, clocks) = try Self.expected(history, of: subject, in: year)
            #expect(clocks == subject.clocks, "the history of \(subject.number) tells another story")
            let (extra, missing) = (Set(made).subtracting(expected), expected.subtracting(made))
            #expect(extra.isEmpty && missing.isEmpty, "\(subject.number): \(extra), and not \(missing)")
        }
        #expect(reminders > 10_000)
        try everyContractorsCaseCameBack(stored, histories)
        try await HeardCheck(stored, histories, in: year.torg).nobodyCountsAsToldWhoWasNot()
        try everyMeasuresDayWasWatched(stored, histories, year)
        try await everybodyWasToldOnce(year, reminders)
        let looked = try await year.torg.installation.verify { Issue.record("\($0)") }
        #expect(looked == stored.count)
        await year.torg.close()
    }

    /// By the rules as they were at each moment, from the events alone.
    private static func expected(
        _ history: [Line], of subject: Case, in year: SimulatedYear
    ) throws -> (Set<Made>, Clocks) {
        let first = try #require(history.first)
        var replayed = ReplayedCase(
            opened: first.event, at: first.at, channel: subject.channel, firstAnswer: subject.firstAnswer)
        var made: Set<Made> = []
        var remembered: Set<Reminder> = []
        let changes = history.dropFirst().filter { $0.event.kind != .reminded && !$0.movesNoClock }
        var turns = (changes.map(\.at) + year.rules.dropFirst().map(\.since)).filter { $0 > first.at }.sorted()[...]
        var events = changes[...]
        var since = first.at
        while let line = events.first, line.at == since {
            replayed.apply(line, at: since, try #require(year.rules.first).calendar)
            events.removeFirst()
        }
        while true {
            let end = turns.first ?? Instant(milliseconds: .max)
            let rules = try #require(year.rules.last { $0.since <= since })
            let targets = rules.targets.on(replayed.channel)
            let running = replayed.clocks.running(targets, rules.calendar)
            if !running.isEmpty {
                let runs = year.runs.filter { $0 > since && $0 < end && rules.calendar.isOpen(at: $0) }
                for (reminder, at) in replayed.clocks.reminders(of: running, targets, rules.calendar) {
                    guard !remembered.contains(reminder), let run = runs.first(where: { $0 >= at }) else { continue }
                    made.insert(Made(reminder: reminder, at: run))
                    remembered.insert(reminder)
                }
            }
            guard let turn = turns.popFirst() else { break }
            turns = turns.drop { $0 == turn }
            while let line = events.first, line.at == turn {
                replayed.apply(line, at: turn, rules.calendar)
                events.removeFirst()
            }
            since = turn
            guard let now = year.rules.first(where: { $0.since == turn }) else { continue }
            remembered.formUnion(replayed.moved(remembered, from: rules, to: now))
        }
        return (made, replayed.clocks)
    }

    /// What a contractor got has come back, done or not, or is still open and watched.
    private func everyContractorsCaseCameBack(_ stored: [Case], _ histories: [ID<Case>: [Line]]) throws {
        var passed = 0
        for subject in stored {
            var holder: ID<Contractor>?
            for line in histories[subject.id] ?? [] {
                switch line.event.fact {
                case .routed(let data):
                    holder = data.contractor
                    if holder != nil { passed += 1 }
                case .contractorDone, .contractorHandedBack: holder = nil
                case .closed: holder = nil
                // A case that is recoded out of the contractor's sight is passed anew.
                case .recoded where subject.contractor == nil: holder = nil
                default: break
                }
            }
            #expect(holder == subject.contractor, "\(subject.number)")
            #expect(subject.contractor == nil || subject.state.isOpen)
        }
        #expect(passed > 50)
    }

    /// Whatever became of the case: once its day had passed and somebody was there, a measure that was not done was
    /// reminded of.
    private func everyMeasuresDayWasWatched(
        _ stored: [Case], _ histories: [ID<Case>: [Line]], _ year: SimulatedYear
    ) throws {
        let last = try #require(year.runs.last)
        var (watched, onClosed) = (0, 0)
        for subject in stored {
            let history = histories[subject.id] ?? []
            for added in history where added.event.kind == .measureAdded {
                let measure = try #require(added.event.fact.measure)
                let due = try #require(measure.until)
                let done = history.first {
                    $0.event.kind == .measureDone && $0.event.fact.measure?.measure == measure.measure
                }?.at
                // Two working days, and as many closed ones as there can be in a row.
                guard due.adding(days: 10) < min(done ?? last, last) else { continue }
                let said = history.compactMap(\.reminder)
                #expect(
                    said.contains(Reminder(kind: .measure, due: due, step: .missed)),
                    "\(subject.number): \(due.iso8601)")
                watched += 1
                let state = history.last { $0.at <= due && $0.event.state != nil }?.event.state
                if state == .closed { onClosed += 1 }
            }
        }
        #expect(watched > 50 && onClosed > 10)
    }

    /// One mail a person a day, and none to somebody who is away.
    private func everybodyWasToldOnce(_ year: SimulatedYear, _ reminders: Int) async throws {
        let (alerts, mails) = try await year.torg.read { op -> (Int, [(String, Instant)]) in
            let alerts: Int? = try op.tx.value("SELECT count(*) FROM alerts WHERE municipality = \(op.tenant)")
            let mails = try op.tx.rows(
                """
                SELECT address, created_at FROM outbox
                WHERE municipality = \(op.tenant) AND kind IN ('alerts', 'contractor_reminder')
                """
            ).map { row -> (String, Instant) in (try row["address"], try row["created_at"]) }
            return (alerts ?? 0, mails)
        }
        #expect(year.told.reminders == reminders && alerts >= reminders)
        let absent = try await year.torg.read { op in
            op.directory.absences.map { absence in
                (address: op.directory.people[absence.user]?.user.email, days: absence.first...absence.last)
            }
        }
        let days = try mails.map { address, at in
            let calendar = try #require(year.rules.last { $0.since <= at }).calendar
            #expect(calendar.isOpen(at: at))
            let day = calendar.timeZone.day(of: at)
            #expect(!absent.contains { $0.address == address && $0.days.contains(day) }, "\(address) is away on \(day)")
            return "\(address) \(calendar.timeZone.day(of: at))"
        }
        #expect(mails.contains { $0.0.hasSuffix("@example.org") }, "contractors are reminded, too")
        #expect(Set(days).count == days.count, "nobody gets two mails of reminders a day")
    }

    private static func cases(_ op: App.Operation) throws -> [Case] {
        try op.tx.rows("SELECT * FROM cases WHERE municipality = \(op.tenant) ORDER BY id").map { try Case($0) }
    }

    private static func histories(_ op: App.Operation) throws -> [ID<Case>: [Line]] {
        var histories: [ID<Case>: [Line]] = [:]
        for row in try op.tx.rows(
            "SELECT * FROM events WHERE municipality = \(op.tenant) AND case_id IS NOT NULL ORDER BY id")
        {
            let data: String = try row["data"]
            let event = try CaseEvent(try row["kind"], json: data)
            histories[try row["case_id"], default: []].append(
                Line(id: try row["id"], event: event, at: try row["at"]))
        }
        return histories
    }
}
