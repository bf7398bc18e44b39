import Database
import Domain

/// A case in the API's lists. Who and what it refers to stands as ids, which the other calls take, with the names
/// beside them.
struct CaseLine: Encodable {
    var number: String
    /// Null when it was erased.
    @OrNull var title: String?
    var state: CaseState
    @OrNull var category: ID<Category>?
    @OrNull var categoryName: String?
    var unit: ID<Unit>
    var unitName: String
    @OrNull var handler: ID<User>?
    @OrNull var handlerName: String?
    /// Who works on it outside the municipality.
    @OrNull var contractor: ID<Contractor>?
    @OrNull var contractorName: String?
    var acute: Bool
    var confidential: Bool
    /// By law (R1.7).
    var mustBeAnswered: Bool
    var createdAt: Instant
    @OrNull var nextDueAt: Instant?
    @OrNull var nextDueKind: DeadlineKind?
    /// The day on which its words were erased.
    @OrNull var erased: String?

    enum CodingKeys: String, CodingKey {
        case number, title, state, category, unit, handler, contractor, acute, confidential, erased
        case mustBeAnswered = "must_be_answered"
        case categoryName = "category_name"
        case unitName = "unit_name"
        case handlerName = "handler_name"
        case contractorName = "contractor_name"
        case createdAt = "created_at"
        case nextDueAt = "next_due_at"
        case nextDueKind = "next_due_kind"
    }

    init(_ shown: Case, in op: Operation) {
        let due = op.cases.nextDue(shown)
        number = "\(shown.number)"
        title = shown.wordsErasure == nil ? shown.title : nil
        state = shown.state
        category = shown.category
        categoryName = op.directory.name(ofCategory: shown.category, in: op.language)
        unit = shown.unit
        unitName = op.directory.name(of: shown.unit)
        handler = shown.handler
        handlerName = shown.handler.map { op.directory.name(of: $0) }
        contractor = shown.contractor
        contractorName = shown.contractor.map { op.directory.name(of: $0) }
        acute = shown.isAcute
        confidential = shown.isConfidential
        mustBeAnswered = shown.mustBeAnswered
        createdAt = shown.createdAt
        nextDueAt = due?.at
        nextDueKind = due?.kind
        erased = op.retention.erasedDay(shown.wordsErasure)
    }
}

/// The whole case: the line of the lists, and what else there is.
struct CaseJSON: Encodable {
    var line: CaseLine
    var more: Details

    func encode(to encoder: any Encoder) throws {
        try line.encode(to: encoder)
        try more.encode(to: encoder)
    }

    struct Details: Encodable {
        var id: ID<Case>
        /// Who answers for it: the unit's leader, or the nearest one above (R3.6).
        @OrNull var leader: ID<User>?
        @OrNull var leaderName: String?
        var receiver: Receiver
        @OrNull var place: String?
        @OrNull var position: Position?
        @OrNull var acknowledgedAt: Instant?
        @OrNull var feedbackAt: Instant?
        /// Since when somebody has to be told of the last step by other means, and has not been.
        @OrNull var untoldSince: Instant?
        @OrNull var parkedUntil: Instant?
        @OrNull var closedAt: Instant?
        @OrNull var answer: String?
        @OrNull var outcome: Outcome?
        @OrNull var reason: String?
        @OrNull var authority: String?
        @OrNull var deviation: String?
        var version: Int
        var clocks: [Clock]
        var contacts: [ContactJSON]
        var measures: [MeasureJSON]

        enum CodingKeys: String, CodingKey {
            case id, leader, receiver, place, position, answer, outcome, reason, authority, deviation, version, clocks
            case contacts, measures
            case leaderName = "leader_name"
            case acknowledgedAt = "acknowledged_at"
            case feedbackAt = "feedback_at"
            case untoldSince = "untold_since"
            case parkedUntil = "parked_until"
            case closedAt = "closed_at"
        }
    }

    /// Whom the case was passed to: the contractor, else the person, else the one who receives for the unit, else the unit.
    struct Receiver: Encodable {
        var kind: Kind
        var id: String
        var name: String

        enum Kind: String, Encodable { case contractor, person, unit }
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
}

extension CaseJSON {
    init(_ shown: Case, in op: Operation) throws {
        let leader = op.directory.leader(of: shown.unit)
        line = CaseLine(shown, in: op)
        more = Details(
            id: shown.id, leader: leader, leaderName: leader.map { op.directory.name(of: $0) },
            receiver: Receiver(shown, in: op), place: shown.place?.text, position: shown.place?.position,
            acknowledgedAt: shown.acknowledgedAt, feedbackAt: shown.feedbackAt,
            untoldSince: shown.untoldSince, parkedUntil: shown.parkedUntil,
            closedAt: shown.closedAt, answer: shown.wordsErasure == nil ? shown.closure?.answer : nil,
            outcome: shown.closure?.outcome,
            reason: shown.closure?.reason, authority: shown.closure?.authority, deviation: shown.deviation,
            version: shown.version,
            clocks: shown.clocks.running(op.directory.targets(for: shown), op.directory.calendar)
                .map { Clock(kind: $0.kind, dueAt: $0.at) },
            contacts: try op.contacts.load(of: shown.id).map { ContactJSON($0, cases: [shown.id: shown], in: op) },
            measures: try op.cases.measures(of: shown.id).map { MeasureJSON($0, isErased: shown.wordsErasure != nil) })
    }
}

extension CaseJSON.Receiver {
    init(_ shown: Case, in op: Operation) {
        if let contractor = shown.contractor {
            self.init(kind: .contractor, id: "\(contractor)", name: op.directory.name(of: contractor))
        } else if let person = shown.handler ?? op.directory.units[shown.unit]?.receiver {
            self.init(kind: .person, id: "\(person)", name: op.directory.name(of: person))
        } else {
            self.init(kind: .unit, id: "\(shown.unit)", name: op.directory.name(of: shown.unit))
        }
    }
}
