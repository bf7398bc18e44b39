import Database
import Domain
import Foundation
import Support
import Synchronization

@testable import App

/// What an import left of one row.
struct Stored: Sendable {
    var `case`: Case
    var question: String
    var email: String?
    var unit: String
    var due: Instant?
    var kinds: [String]
    var times: [String]
    var actors: [String]

    init(reference: String, in torg: TestTorg) async throws {
        self = try await torg.installation.read(torg.sandvik) { try Stored(reference, $0) }
    }

    private init(_ reference: String, _ op: App.Operation) throws {
        let row = try op.tx.row(
            """
            SELECT cases.*, questions.text AS question, contacts.email AS contact_email
            FROM contacts JOIN questions
                ON questions.municipality = contacts.municipality AND questions.contact_id = contacts.id
            JOIN cases ON cases.municipality = questions.municipality AND cases.id = questions.case_id
            WHERE contacts.municipality = \(op.tenant) AND contacts.source_reference = \(reference)
            """)
        guard let row else { throw Refusal.notFound }
        `case` = try Case(row)
        question = try row["question"]
        email = try row["contact_email"]
        due = try row["next_due_at"]
        unit = op.directory.name(of: `case`.unit)
        let events = try op.history.events(of: `case`.id)
        kinds = events.map(\.event.kind.rawValue)
        times = events.map(\.at.iso8601)
        actors = events.map(\.actor.rawValue)
    }
}

/// How many rows there are.
struct Totals: Sendable, Equatable {
    var contacts: Int
    var cases: Int
    var events: Int
    var categories: Int
    var units: Int

    init(in torg: TestTorg) async throws {
        self = try await torg.installation.read(torg.sandvik) { op in
            func count(_ table: SQL) throws -> Int {
                try op.tx.value("SELECT count(*) FROM \(table) WHERE municipality = \(op.tenant)") ?? 0
            }
            return Totals(
                contacts: try count("contacts"), cases: try count("cases"), events: try count("events"),
                categories: try count("categories"), units: try count("units"))
        }
    }

    private init(contacts: Int, cases: Int, events: Int, categories: Int, units: Int) {
        self.contacts = contacts
        self.cases = cases
        self.events = events
        self.categories = categories
        self.units = units
    }
}

extension TestTorg {
    /// What `torg verify` would print.
    func breaches() async throws -> [String] {
        let found = Mutex<[String]>([])
        _ = try await installation.verify { breach in found.withLock { $0.append(breach.description) } }
        return found.withLock { $0 }
    }
}
