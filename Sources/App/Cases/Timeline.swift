import Database
import Domain

/// A case's history in words, for the staff: newest first.
struct Timeline {
    let op: Operation
    let shown: Case

    func rows() throws -> [TimelineRow] {
        let mails = try op.cases.mails(about: shown.id)
        let known = Dictionary(grouping: mails, by: \.event)
        let tellings = try op.cases.tellings(about: shown.id)
        let people = Dictionary(
            try op.cases.listeners(of: shown.id).flatMap { listener in
                listener.contacts.map { ($0, op.cases.name(of: listener)) }
            },
            uniquingKeysWith: { first, _ in first })
        let times = Times(op.directory.calendar, op.words, op.now)
        var rows = try op.history.events(of: shown.id).map { stored in
            (
                stored.at,
                row(
                    stored, times, mails: known[stored.id] ?? [], all: mails,
                    told: (tellings[stored.id] ?? []).map { said($0, times, people) })
            )
        }
        for mail in mails {
            guard let key = Self.key(of: mail) else { continue }
            let what = op.words(key, ["email": mail.address ?? op.words("erased.within")])
            rows.append((mail.at, Self.row(what, mail.at, times, isTold: mail.state == .sent)))
        }
        // A stable sort keeps what happened in the same moment in its order.
        return rows.enumerated().sorted { ($0.element.0, $0.offset) > ($1.element.0, $1.offset) }.map(\.element.1)
    }

    /// "Kari Nordmann: by telephone, Thursday 23 July, Jonas"
    private func said(_ told: StoredTelling, _ times: Times, _ people: [ID<Contact>: String]) -> String {
        let by = told.user.map { op.directory.name(of: $0) } ?? told.contractor.map { op.directory.name(of: $0) }
        let values = [
            "name": people[told.contact] ?? op.words("case.telling.unnamed"),
            "how": op.words("telling." + told.telling.how.rawValue).startingSmall, "day": times.day(told.telling.at),
            "by": by ?? "",
        ]
        return op.words(told.telling.how == .nobody ? "event.told_nobody" : "event.told_how", values)
    }

    private func row(
        _ stored: StoredEvent, _ times: Times, mails: [MessageTrace], all: [MessageTrace], told: [String]
    ) -> TimelineRow {
        let (fact, hearing) = (stored.event.fact, stored.event.hearing)
        let by = op.history.actorName(of: stored) ?? op.words("event.by." + stored.actor.rawValue)
        var values = ["by": by, "how": hearing?.how.map { op.words("telling." + $0.rawValue).startingSmall } ?? ""]
        values.merge(self.values(fact, times)) { $1 }
        let message = fact.message.flatMap { data in all.first { $0.id.rawValue == data.message.rawValue } }
        values["email"] = message.map { $0.address ?? op.words("erased.within") } ?? "–"
        var row = Self.row(
            op.words(key(of: stored.event), values), stored.at, times,
            isTold: mails.contains { $0.state == .sent } || hearing?.told == .told && !told.isEmpty)
        // What has a line of its own is not told twice.
        let others = mails.filter { Self.key(of: $0) == nil && ($0.missed == nil || $0.missed == .arrived) }
        var notes = [("event.told", true), ("event.telling", false)].compactMap { key, isSent -> String? in
            let addresses = Set(others.filter { ($0.state == .sent) == isSent }.compactMap(\.address)).sorted()
            return addresses.isEmpty ? nil : op.words(key, ["email": addresses.joined(separator: ", ")])
        }
        // Each person once, however often they wrote.
        notes += told.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        if stored.event.kind == .messageMissed {
            // As the other side said it.
            if let fault = message?.fault { notes.append(op.words("event.refused", ["fault": fault])) }
        } else if hearing?.told == .pending, stored.event.kind != .told, told.isEmpty {
            notes.append(op.words("event.not_told"))
        }
        if !notes.isEmpty { row.note = notes.joined(separator: " · ") }
        row.text =
            fact.writing.map { op.retention.shown($0, erasedBy: shown.wordsErasure) } ?? fact.marks.map(marksText)
        return row
    }

    private func values(_ fact: CaseFact, _ times: Times) -> [String: String] {
        var values = [
            "unit": fact.unit.map { op.directory.name(of: $0) } ?? "",
            "person": fact.handler.map { op.directory.name(of: $0) } ?? "",
            "contractor": fact.contractor.map { op.directory.name(of: $0) } ?? "",
        ]
        if let measure = fact.measure {
            values["what"] = op.retention.shown(measure.what, erasedBy: shown.wordsErasure, isWithin: true)
            values["who"] = op.retention.shown(measure.who, erasedBy: shown.wordsErasure, isWithin: true)
            values["until"] = measure.until.map(times.day) ?? ""
        }
        switch fact {
        case .recoded(let data):
            values["from"] = op.directory.name(ofCategory: data.categoryBefore, in: op.language) ?? "–"
            values["to"] = op.directory.name(ofCategory: data.category, in: op.language) ?? "–"
        case .parked(let data): values["until"] = times.day(data.until)
        case .told(let data): values["until"] = times.day(data.until)
        case .deviationLinked(let data):
            values["reference"] = op.retention.shown(data.reference, erasedBy: shown.wordsErasure, isWithin: true)
        case .closed(let data):
            values["authority"] = op.retention.shown(data.authority ?? "", erasedBy: shown.wordsErasure, isWithin: true)
        case .reminded(let data), .reminderWithdrawn(let data):
            values["deadline"] = op.words("deadline.kind." + data.deadline.rawValue)
            values["until"] = times.day(data.until)
        default: break
        }
        return values
    }

    /// The words of a mail's own line; nil for one that stands with its event.
    private static func key(of mail: MessageTrace) -> String? {
        // Then the history itself tells it.
        if mail.missed != nil { return nil }
        return switch mail.state {
        case .failed: mail.medium == .sms ? "event.sms_failed" : "event.mail_failed"
        case .uncertain: mail.medium == .sms ? "event.sms_uncertain" : "event.mail_uncertain"
        case .sent: mail.isReceipt ? "event.receipt_sent" : nil
        case .waiting, .sending, .handedOver: mail.isReceipt ? "event.receipt_waiting" : nil
        }
    }

    private func key(of event: CaseEvent) -> String {
        switch event.fact {
        case .reminded(let data): "event.reminder_sent." + data.step.rawValue
        // Nobody had it yet; the unit was only where its category points to.
        case .opened(let data) where event.state == .new && data.unit != op.municipality.centre:
            "event.case_opened.new"
        case .told where event.hearing?.how == .nobody: "event.citizen_told.nobody"
        case .routed(let data) where data.contractor != nil: "event.routed.contractor"
        case .routed(let data) where data.handler != nil: "event.routed.handler"
        // The citizen's own answer, which came as a contact.
        case .waitingEnded(let data) where data.contact != nil: "event.waiting_ended.citizen"
        case .closed(let data) where data.outcome == .forwarded: "event.forwarded"
        case .messageMissed(let data):
            "event.\(data.medium.rawValue)_\(data.outcome.rawValue)"
        case .markedAcute(let data) where data.what == .notAcute: "event.marked_not_acute"
        default: "event." + event.kind.rawValue
        }
    }

    private func marksText(_ marks: [Marks.Name]) -> String {
        op.words("event.marks", ["marks": marks.map { op.words("case." + $0.rawValue) }.joined(separator: ", ")])
    }

    private static func row(_ what: String, _ at: Instant, _ times: Times, isTold: Bool) -> TimelineRow {
        TimelineRow(what: what, when: times.dayAndTime(at), instant: at.iso8601, isTold: isTold)
    }
}

/// What the timeline needs to know of a mail.
struct MessageTrace: Sendable {
    var id: ID<OutboxMessage>
    var missed: OutboxMessage.Missed?
    var fault: String?
    var event: ID<CaseEvent>
    var kind: MessageKind
    var medium: OutboxMessage.Medium
    /// Nil when it was erased.
    var address: String?
    var state: OutboxMessage.State
    var at: Instant

    var isReceipt: Bool { kind == .receipt }
}

extension CaseFacade {
    func mails(about wanted: ID<Case>) throws -> [MessageTrace] {
        try tx.rows(
            """
            SELECT id, missed, fault, event_id, kind, medium, address, state, created_at, sent_at, erasure_id
            FROM outbox
            WHERE municipality = \(tenant) AND case_id = \(wanted) ORDER BY id
            """
        ).map { row in
            let created: Instant = try row["created_at"]
            let erasure: ID<Erasure>? = try row["erasure_id"]
            return MessageTrace(
                id: try row["id"], missed: try row["missed"], fault: try row["fault"],
                event: try row["event_id"], kind: try row["kind"], medium: try row["medium"],
                address: try erasure == nil ? row["address"] : nil,
                state: try row["state"], at: try row["sent_at"] ?? created)
        }
    }
}
