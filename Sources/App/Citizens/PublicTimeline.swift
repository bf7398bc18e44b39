import Domain

/// What happened, as one of the reporters may read it, newest first.
///
/// It begins with their own contact: what was written to others before that was not meant for them. Of other reporters
/// they see neither words nor names.
struct PublicTimeline {
    let followed: FollowedCase
    let events: [StoredEvent]
    let own: Contact?
    let op: Operation
    private let told: Set<ID<CaseEvent>>
    /// How they were told by other means than a message.
    private let tellings: [ID<CaseEvent>: Telling]

    init(followed: FollowedCase, events: [StoredEvent], own: Contact?, in op: Operation) throws {
        self.followed = followed
        self.events = events
        self.own = own
        self.op = op
        let country = op.municipality.country
        let addresses = [own?.person.email?.description, own?.person.phone?.textable(in: country)].compactMap(\.self)
        told = Set(
            try op.cases.mails(about: followed.shown.id).filter {
                $0.address.map(addresses.contains) == true && $0.state == .sent
            }.map(
                \.event))
        let contact = followed.contact
        tellings = try op.cases.tellings(about: followed.shown.id).compactMapValues { told in
            told.first { $0.contact == contact && $0.telling.how != .nobody }?.telling
        }
    }

    func rows() throws -> [TimelineRow] {
        var unit = followed.shown.unit
        var state = CaseState.new
        var rows: [TimelineRow] = []
        var hasBegun = false
        let last = events.last { $0.event.kind == .closed }?.id
        for stored in events {
            let (fact, after) = (stored.event.fact, stored.event.state)
            // With another category, or a handler, it may be passed on as well; what merely becomes acute is not.
            let isPassedOn =
                after == .passedOn
                && (state == .new || fact.unit ?? unit != unit || fact.marks?.contains(.confidential) == true
                    || stored.event.kind == .contractorHandedBack)
            if let after { state = after }
            // Which unit it was at that time.
            if let moved = fact.unit { unit = moved }
            if fact.contact == followed.contact { hasBegun = true }
            guard hasBegun, let key = key(of: stored.event) ?? (isPassedOn ? "event.routed.public" : nil)
            else { continue }
            rows.append(row(stored, key, unit, isLastAnswer: stored.id == last))
        }
        return rows.reversed()
    }

    /// The words for an event; nil for what stays inside.
    private func key(of event: CaseEvent) -> String? {
        switch event.fact {
        case .opened(let data): data.contact == followed.contact ? "event.case_opened.public" : nil
        case .joined(let data): data.contact == followed.contact ? "event.contact_registered.public" : nil
        case .closed(let data) where data.outcome == .forwarded: "event.forwarded.public"
        case .routed(let data) where data.contractor != nil: "event.routed.contractor.public"
        case .feedbackGiven(let data) where data.contractor != nil: "event.feedback_given.contractor.public"
        // The waiting also ends when nobody has written.
        case .waitingEnded(let data) where data.contact == nil: nil
        default: event.kind.isPublic ? "event.\(event.kind.rawValue).public" : nil
        }
    }

    private func row(_ stored: StoredEvent, _ key: String, _ unit: ID<Unit>, isLastAnswer: Bool) -> TimelineRow {
        let times = Times(op.directory.calendar, op.words, op.now)
        var values = ["unit": op.directory.name(of: unit)]
        switch stored.event.fact {
        case .parked(let data): values["until"] = times.day(data.until)
        case .closed(let data):
            values["authority"] = op.retention.shown(
                data.authority ?? "", erasedBy: followed.shown.wordsErasure, isWithin: true)
        default: break
        }
        var row = TimelineRow(
            what: op.words(key, values), when: times.dayAndTime(stored.at), instant: stored.at.iso8601,
            isTold: told.contains(stored.id))
        if let telling = tellings[stored.id] {
            row.isTold = true
            row.note = op.words("telling.\(telling.how.rawValue).public", ["day": times.day(telling.at)])
        }
        switch stored.event.fact {
        case .feedbackGiven(let data): row.text = data.message
        case .waiting(let data): row.text = data.message
        // The answer that holds now stands on top of the page.
        case .closed(let data): row.text = isLastAnswer && followed.shown.state == .closed ? nil : data.answer
        case .reopened(let data): row.text = data.contact == followed.contact ? data.reason : nil
        case .waitingEnded(let data): row.text = data.contact == followed.contact ? data.message : nil
        default: break
        }
        row.text = row.text.map { op.retention.shown($0, erasedBy: followed.shown.wordsErasure) }
        return row
    }
}
