import Database
import Domain

extension Operation {
    /// What whoever acts may see of the cases.
    var scope: CaseScope {
        get throws {
            switch actor {
            case .user(let user): CaseScope(of: user, centre: municipality.centre)
            case .system: .everything
            case .citizen, .contractor: throw Refusal.notLoggedIn
            }
        }
    }
}

extension CaseFacade {
    /// The case with this number, if the scope has it; otherwise throws `notFound`.
    ///
    /// - Parameter forChange: locks the case until the transaction ends.
    func load(_ number: CaseNumber, in scope: CaseScope, forChange: Bool = false) throws -> Case {
        let lock: SQL = forChange ? tx.dialect.forUpdate : ""
        let row = try tx.row(
            """
            SELECT * FROM cases WHERE municipality = \(tenant) AND number = \(number.sortKey) AND \(scope.condition)\(lock)
            """)
        guard let row else { throw Refusal.notFound }
        return try Case(row)
    }

    /// Changes a case by a rule: loads it through what the user may see, applies the rule, stores the case and its events
    /// and carries out what follows from them.
    ///
    /// - Parameters:
    ///   - version: the version the form showed; a change made from another one is refused.
    ///   - saying: what whoever makes it says to those who hear of it.
    ///   - rule: what it returns has happened, in this order; never nothing.
    @discardableResult
    func change(
        _ number: CaseNumber, in scope: CaseScope? = nil, version: Int? = nil, saying: Change.Saying = .init(),
        _ rule: (inout Case) throws -> [CaseEvent]
    ) throws -> Change {
        var changed = try load(number, in: try scope ?? self.scope, forChange: true)
        let before = changed
        if before.isErased { throw CaseRefusal.erased }
        // The rule first: that somebody else has already done it says more than that something was changed.
        let events = try rule(&changed)
        if let version, version != before.version { throw Refusal.changedMeanwhile }
        try update(changed, from: before.version)
        try op.deadlines.noteLook(before, changed)
        try op.contractors.endLinks(of: changed, since: before, because: events.map(\.kind))
        if changed.reader != before.reader { try holdAddresses(of: changed, since: before) }
        let contact = events.lazy.compactMap(\.fact.contact).first
        let lines = try events.map { Change.Line(id: try op.history.append($0, to: changed, by: contact), event: $0) }
        let change = Change(before: before, after: changed, events: lines, saying: saying)
        try op.history.carryOut(change)
        return change
    }

    /// By a rule after which one thing has happened.
    @discardableResult
    func change(
        _ number: CaseNumber, in scope: CaseScope? = nil, version: Int? = nil, saying: Change.Saying = .init(),
        _ rule: (inout Case) throws -> CaseEvent
    ) throws -> Change {
        try change(number, in: scope, version: version, saying: saying) { subject in [try rule(&subject)] }
    }

    /// Writes down what happened about a case that stays as it is.
    func record(_ event: CaseEvent, on subject: Case) throws {
        let line = Change.Line(id: try op.history.append(event, to: subject), event: event)
        try op.history.carryOut(Change(before: subject, after: subject, events: [line]))
    }

    /// Writes down that a case was opened, when it and what was asked are stored.
    func recordOpening(of opened: Case, by reporter: Recipient, wayIn: WayIn?) throws {
        let event = opened.opened(by: reporter.contact, wayIn: wayIn)
        let line = Change.Line(id: try op.history.append(event, to: opened), event: event)
        try op.history.carryOut(Change(before: nil, after: opened, events: [line], reporters: [reporter]))
    }

    /// Whether whoever acts may not read it because it is confidential.
    func isKept(_ subject: Case) -> Bool {
        guard case .user(let user) = actor else { return false }
        return user.isKeptFrom(subject)
    }

    /// The next free number of the year in which the moment lies in the municipality. Numbers tell a year by two digits,
    /// so 1926 and 2026 count together: else an import from the one would meet the numbers of the other.
    func nextCaseNumber(at instant: Instant) throws -> CaseNumber {
        let year = municipality.timeZone.day(of: instant).year % 100
        let last: Int? = try tx.rows(
            """
            INSERT INTO case_counters (municipality, year, last) VALUES (\(tenant), \(year), \(CaseNumber.firstSequence))
            ON CONFLICT (municipality, year) DO UPDATE SET last = case_counters.last + 1 RETURNING last
            """
        ).first?["last"]
        guard let last else { throw DatabaseError.failed("the counter of case numbers gave none") }
        return CaseNumber(year: year, sequence: last)
    }

    /// When something must happen next, by the municipality's calendar and the category's targets.
    func nextDue(_ changed: Case) -> Deadline? {
        changed.clocks.nextDue(directory.targets(for: changed), directory.calendar)
    }

    /// What its line in a list says: a parked case that is late with its first answer says that.
    func pressing(_ shown: Case) -> Deadline? {
        let running = shown.clocks.running(directory.targets(for: shown), directory.calendar)
        return running.first.map { $0.at < now } == true ? running.first : running.next
    }
}
