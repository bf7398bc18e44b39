import Database
import Domain

/// Inserts the rows that one registration through HTTP leaves behind, without the application around them and without
/// waiting for each: what `bin/bench` holds the application against.
public struct RawInserts: Sendable {
    /// Registrations in one transaction.
    public static let group = 32

    static let question = "A lamp is out"
    static let person = Person(name: "Caller", email: EmailAddress("caller@example.org"))

    /// What the application wrote of a registration that it made itself, where it is more than a copy of what was sent.
    private struct Composed {
        var event: String
        var registration: String
        var subject: String
        var body: String
        var language: String
    }

    private let composed: Composed
    private let user: ID<User>

    /// Registers for `seconds` and returns how many registrations a second became durable.
    public static func perform(
        seconds: Double, municipality: ID<Municipality>, in installation: Installation
    ) async throws -> Double {
        let raw = try await installation.write(municipality) { try RawInserts(in: $0) }
        let started = ContinuousClock.now
        var count = 0
        while ContinuousClock.now - started < .seconds(seconds) {
            try await installation.write(municipality) { op in
                for _ in 0..<group { try raw.insert(in: op) }
            }
            count += group
        }
        let elapsed = (ContinuousClock.now - started) / .seconds(1)
        return Double(count) / elapsed
    }

    init(in op: Operation) throws {
        var input = InputReader(["text": .text(Self.question)])
        let registration = RegisterContact(
            channel: .telephone, direction: .incoming, person: Self.person, questions: [QuestionInput(&input, in: op)])
        let contact = try registration.perform(in: op).contact.id
        let row = try op.tx.row(
            """
            SELECT events.data, outbox.subject, outbox.body, outbox.language
            FROM outbox JOIN events ON events.municipality = outbox.municipality AND events.id = outbox.event_id
            WHERE outbox.municipality = \(op.tenant) AND outbox.contact_id = \(contact)
            """)
        let registered: String? = try op.tx.value(
            "SELECT data FROM events WHERE municipality = \(op.tenant) AND contact_id = \(contact)")
        guard let row, let registered, let user = op.directory.activePeople.first else { throw Refusal.notFound }
        composed = Composed(
            event: try row["data"], registration: registered, subject: try row["subject"], body: try row["body"],
            language: try row["language"])
        self.user = user.id
    }

    func insert(in op: Operation) throws {
        let contact: ID<Contact> = op.newID()
        var made = Case(
            id: op.newID(), number: try op.cases.nextCaseNumber(at: op.now), createdAt: op.now, title: Self.question,
            category: nil, unit: op.municipality.centre)
        made.channel = .telephone
        let event: ID<CaseEvent> = op.newID()
        let (name, email) = (Self.person.name, Self.person.email?.description)
        let answer = #"{"id":"\#(contact)","questions":[{"case":"\#(made.number)","id":"\#(event)"}]}"#
        try op.tx.send(
            """
            INSERT INTO idempotency_keys (municipality, user_id, key, request_hash, status, body, at)
            VALUES (\(op.tenant), \(user), \("\(contact)"), \(Secret.hash("")), 201, \(answer), \(op.now))
            """)
        try op.tx.send(
            """
            INSERT INTO contacts (municipality, id, at, channel, direction, name, email, wants_updates, registered_by)
            VALUES (\(op.tenant), \(contact), \(op.now), 'telephone', 'in', \(name), \(email), 0, \(user))
            """)
        try op.cases.insert(made, registeredBy: user)
        try op.tx.send(
            """
            INSERT INTO events (municipality, id, case_id, at, kind, actor, actor_id, data)
            VALUES (\(op.tenant), \(event), \(made.id), \(op.now), 'case_opened', 'user', \(user), \(composed.event))
            """)
        try op.tx.send(
            """
            INSERT INTO events (municipality, id, contact_id, at, kind, actor, actor_id, data)
            VALUES (\(op.tenant), \(contact), \(contact), \(op.now), 'contact_registered', 'user', \(user),
                \(composed.registration))
            """)
        for line in [event.rawValue, contact.rawValue] { try op.tx.place(line) }
        try op.tx.send(
            """
            INSERT INTO outbox (municipality, id, case_id, event_id, kind, name, address, language, subject, body,
                contact_id, state, next_attempt_at, created_at)
            VALUES (\(op.tenant), \(op.newID(of: OutboxMessage.self)), \(made.id), \(event), 'receipt', \(name), \(email),
                \(composed.language), \(composed.subject), \(composed.body), \(contact), 'waiting', \(op.now),
                \(op.now))
            """)
        let question = Question(id: op.newID(), text: Self.question, caseID: made.id)
        try op.tx.send(
            """
            INSERT INTO questions (municipality, id, contact_id, text, is_answered, case_id)
            VALUES (\(op.tenant), \(question.id), \(contact), \(question.text), 0, \(made.id))
            """)
        let report = SearchedReport(text: Self.question, name: name, email: email)
        try op.cases.index(made, reports: [report])
        let caller = Contact(
            id: contact, at: op.now, channel: .telephone, person: Self.person, registeredBy: user, questions: [question]
        )
        try op.contacts.index(caller, cases: [made.id: made])
    }
}
