import Database
import Domain
import Foundation

/// Inserts the rows that one registration through HTTP leaves behind, without the application around them: what
/// `bin/bench` holds the application against.
public struct RawInserts: Sendable {
    /// Registrations in one transaction.
    public static let group = 32

    /// Registers for `seconds` and returns how many registrations a second became durable.
    public static func perform(
        seconds: Double, municipality: ID<Municipality>, in installation: Installation
    ) async throws -> Double {
        let started = ContinuousClock.now
        var count = 0
        while ContinuousClock.now - started < .seconds(seconds) {
            try await installation.write(municipality) { op in
                let person = op.directory.activePeople[0].id
                for _ in 0..<group { try insert(by: person, in: op) }
            }
            count += group
        }
        let elapsed = (ContinuousClock.now - started) / .seconds(1)
        return Double(count) / elapsed
    }

    private static func insert(by person: ID<User>, in op: Operation) throws {
        let contact: ID<Contact> = op.newID()
        let made = Case(
            id: op.newID(), number: try op.nextCaseNumber(at: op.now), createdAt: op.now, title: "A lamp is out",
            category: nil, unit: op.municipality.centre)
        let event: ID<CaseEvent> = op.newID()
        try op.tx.run(
            """
            INSERT INTO idempotency_keys (municipality, user_id, key, request_hash, status, body, at)
            VALUES (\(op.tenant), \(person), \("\(contact)"), \("hash"), 201, \("{}"), \(op.now))
            """)
        try op.tx.run(
            """
            INSERT INTO contacts (municipality, id, at, channel, direction, name, email, wants_updates, registered_by)
            VALUES (\(op.tenant), \(contact), \(op.now), 'telephone', 'in', 'Caller', 'caller@example.org', 0, \(person))
            """)
        try op.insert(made, registeredBy: person)
        try op.tx.run(
            """
            INSERT INTO events (municipality, id, case_id, at, kind, actor, user_id, data)
            VALUES (\(op.tenant), \(event), \(made.id), \(op.now), 'case_opened', 'user', \(person), '{"state":"new"}')
            """)
        try op.tx.run(
            """
            INSERT INTO mails (municipality, id, case_id, event_id, kind, address, language, subject, body, state,
                next_attempt_at, created_at)
            VALUES (\(op.tenant), \(op.newID(of: MailRecord.self)), \(made.id), \(event), 'receipt',
                'caller@example.org', 'nb', 'Receipt', 'Thank you', 'sent', \(op.now), \(op.now))
            """)
        try op.tx.run(
            """
            INSERT INTO questions (municipality, id, contact_id, text, is_answered, case_id)
            VALUES (\(op.tenant), \(op.newID(of: Question.self)), \(contact), 'A lamp is out', 0, \(made.id))
            """)
        try SearchIndex.put(
            id: made.id.rawValue, tenant: op.tenant.rawValue, text: "\(made.number) A lamp is out Caller",
            language: .norwegian, in: op.tx)
    }
}
