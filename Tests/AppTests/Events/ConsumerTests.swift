import Database
import Domain
import Foundation
import Testing

@testable import App
@testable import Support

/// Consumers read each line of the history once, whoever wrote it and when.
@Suite struct ConsumerTests {
    @Test func whatHappensIsCountedOnce() async throws {
        let recorded = try await Recorded()
        let torg = recorded.api.torg
        #expect(try await torg.installation.runConsumers() > 5)
        #expect(try await recorded.kept() == Recorded.right)
        #expect(try await torg.installation.runConsumers() == 0)
        #expect(try await recorded.kept() == Recorded.right)
        await recorded.api.close()
    }

    /// More lines than one transaction takes, and several nodes at them at the same time.
    @Test func nodesShareTheHistory() async throws {
        let api = try await Api()
        let installation = api.torg.installation
        _ = try await api.contact(["answered": true])
        try await installation.write(api.torg.sandvik, as: { _, _, _ in .system }) { op in
            let asked = ContactEvent.Asked(
                question: ID(1), category: nil, unit: op.municipality.centre, isAnswered: true, subject: nil)
            for _ in 0..<1_200 {
                let contact: ID<Contact> = op.newID()
                try op.tx.run(
                    """
                    INSERT INTO contacts (municipality, id, at, channel, direction, wants_updates)
                    VALUES (\(op.tenant), \(contact), \(op.now), 'chat', 'in', 0)
                    """)
                let event = ContactEvent.registered(.init(channel: .chat, direction: .incoming, questions: [asked]))
                try op.history.append(event, about: contact, id: contact.rawValue, at: op.now)
            }
        }
        let passed = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<4 { group.addTask { try await installation.runConsumers() } }
            return try await group.reduce(0, +)
        }
        #expect(passed == 1_201)
        #expect(try await api.count("daily_counts WHERE number = 1200") == 1)
        await api.close()
    }

    /// `torg import` writes ids of the past, and `torg worker` reads, beside `torg serve`: processes of their own on one file.
    @Test(.enabled(if: !TestDatabase.isPostgreSQL)) func processesShareOneFile() async throws {
        let recorded = try await Recorded()
        let torg = recorded.api.torg
        let path: String? = try await torg.installation.database.read(tenant: nil) { tx in
            try tx.value("SELECT file FROM pragma_database_list WHERE name = 'main'")
        }
        let database = try Database.open(url: "sqlite:" + (try #require(path)), creating: false)
        var worker = torg.installation
        worker.database = database
        #expect(try await worker.runConsumers() > 5)
        // Served first, imported afterwards: the id of what is imported lies before everything there is.
        let past = torg.now.adding(days: -400)
        try await worker.write(torg.sandvik, as: { _, _, _ in .system }) { op in
            let earlier = op.at(past, ids: op.installation.ids.past(1))
            let contact: ID<Contact> = earlier.newID()
            try op.tx.run(
                """
                INSERT INTO contacts (municipality, id, at, channel, direction, wants_updates, source)
                VALUES (\(op.tenant), \(contact), \(past), 'letter', 'in', 0, 'old')
                """)
            let asked = ContactEvent.Asked(
                question: ID(1), category: nil, unit: op.municipality.centre, isAnswered: true, subject: nil)
            let event = ContactEvent.registered(.init(channel: .letter, direction: .incoming, questions: [asked]))
            try earlier.history.append(event, about: contact, id: contact.rawValue, at: past)
        }
        _ = try await recorded.api.contact(["answered": true, "category": torg.text("Water leak")])
        #expect(try await torg.installation.runConsumers() == 2)
        var right = Recorded.right
        right["answered leak"] = 2
        right["answered -"] = 1
        #expect(try await recorded.kept() == right)
        await database.close()
        await recorded.api.close()
    }

    /// A line that cannot be read holds up no other.
    @Test func anUnreadableLineIsPassed() async throws {
        let recorded = try await Recorded()
        let torg = recorded.api.torg
        try await torg.installation.write(torg.sandvik) { op in
            _ = try op.tx.run("UPDATE events SET data = '[]' WHERE municipality = \(op.tenant) AND kind = 'reopened'")
        }
        _ = try await torg.installation.runConsumers()
        var right = Recorded.right
        right["reopened leak"] = nil
        #expect(try await recorded.kept() == right)
        await recorded.api.close()
    }
}
