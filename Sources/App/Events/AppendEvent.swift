import Database
import Domain

/// What a line of the history is about; a column of `events` each, of which one is filled.
enum EventSubject: Sendable, Hashable {
    case matter(ID<Case>)
    case contact(ID<Contact>)

    var caseID: ID<Case>? { if case .matter(let id) = self { id } else { nil } }
    var contactID: ID<Contact>? { if case .contact(let id) = self { id } else { nil } }
}

extension HistoryFacade {
    /// - Parameters:
    ///   - id: made before, where ids must rise with the times of several things; else a new one.
    ///   - contact: by which a citizen acts, where the event itself is about none.
    ///
    /// Throws when the case has been erased: whatever would happen to it is not stored.
    @discardableResult
    func append(
        _ event: CaseEvent, to changed: Case, id: ID<CaseEvent>? = nil, by contact: ID<Contact>? = nil
    ) throws -> ID<CaseEvent> {
        if changed.isErased { throw CaseRefusal.erased }
        let id = id ?? newID()
        try appendLine(
            id.rawValue, event.kind.rawValue, try event.json, about: .matter(changed.id), at: now, by: actor.kind,
            actor.id(by: event.fact.contact ?? contact))
        return id
    }

    /// - Parameters:
    ///   - id: of a contact's first event the contact's own, so that it can be written once only.
    ///   - at: when it came in, which can lie before it was registered.
    func append(_ event: ContactEvent, about contact: ID<Contact>, id: Int64, at: Instant) throws {
        try appendLine(
            id, event.kind.rawValue, try event.json, about: .contact(contact), at: at, by: actor.kind,
            actor.id(by: contact))
    }

    /// - Parameters:
    ///   - data: the event's own, as stored.
    ///   - actorID: who exactly; nil for Torg itself.
    func appendLine(
        _ id: Int64, _ kind: String, _ data: String, about subject: EventSubject, at: Instant, by actor: Actor.Kind,
        _ actorID: Int64?
    ) throws {
        try tx.send(
            """
            INSERT INTO events (municipality, id, case_id, contact_id, at, kind, actor, actor_id, data)
            VALUES (\(tenant), \(id), \(subject.caseID), \(subject.contactID), \(at), \(kind), \(actor),
                \(actorID), \(data))
            """)
        try tx.place(id)
    }
}

extension Actor {
    /// Who exactly, beside the kind: the colleague, the contractor, or the contact by which a citizen acted.
    ///
    /// - Parameter contact: of a citizen, the contact that the event is about.
    func id(by contact: ID<Contact>?) -> Int64? {
        switch self {
        case .user(let user): user.id.rawValue
        case .contractor(let contractor): contractor.rawValue
        case .citizen: contact?.rawValue
        case .system: nil
        }
    }
}

extension ContactEvent {
    /// As stored: keys in order.
    var json: String {
        get throws {
            switch self {
            case .registered(let data): String(decoding: try JSON.encode(data), as: UTF8.self)
            case .corrected: "{}"
            }
        }
    }

    init(_ kind: Kind, json: String) throws {
        switch kind {
        case .registered: self = .registered(try JSON.decode(Registered.self, json))
        case .corrected: self = .corrected
        }
    }
}
