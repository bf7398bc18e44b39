import Database
import Domain

/// A case in the API's lists.
struct CaseLine: Encodable {
    var number: String
    var title: String
    var state: CaseState
    var category: Named?
    var unit: Named
    var handler: Named?
    var createdAt: Instant
    var nextDueAt: Instant?
    var nextDueKind: DeadlineKind?

    enum CodingKeys: String, CodingKey {
        case number, title, state, category, unit, handler
        case createdAt = "created_at"
        case nextDueAt = "next_due_at"
        case nextDueKind = "next_due_kind"
    }

    init(_ shown: Case, in op: Operation) {
        let due = op.nextDue(shown)
        number = "\(shown.number)"
        title = shown.title
        state = shown.state
        category = shown.category.map {
            Named(id: "\($0)", name: op.directory.name(ofCategory: $0, in: op.language) ?? "")
        }
        unit = Named(id: "\(shown.unit)", name: op.directory.name(of: shown.unit))
        handler = shown.handler.map { Named(id: "\($0)", name: op.directory.name(of: $0)) }
        createdAt = shown.createdAt
        nextDueAt = due?.at
        nextDueKind = due?.kind
    }
}

/// Something with an id that has a name.
struct Named: Encodable, Sendable {
    var id: String
    var name: String
}

/// The whole case.
struct CaseJSON: Encodable {
    var id: ID<Case>
    var number: String
    var title: String
    var state: CaseState
    var category: Named?
    var unit: Named
    var handler: Named?
    /// Who answers for it: the unit's leader (R3.6).
    var leader: Named?
    /// Whom it was passed to: the person, else the unit's receiver, else the unit.
    var receiver: Named
    var acute: Bool
    var confidential: Bool
    var place: String?
    var position: Position?
    var createdAt: Instant
    var acknowledgedAt: Instant?
    var feedbackAt: Instant?
    var parkedUntil: Instant?
    var closedAt: Instant?
    var answer: String?
    var outcome: Outcome?
    var reason: String?
    var authority: String?
    var deviation: String?
    var version: Int
    var nextDueAt: Instant?
    var nextDueKind: DeadlineKind?
    var clocks: [Clock]
    var contacts: [ContactJSON]
    var measures: [MeasureJSON]

    enum CodingKeys: String, CodingKey {
        case id, number, title, state, category, unit, handler, leader, receiver, acute, confidential, place, position
        case answer, outcome, reason, authority, deviation, version, clocks, contacts, measures
        case createdAt = "created_at"
        case acknowledgedAt = "acknowledged_at"
        case feedbackAt = "feedback_at"
        case parkedUntil = "parked_until"
        case closedAt = "closed_at"
        case nextDueAt = "next_due_at"
        case nextDueKind = "next_due_kind"
    }

    /// A deadline that runs.
    struct Clock: Encodable {
        var kind: DeadlineKind
        var dueAt: Instant

        enum CodingKeys: String, CodingKey {
            case kind
            case dueAt = "due_at"
        }
    }

    struct MeasureJSON: Encodable {
        var id: ID<Measure>
        var kind: Measure.Kind
        var what: String
        var who: String
        var dueAt: Instant?
        var doneAt: Instant?

        enum CodingKeys: String, CodingKey {
            case id, kind, what, who
            case dueAt = "due_at"
            case doneAt = "done_at"
        }
    }

    struct ContactJSON: Encodable {
        var id: ID<Contact>
        var at: Instant
        var channel: Contact.Channel
        var direction: Contact.Direction
        var person: PersonJSON
        var questions: [QuestionJSON]
    }

    struct PersonJSON: Encodable {
        var name: String?
        var email: String?
        var phone: String?
        var wantsUpdates: Bool

        enum CodingKeys: String, CodingKey {
            case name, email, phone
            case wantsUpdates = "wants_updates"
        }
    }

    struct QuestionJSON: Encodable {
        var id: ID<Question>
        var text: String
        var answered: Bool
        var answer: String?
    }
}

extension CaseJSON {
    init(_ shown: Case, in op: Operation) throws {
        let line = CaseLine(shown, in: op)
        let unit = op.directory.units[shown.unit]
        let person = shown.handler ?? unit?.receiver
        func named(_ user: ID<User>?) -> Named? { user.map { Named(id: "\($0)", name: op.directory.name(of: $0)) } }
        self.init(
            id: shown.id, number: line.number, title: line.title, state: line.state, category: line.category,
            unit: line.unit, handler: line.handler, leader: named(unit?.leader), receiver: named(person) ?? line.unit,
            acute: shown.isAcute, confidential: shown.isConfidential, place: shown.place?.text,
            position: shown.place?.position, createdAt: shown.createdAt, acknowledgedAt: shown.acknowledgedAt,
            feedbackAt: shown.feedbackAt, parkedUntil: shown.parkedUntil, closedAt: shown.closedAt,
            answer: shown.closure?.answer, outcome: shown.closure?.outcome, reason: shown.closure?.reason,
            authority: shown.closure?.authority, deviation: shown.deviation, version: shown.version,
            nextDueAt: line.nextDueAt, nextDueKind: line.nextDueKind,
            clocks: shown.clocks.running(op.directory.targets(for: shown.category), op.directory.calendar)
                .map { Clock(kind: $0.kind, dueAt: $0.at) },
            contacts: try op.contacts(of: shown.id).map(ContactJSON.init),
            measures: try op.measures(of: shown.id).map {
                MeasureJSON(id: $0.id, kind: $0.kind, what: $0.what, who: $0.who, dueAt: $0.dueAt, doneAt: $0.doneAt)
            })
    }
}

extension CaseJSON.ContactJSON {
    init(_ contact: Contact) {
        let person = contact.person
        self.init(
            id: contact.id, at: contact.at, channel: contact.channel, direction: contact.direction,
            person: .init(
                name: person.name, email: person.email?.description, phone: person.phone?.description,
                wantsUpdates: person.wantsUpdates),
            questions: contact.questions.map {
                .init(id: $0.id, text: $0.text, answered: $0.isAnswered, answer: $0.answer)
            })
    }
}
