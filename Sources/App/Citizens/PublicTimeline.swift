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
            try op.mails(about: followed.shown.id).filter { addresses.contains($0.address) && $0.state == .sent }.map(
                \.event))
        let contact = followed.contact
        tellings = try op.tellings(about: followed.shown.id).compactMapValues { told in
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
            let data = stored.event.data
            // With another category, or a handler, it may be passed on as well; what merely becomes acute is not.
            let isPassedOn =
                data.state == .passedOn
                && (state == .new || data.unit ?? unit != unit || data.marks?.contains("confidential") == true
                    || stored.event.kind == .contractorHandedBack)
            if let after = data.state { state = after }
            // Which unit it was at that time.
            if let moved = data.unit { unit = moved }
            if data.contact == followed.contact { hasBegun = true }
            guard hasBegun, let key = key(of: stored.event) ?? (isPassedOn ? "event.routed.public" : nil)
            else { continue }
            rows.append(row(stored, key, unit, isLastAnswer: stored.id == last))
        }
        return rows.reversed()
    }

    /// The words for an event; nil for what stays inside.
    private func key(of event: CaseEvent) -> String? {
        switch event.kind {
        case .opened where event.data.contact == followed.contact: "event.case_opened.public"
        case .joined where event.data.contact == followed.contact: "event.contact_registered.public"
        case .closed where event.data.outcome == .forwarded: "event.forwarded.public"
        case .routed where event.data.contractor != nil: "event.routed.contractor.public"
        case .feedbackGiven where event.data.contractor != nil: "event.feedback_given.contractor.public"
        // The waiting also ends when nobody has written.
        case .waitingEnded where event.data.contact == nil: nil
        case let kind where kind.isPublic && kind != .opened: "event.\(kind.rawValue).public"
        default: nil
        }
    }

    private func row(_ stored: StoredEvent, _ key: String, _ unit: ID<Unit>, isLastAnswer: Bool) -> TimelineRow {
        let data = stored.event.data
        let times = Times(op.directory.calendar, op.words, op.now)
        let values = [
            "unit": op.directory.name(of: unit), "until": data.until.map(times.day) ?? "",
            "authority": data.authority ?? "",
        ]
        var row = TimelineRow(
            what: op.words(key, values), when: times.dayAndTime(stored.at), instant: stored.at.iso8601,
            isTold: told.contains(stored.id))
        if let telling = tellings[stored.id] {
            row.isTold = true
            row.note = op.words("telling.\(telling.how.rawValue).public", ["day": times.day(telling.at)])
        }
        switch stored.event.kind {
        case .feedbackGiven, .waiting: row.text = data.message
        // The answer that holds now stands on top of the page.
        case .closed: row.text = isLastAnswer && followed.shown.state == .closed ? nil : data.answer
        case .reopened: row.text = data.contact == followed.contact ? data.reason : nil
        case .waitingEnded: row.text = data.contact == followed.contact ? data.message : nil
        default: break
        }
        return row
    }
}
