import Database
import Domain
import Testing

@testable import App
@testable import Support

/// Who hears of it where: the bell, the watch page and the list.
extension MissedMessageTests {
    /// Their box refuses, so only the bell reaches them; nobody has to write down how.
    @Test func aColleaguesMailIsToldByTheBell() async throws {
        let api = try await Api()
        try await api.torg.installation.write(api.torg.sandvik) { op in
            try op.tx.run(
                "UPDATE users SET email = 'gone@sandvik.example' WHERE municipality = \(op.tenant) AND login = 'handler'"
            )
            try op.organisation.touch()
        }
        let path = try await newCase(api, "kim@example.org")
        let routed = try await api.post(
            path + "/routing", ["unit": api.torg.text("Roads"), "handler": api.torg.text("handler")])
        #expect(routed.status == 200)
        _ = try await Self.refusing(api.torg).deliverMessages()
        #expect(try await bell(api, as: "handler").contains("An internal mail about the case does not seem"))
        #expect(try await !watch(api).contains(path.dropFirst("/cases/".count)))
        #expect(try await api.post(path + "/told", ["how": "telephone"]).code == "told.nothing_to_tell")
        // The system manager mends the address and sends it again.
        try await api.torg.installation.write(api.torg.sandvik) { op in
            _ = try op.tx.run(
                """
                UPDATE outbox SET state = 'waiting', next_attempt_at = \(op.now)
                WHERE municipality = \(op.tenant) AND state = 'failed'
                """)
        }
        _ = try await api.torg.installation.deliverMessages()
        #expect(try await api.count("alerts WHERE kind = 'colleague_missed' AND read_at IS NULL") == 0)
        #expect(try await kinds(api, path).suffix(2) == ["message_missed", "message_arrived"])
        try await nothingIsWrong(api)
        await api.close()
    }

    @Test func whoeverHasTheCaseHearsOfItAndElseTheDesk() async throws {
        let api = try await Api()
        let path = try await newCase(api)
        _ = try await api.post(
            path + "/routing", ["unit": api.torg.text("Roads"), "handler": api.torg.text("handler")])
        try await api.become("handler")
        let closed = try await api.post(path + "/closure", Self.closing)
        #expect(closed.status == 200)
        _ = try await Self.refusing(api.torg).deliverMessages()
        try await api.become("agent")
        _ = try await api.newCase([:], ["person": ["email": "gone2@example.org"]])
        _ = try await Self.refusing(api.torg).deliverMessages()
        let told = try await api.torg.read { op in
            try op.tx.rows(
                """
                SELECT user_id, unit_id FROM alerts
                WHERE municipality = \(op.tenant) AND kind = 'message_missed' ORDER BY id
                """
            ).map { row -> [Int64?] in [try row["user_id"], try row["unit_id"]] }
        }
        let (handler, desk): (ID<User>, ID<Domain.Unit>) = (api.torg.id("handler"), api.torg.id("centre"))
        #expect(
            told == [[handler.rawValue, nil], [nil, desk.rawValue]], "of a closed case, and of one that nobody has")
        await api.close()
    }

    @Test func manyMessagesAboutACaseAreOneLineOfTheBell() async throws {
        let api = try await Api()
        let path = try await newCase(api)
        for message in ["Soon", "Sooner"] {
            _ = try await api.post(path + "/feedback", ["message": message])
            api.torg.advance(hours: 1)
            _ = try await Self.refusing(api.torg).deliverMessages()
        }
        #expect(try await api.count("alerts WHERE kind = 'message_missed'") == 2)
        #expect(try await bell(api, as: "handler").components(separatedBy: "tell them in another way").count == 2)
        await api.close()
    }

    /// However many there are, each can be found.
    @Test func whatDoesNotFitAboveTheTableStandsInAListOfItsOwn() async throws {
        let api = try await Api()
        for index in 0...ShowWatch.mostMissed {
            _ = try await api.newCase(
                ["unit": api.torg.text("Roads")], ["person": ["email": "gone\(index)@example.org"]])
        }
        let few = try await watch(api)
        #expect(!few.contains("show=missed"))
        _ = try await Self.refusing(api.torg).deliverMessages()
        let many = try await watch(api)
        #expect(
            many.contains("show=missed")
                && many.matches(of: #/<li><a href="\/sandvik\/cases/#).count == ShowWatch.mostMissed)
        #expect(!many.contains("All is well"))
        let all = try await list(api)
        #expect(all.contains("Message that did not arrive"))
        #expect(all.components(separatedBy: "<tr").count - 1 >= ShowWatch.mostMissed + 2, "with the table's head")
        let water = try await list(api, unit: api.torg.text("Water"))
        #expect(water.contains("Message that did not arrive, Water"))
        await api.close()
    }

    /// Both engines find the few in the index, whatever else is in the outbox.
    @Test func theyAreFoundInTheIndex() async throws {
        let api = try await Api()
        _ = try await newCase(api)
        let query = try await api.torg.installation.write(api.torg.sandvik) { op -> SQL in
            try op.tx.run(
                """
                INSERT INTO outbox (municipality, id, case_id, event_id, contact_id, kind, address, language, subject,
                    body, state, attempts, next_attempt_at, created_at, sent_at, is_neutral, medium, lane)
                WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 20000)
                SELECT municipality, id + n, case_id, event_id, contact_id, kind, 'a' || n || '@example.org', language,
                    subject, body, 'sent', 1, next_attempt_at, created_at, created_at, is_neutral, medium, lane
                FROM outbox CROSS JOIN numbers
                WHERE municipality = \(op.tenant) AND id = (SELECT min(id) FROM outbox WHERE municipality = \(op.tenant))
                """)
            return """
                SELECT cases.* FROM cases WHERE cases.municipality = \(op.tenant) AND \(op.outbox.hasMissed)
                ORDER BY cases.id DESC LIMIT 21
                """
        }
        try await api.torg.installation.database.analyze(["outbox"])
        let plan = try await api.torg.installation.database.plan(of: query)
        #expect(plan.contains("outbox_missed") && !plan.contains("SCAN cases"), "\(plan)")
        await api.close()
    }

    /// Whoever may not be told of the case any more keeps it on nobody's list.
    @Test func whoWasHeldBackIsSettledWithTheOthers() async throws {
        let api = try await Api()
        let path = try await newCase(api)
        _ = try await api.post(path + "/closure", Self.closing)
        _ = try await Self.refusing(api.torg).deliverMessages()
        try await api.torg.installation.write(api.torg.sandvik) { op in
            _ = try op.tx.run("UPDATE questions SET is_held = 1 WHERE municipality = \(op.tenant)")
        }
        try await api.client.logIn(as: "agent")
        #expect(try await api.client.get("/sandvik\(path)").body.contains("/told"))
        try await api.become("agent")
        let told = try await api.post(path + "/told", ["how": "nobody", "note": "The address was somebody else's"])
        #expect(told.status == 200, "\(told.body)")
        #expect(try await api.count("outbox WHERE missed = 'open'") == 0)
        await api.close()
    }
}
