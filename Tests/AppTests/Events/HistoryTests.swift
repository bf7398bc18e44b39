import Database
import Domain
import Foundation
import Synchronization
import Testing

@testable import App
@testable import Support

/// One history for everything: every contact stands in it, and who acted exactly.
@Suite struct HistoryTests {
    private struct Line: Sendable, Equatable {
        var contact: Int64?
        var kind: String
        var actor: String
        var actorID: Int64?
        var at: Int64
        var data: String
    }

    private func lines(_ op: App.Operation) throws -> [Line] {
        try op.tx.rows(
            """
            SELECT contact_id, kind, actor, actor_id, at, data FROM events WHERE municipality = \(op.tenant)
            ORDER BY id, kind
            """
        ).map { row in
            Line(
                contact: try row["contact_id"], kind: try row["kind"], actor: try row["actor"],
                actorID: try row["actor_id"], at: try row["at"], data: try row["data"])
        }
    }

    private func registered(_ line: Line) throws -> ContactEvent.Registered {
        guard case .registered(let data) = try ContactEvent(.registered, json: line.data) else {
            throw DatabaseError.failed("no registration")
        }
        return data
    }

    /// What was dealt with on the line is most of the work of a contact centre, and was in no history (R1.1).
    @Test func aContactAnsweredAtOnceWritesItsEvent() async throws {
        let api = try await Api()
        let leak = api.torg.text("Water leak")
        let sent = try await api.post(
            "/contacts",
            [
                "channel": "visit", "at": "2026-07-20T06:00:00Z", "person": ["name": "Kim Lønn"],
                "questions": [["text": "Opening hours?", "answered": true, "category": leak]],
            ])
        #expect(sent.status == 201)
        let lines = try await api.torg.read { try self.lines($0) }
        let (line, contact) = (try #require(lines.first), sent.json["id"] as? String)
        #expect(lines.count == 1)
        #expect((line.kind, line.actor) == ("contact_registered", "user"))
        #expect(line.contact.map(String.init) == contact)
        #expect(line.at == Instant(iso8601: "2026-07-20T06:00:00Z")?.milliseconds, "when it came in")
        let data = try registered(line)
        #expect((data.channel, data.direction) == (.visit, .incoming))
        let asked = try #require(data.questions.first)
        #expect((asked.isAnswered, asked.subject == nil, "\(asked.unit)") == (true, true, api.torg.text("Water")))
        #expect(!line.data.contains("Lønn") && !line.data.contains("Opening"), "a name or words stand nowhere in it")
        await api.close()
    }

    @Test func aCaseIsNamedByTheContactThatOpensOrJoinsIt() async throws {
        let api = try await Api()
        let path = try await api.newCase()
        let number = String(path.split(separator: "/").last ?? "")
        _ = try await api.post(
            "/contacts", ["channel": "telephone", "questions": [["text": "Again", "case": number]]])
        let asked = try await api.torg.read { op in
            try self.lines(op).filter { $0.contact != nil }.flatMap { try self.registered($0).questions }
        }
        #expect(asked.count == 2 && Set(asked.map(\.subject)).count == 1 && asked[0].subject != nil)
        #expect(asked.allSatisfy { !$0.isAnswered })
        await api.close()
    }

    /// Citizens by the contact they acted by, contractors by who they are.
    @Test func whoActedIsSaidExactly() async throws {
        let torg = try await TestTorg()
        let citizen = TestClient(torg)
        let sent = try await citizen.submit(
            "/sandvik/report", from: "/sandvik/report", ["text": "The lamp is out", "email": "kim@example.org"])
        #expect(sent.status == 303)
        let lines = try await torg.read { try self.lines($0) }
        let contact = try #require(lines.compactMap(\.contact).first)
        #expect(lines.map(\.kind).sorted() == ["case_opened", "contact_registered"])
        for line in lines { #expect((line.actor, line.actorID) == ("citizen", contact), "\(line.kind)") }
        await torg.close()
    }

    /// What a citizen writes later comes by a contact as well, also when the case becomes acute by it.
    @Test func whatACitizenWritesLaterIsTheirs() async throws {
        let api = try await Api()
        let path = try await api.newCase(["text": "It is dark"], ["person": ["email": "kim@example.org"]])
        let number = try #require(CaseNumber(text: String(path.split(separator: "/").last ?? "")))
        let torg = api.torg
        try await torg.installation.write(torg.sandvik) { op in
            let shown = try op.cases.load(number, in: .everything)
            let contact = try #require(try op.outbox.reporters(of: shown.id).first?.contact)
            try AnswerAsCitizen(message: "Still").perform(
                on: FollowedCase(shown: shown, contact: contact), in: op)
        }
        let closing = ["answer": "No", "outcome": "no_action", "reason": "x"]
        #expect(try await api.post(path + "/closure", closing).state == "closed")
        try await torg.installation.write(torg.sandvik) { op in
            let shown = try op.cases.load(number, in: .everything)
            let contact = try #require(try op.outbox.reporters(of: shown.id).first?.contact)
            try ReopenAsCitizen(reason: "Det brenner!").perform(
                on: FollowedCase(shown: shown, contact: contact), in: op)
        }
        let lines = try await torg.read { try self.lines($0) }.filter { $0.actor == "citizen" }
        #expect(Set(lines.map(\.kind)).isSuperset(of: ["contact_registered", "reopened", "marked_acute"]))
        #expect(lines.allSatisfy { $0.actorID != nil })
        let collected = Collected()
        _ = try await torg.installation.verify { collected.add($0) }
        #expect(collected.all.map(\.text) == [])
        await api.close()
    }

    /// Whoever stores a contact writes it down: a file that forgets it makes the figures wrong.
    @Test func whoeverStoresAContactWritesItDown() throws {
        var storing: [String] = []
        for file in try SourceFile.all() where !file.path.hasPrefix("Bench/") {
            let stores = ["INTO contacts", "contacts.insert(contact", "contacts.insert(registered.contact)"].contains {
                file.text.contains($0)
            }
            if !stores { continue }
            storing.append(file.name)
            #expect(file.text.contains("recordRegistration("), "\(file.name)")
        }
        #expect(storing.sorted() == ["RegisterContact.swift", "StoreImportedRequest.swift", "WriteAsCitizen.swift"])
    }

    private struct Stopped: Error {}

    /// What an earlier Torg stored gets the same lines as if it happened today, in portions; begun again it adds nothing.
    @Test func theHistoryOfBeforeIsWrittenLikeTodays() async throws {
        let installation = try await emptyTorg()
        _ = try await SeedDemo().perform(in: installation)
        let id = try #require(try await installation.directories.find("sandvik", in: installation.database))
        let before = try await installation.read(id) { try self.lines($0) }
        #expect(before.contains { $0.actor == "contractor" && $0.actorID != nil })
        try await installation.write(id) { op in
            try op.tx.run("DELETE FROM events WHERE municipality = \(op.tenant) AND contact_id IS NOT NULL")
            try op.tx.run(
                """
                DELETE FROM event_positions WHERE municipality = \(op.tenant)
                    AND event_id NOT IN (SELECT id FROM events WHERE events.municipality = event_positions.municipality)
                """)
            try op.tx.run(
                """
                UPDATE events SET actor_id = NULL WHERE municipality = \(op.tenant) AND actor IN ('citizen', 'contractor')
                """)
        }
        // Stopped after a few portions, and then begun anew with nothing left to add.
        for stopAfter in [3, nil] as [Int?] {
            _ = try await installation.write(id) { op in
                for kind in [Rebuild.actors, .contactHistory] { try op.rebuilds.plan(kind) }
                // As a migration leaves it.
                try op.tx.run("UPDATE rebuilds SET holds_up = 1 WHERE municipality = \(op.tenant)")
            }
            if let stopAfter {
                let portions = Mutex(0)
                await #expect(throws: Stopped.self) {
                    try await installation.rebuild(portion: 20) { _ in
                        if portions.withLock({
                            $0 += 1; return $0
                        }) > stopAfter {
                            throw Stopped()
                        }
                    }
                }
                #expect(
                    try await Installation.leftByMigrations(in: installation.database) == [.actors, .contactHistory])
            }
            _ = try await installation.rebuild(portion: 20)
            #expect(try await Installation.leftByMigrations(in: installation.database) == [])
            let after = try await installation.read(id) { try self.lines($0) }
            #expect(after.count == before.count)
            for (line, now) in zip(before, after) where line != now { Issue.record("\(line) became \(now)") }
        }
        let collected = Collected()
        _ = try await installation.verify { collected.add($0) }
        #expect(collected.all.map(\.text) == [])
        await installation.database.close()
    }
}
