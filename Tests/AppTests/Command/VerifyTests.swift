import Database
import Domain
import Support
import Synchronization
import Testing

@testable import App

/// What `torg verify` finds, kept in the order of finding.
final class Collected: Sendable {
    private let breaches = Mutex<[Breach]>([])
    var all: [Breach] { breaches.withLock { $0 } }
    func add(_ breach: Breach) { breaches.withLock { $0.append(breach) } }
}

/// One breach of each kind is planted, each in a case of its own; all of them must be found.
@Suite struct VerifyTests {
    /// Who waits too long for a connection is given up, and with it all of the verification.
    @Test(.enabled(if: TestDatabase.isPostgreSQL, "there a test has one connection"))
    func nothingWaitsForAConnection() async throws {
        let torg = try await TestTorg()
        let database = torg.installation.database
        let most = Mutex(0)
        database.listen { _ in most.withLock { $0 = max($0, database.waiting.reads) } }
        _ = try await torg.installation.verify { Issue.record("\($0.text)") }
        database.listen(nil)
        #expect(most.withLock(\.self) == 0)
        await torg.close()
    }

    @Test func everyKindOfBreachIsFound() async throws {
        let installation = try await emptyTorg()
        _ = try await SeedDemo().perform(in: installation)
        let id = try #require(try await installation.directories.find("sandvik", in: installation.database))
        try await loosen(installation.database)
        let planted = Self.planted + (TestDatabase.isPostgreSQL ? Self.plantedOnPostgreSQL : [])
        let numbers = try await installation.write(id) { op in
            var used: Set<ID<Case>> = []
            var numbers: [String: String] = [:]
            for breach in planted {
                let rows = try op.tx.rows(
                    "SELECT id, number FROM cases WHERE municipality = \(op.tenant) AND \(breach.among) ORDER BY id DESC"
                )
                let free = try rows.first { row in
                    let id: ID<Case> = try row["id"]
                    return !used.contains(id)
                }
                let row = try #require(free, "no case is left for \(breach.name)")
                let chosen: ID<Case> = try row["id"]
                used.insert(chosen)
                try breach.plant(chosen, op)
                let number: Int64? = try op.tx.value(
                    "SELECT number FROM cases WHERE municipality = \(op.tenant) AND id = \(chosen)")
                numbers[breach.name] = number.map { "\(CaseNumber(sortKey: $0))" }
            }
            return numbers
        }
        let collected = Collected()
        _ = try await installation.verify { collected.add($0) }
        for breach in planted {
            let told = collected.all.filter { $0.name == breach.name }
            #expect(!told.isEmpty, "\(breach.name) was not found")
            if told.contains(where: { $0.text.hasPrefix("case 2") }), let number = numbers[breach.name] {
                #expect(told.contains { $0.text.contains(number) }, "\(breach.name): \(told) does not name \(number)")
            }
        }
        // Nothing was ever found right, so everything has changed; only what takes all rows together is not seen.
        let changed = Collected()
        _ = try await installation.verify(onlyChanged: true) { changed.add($0) }
        let unseen = Set(planted.map(\.name)).subtracting(changed.all.map(\.name))
        #expect(unseen.subtracting(Invariant.stored.filter(\.needsAll).map(\.name)) == Self.seenOnlyInAll)
        if !TestDatabase.isPostgreSQL {
            // The index still holds the words of the case whose text was taken away.
            #expect(collected.all.contains { $0.name == "database" && $0.text.contains("search index") })
        }
        await installation.database.close()
    }

    /// Rows of which no history tells.
    private static let seenOnlyInAll: Set =
        Set(["mail_without_event", "search_without_case", "search_without_contact"])
        .union(TestDatabase.isPostgreSQL ? ["question_without_contact"] : [])

    @Test func everyInvariantHasABreachPlanted() {
        let planted = Set((Self.planted + Self.plantedOnPostgreSQL).map(\.name))
        #expect(Set(Invariant.stored.map(\.name)).subtracting(planted) == [])
    }

    @Test func manyBreachesOfOneKindAreCutShort() async throws {
        let installation = try await emptyTorg()
        _ = try await SeedDemo().perform(in: installation)
        try await loosen(installation.database)
        let id = try #require(try await installation.directories.find("sandvik", in: installation.database))
        try await installation.write(id) { op in
            _ = try op.tx.run("DELETE FROM search_texts WHERE municipality = \(op.tenant)")
        }
        let collected = Collected()
        _ = try await installation.verify { collected.add($0) }
        let told = collected.all.filter { $0.name == "case_not_searchable" }
        #expect(told.count == Installation.mostBreaches + 1)
        #expect(told.last?.text == "and more of the same")
        await installation.database.close()
    }

    /// What was changed past the code that indexes it, each in a case or a contact of its own.
    @Test func whatIsFoundByOtherWordsIsTold() async throws {
        let api = try await Api()
        let changes: [SQL] = [
            "UPDATE cases SET title = 'Bench'", "UPDATE cases SET place = 'Kaia'",
            "UPDATE cases SET deviation = 'Q-17'",
            "UPDATE contacts SET name = 'Kim'", "UPDATE contacts SET email = 'kim@example.org'",
            "UPDATE contacts SET phone = '90012345'", "UPDATE questions SET text = 'Bench'",
            "UPDATE questions SET answer = 'At ten'",
            "UPDATE questions SET category_id = \(api.torg.id("Water leak", of: Domain.Category.self))",
        ]
        for change in changes {
            let isOfCase = change.text(for: .sqlite).contains("cases")
            let sent = try await api.contact(isOfCase ? [:] : ["answered": true])
            #expect(sent.status == 201)
            let id = try await api.torg.installation.write(api.torg.sandvik) { op in
                let contact: ID<Contact> = try #require(ID(text: sent.json["id"] as? String ?? ""))
                let key: SQL =
                    change.text(for: .sqlite).contains("questions")
                    ? "contact_id"
                    : isOfCase ? "(SELECT max(contact_id) FROM questions WHERE case_id = cases.id)" : "id"
                try op.tx.run("\(change) WHERE municipality = \(op.tenant) AND \(key) = \(contact)")
                return contact
            }
            let collected = Collected()
            _ = try await api.torg.installation.verify { collected.add($0) }
            #expect(collected.all.map(\.name) == ["found_by_other_words"], "\(change.text(for: .sqlite)) \(id)")
            try await api.torg.installation.planSearchRebuild(of: api.torg.sandvik)
            try await api.torg.installation.rebuild()
        }
        await api.close()
    }

    /// Takes the constraints away that would refuse what is planted.
    private func loosen(_ database: Database) async throws {
        try await database.write(tenant: nil) { tx in
            _ = try tx.run("DROP INDEX alerts_once")
            switch tx.dialect {
            case .sqlite: _ = try tx.rows("PRAGMA ignore_check_constraints = 1")
            case .postgres:
                _ = try tx.run(
                    """
                    DO $$ DECLARE found record; BEGIN
                        FOR found IN SELECT conrelid::regclass AS owner, conname FROM pg_constraint
                            WHERE connamespace = current_schema()::regnamespace AND contype IN ('c', 'f')
                                OR connamespace = current_schema()::regnamespace AND conname = 'cases_municipality_number_key'
                            ORDER BY contype DESC
                        LOOP
                            EXECUTE format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS %I CASCADE', found.owner, found.conname);
                        END LOOP;
                    END $$
                    """)
            }
        }
    }
}
