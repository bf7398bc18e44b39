import Testing

@testable import Domain

/// A case in Sandvik, registered on Monday 9 March 2026 at ten, an ordinary week.
enum SampleCase {
    static let start = Instant(milliseconds: 1_773_046_800_000)
    static let calendar = WorkingCalendar.standard(.norway)
    static let targets = ServiceTargets()
    static let centre = ID<Unit>(1)
    static let roads = ID<Unit>(2)
    static let water = ID<Unit>(3)
    static let kari = ID<User>(11)
    static let per = ID<User>(12)
    static let light = ID<Domain.Category>(21)
    static let leak = ID<Domain.Category>(22)

    static func make(isPassedOn: Bool = false, isAcute: Bool = false) -> Case {
        Case(
            id: ID(100), number: CaseNumber(year: 2026, sequence: 10_001), createdAt: start, title: "Dark",
            category: light, unit: isPassedOn ? roads : centre, isPassedOn: isPassedOn, isAcute: isAcute)
    }

    /// In each state, reached by the rules.
    static func make(_ state: CaseState) throws -> Case {
        var made = make(isPassedOn: state != .new)
        switch state {
        case .new, .passedOn: break
        case .underway: _ = try made.acknowledge(by: kari, calendar: calendar, at: after(hours: 1))
        case .parked: _ = try made.park(until: after(days: 3), reason: "later", calendar: calendar, at: after(hours: 1))
        case .awaitingCitizen: _ = try made.awaitCitizen("Where?", calendar: calendar, at: after(hours: 1))
        case .closed: _ = try made.close(refused, measures: [], by: kari, at: after(hours: 1))
        }
        return made
    }

    static let refused = Closure(answer: "Not ours", outcome: .noAction, reason: "a private road")

    static func after(days: Int = 0, hours: Int = 0) -> Instant { start.adding(days: days, hours: hours) }

    static func measure(
        _ kind: Measure.Kind = .corrective, what: String = "New lamp", who: String = "Roads", isDone: Bool = true,
        number: Int = 0
    ) -> Measure {
        Measure(id: ID(200 + Int64(number)), kind: kind, what: what, who: who, doneAt: isDone ? after(hours: 2) : nil)
    }
}

extension Case {
    var nextDue: Deadline? { clocks.nextDue(SampleCase.targets, SampleCase.calendar) }
}

/// Where a test is about something else, whoever reported the case hears at once, and it has no other measures.
extension Case {
    mutating func giveFeedback(_ message: String, at now: Instant) throws(CaseRefusal) -> CaseEvent {
        try giveFeedback(message, told: .told(at: now), at: now)
    }

    mutating func giveFeedbackAsContractor(_ message: String, at now: Instant) throws(CaseRefusal) -> CaseEvent {
        try giveFeedbackAsContractor(message, told: .told(at: now), at: now)
    }

    mutating func awaitCitizen(
        _ message: String, calendar: WorkingCalendar, at now: Instant
    ) throws(CaseRefusal) -> CaseEvent {
        try awaitCitizen(message, told: .told(at: now), calendar: calendar, at: now)
    }

    mutating func close(
        _ closure: Closure, measures: [Measure], by user: ID<User>?, at now: Instant
    ) throws(CaseRefusal) -> CaseEvent {
        try close(closure, measures: measures, told: .told(at: now), by: user, at: now)
    }

    mutating func add(_ measure: Measure) throws(CaseRefusal) -> CaseEvent { try add(measure, to: []) }

    mutating func finish(_ measure: inout Measure, at done: Instant) throws(CaseRefusal) -> CaseEvent {
        try finish(&measure, of: [measure], at: done)
    }
}
