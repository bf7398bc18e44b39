import Database
import Domain
import Support
import Testing

@testable import App

/// Whoever is given a case hears of it by mail.
@Suite struct StaffMessageTests {
    @Test func whoReceivesForTheUnitIsToldWhenACaseIsPassedOn() async throws {
        let torg = try await TestTorg()
        try await torg.letStaffHaveMail()
        let client = TestClient(torg)
        let number = try await torg.openCase("Street light", as: client)
        _ = try await client.call(
            .post, "/cases/\(number)/routing", ["unit": torg.text("Roads"), "note": "Soon, please"])
        let mail = try #require(try await torg.staffMails().first)
        #expect(mail.address == "leader@sandvik.example")
        #expect(mail.kind == .passedOn)
        #expect(mail.language == "en")
        #expect(mail.body.contains("Soon, please") && mail.body.contains("It is dark here"))
        #expect(mail.body.contains("http://torg.test/sandvik/cases/\(number)"))
        #expect(mail.body.contains("Tuesday") || mail.body.contains("tomorrow"))
        #expect(try await torg.staffMails().count == 1)
        await torg.close()
    }

    @Test func theHandlerIsToldWhenNamed() async throws {
        let torg = try await TestTorg()
        try await torg.letStaffHaveMail()
        let client = TestClient(torg)
        let number = try await torg.openCase("Street light", as: client)
        _ = try await client.call(
            .post, "/cases/\(number)/routing", ["unit": torg.text("Roads"), "handler": torg.text("handler")])
        #expect(try await torg.staffMails().map(\.address) == ["handler@sandvik.example"])
        await torg.close()
    }

    @Test func theUnitsMailboxIsToldWhereNobodyReceives() async throws {
        let torg = try await TestTorg()
        try await torg.letStaffHaveMail()
        // A water leak goes straight to its unit.
        _ = try await torg.openCase("Water leak", as: TestClient(torg))
        let mail = try #require(try await torg.staffMails().first)
        #expect(mail.address == "water@sandvik.example")
        #expect(mail.language == "nb")
        await torg.close()
    }

    @Test func aConfidentialCaseTellsNothingOfItself() async throws {
        let torg = try await TestTorg()
        try await torg.letStaffHaveMail()
        _ = try await torg.openCase("Care", as: TestClient(torg))
        let mail = try #require(try await torg.staffMails().first)
        #expect(!mail.body.contains("dark") && !mail.subject.contains("dark"))
        #expect(mail.body.contains("taushetsbelagt"))
        await torg.close()
    }

    @Test func anAcuteCaseSaysSo() async throws {
        let torg = try await TestTorg()
        try await torg.letStaffHaveMail()
        _ = try await torg.openCase("Street light", as: TestClient(torg), isAcute: true)
        #expect(try await torg.staffMails().map(\.kind) == [.acute])
        await torg.close()
    }

    @Test func nobodyIsToldOfWhatTheyDidThemselves() async throws {
        let torg = try await TestTorg()
        try await torg.letStaffHaveMail()
        let client = TestClient(torg)
        let number = try await torg.openCase("Street light", as: client)
        try await client.useToken(of: "leader")
        _ = try await client.call(.post, "/cases/\(number)/routing", ["handler": torg.text("leader")])
        #expect(try await torg.staffMails().isEmpty)
        await torg.close()
    }

    @Test func whoeverIsAwayIsStoodInFor() async throws {
        let torg = try await TestTorg()
        try await torg.letStaffHaveMail()
        try await torg.installation.write(torg.sandvik) { op in
            for (number, login) in ["handler", "leader"].enumerated() {
                let (user, plumber): (ID<User>, ID<User>) = (torg.id(login), torg.id("plumber"))
                let substitute = login == "handler" ? plumber : nil
                try op.tx.run(
                    """
                    INSERT INTO absences (municipality, id, user_id, first_day, last_day, substitute_id)
                    VALUES (\(op.tenant), \(number + 1), \(user), \("2026-07-20"), \("2026-07-24"), \(substitute))
                    """)
            }
            try op.organisation.touch()
        }
        let client = TestClient(torg)
        let number = try await torg.openCase("Street light", as: client)
        _ = try await client.call(
            .post, "/cases/\(number)/routing", ["unit": torg.text("Roads"), "handler": torg.text("handler")])
        #expect(try await torg.staffMails().map(\.address) == ["plumber@sandvik.example"])
        // Nobody stands in for the leader, who receives: nobody is there, and the unit has no mailbox.
        _ = try await client.call(.post, "/cases/\(number)/routing", ["unit": torg.text("Roads")])
        #expect(try await torg.staffMails().count == 1)
        await torg.close()
    }

    @Test func whatOnlyTheUnitMayReadGoesToNobodyElse() async throws {
        let torg = try await TestTorg()
        try await torg.letStaffHaveMail()
        try await torg.installation.write(torg.sandvik) { op in
            let (water, plumber, handler): (ID<Unit>, ID<User>, ID<User>) = (
                torg.id("Water"), torg.id("plumber"), torg.id("handler")
            )
            try op.tx.run(
                """
                UPDATE units SET receiver_id = \(plumber) WHERE municipality = \(op.tenant) AND id = \(water)
                """)
            try op.tx.run(
                """
                INSERT INTO absences (municipality, id, user_id, first_day, last_day, substitute_id)
                VALUES (\(op.tenant), 1, \(plumber), '2026-07-20', '2026-07-24', \(handler))
                """)
            try op.organisation.touch()
        }
        _ = try await torg.openCase("Care", as: TestClient(torg))
        #expect(try await torg.staffMails().map(\.address) == ["water@sandvik.example"])
        await torg.close()
    }

    @Test func withoutAnyAddressTheWorkListHasToDo() async throws {
        let torg = try await TestTorg()
        _ = try await torg.openCase("Water leak", as: TestClient(torg))
        #expect(try await torg.mails().isEmpty)
        await torg.close()
    }
}

extension TestTorg {
    /// Addresses for the people, a receiver for the roads, a mailbox for the water.
    fileprivate func letStaffHaveMail() async throws {
        let (leader, roads, water): (ID<User>, ID<Unit>, ID<Unit>) = (id("leader"), id("Roads"), id("Water"))
        try await installation.write(sandvik) { op in
            try op.tx.run(
                "UPDATE users SET email = login || '@sandvik.example' WHERE municipality = \(op.tenant)")
            try op.tx.run(
                "UPDATE units SET receiver_id = \(leader) WHERE municipality = \(op.tenant) AND id = \(roads)")
            try op.tx.run(
                """
                UPDATE units SET email = 'water@sandvik.example' WHERE municipality = \(op.tenant) AND id = \(water)
                """)
            try op.organisation.touch()
        }
    }

    fileprivate func openCase(_ category: String, as client: TestClient, isAcute: Bool = false) async throws -> String {
        try await client.useToken(of: "agent")
        let answer = try await client.call(
            .post, "/contacts",
            [
                "channel": "telephone",
                "questions": [["text": "It is dark here", "category": text(category), "acute": isAcute]],
            ])
        let questions = try #require(answer.json["questions"] as? [[String: Any]])
        return try #require(questions[0]["case"] as? String)
    }

    fileprivate func staffMails() async throws -> [OutboxMessage] {
        try await mails().filter { [.passedOn, .acute].contains($0.kind) }
    }
}
