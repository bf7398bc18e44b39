import Database
import Domain
import Testing

@testable import App
@testable import Support

/// An address that was put right is right wherever it leads to the case.
@Suite struct CorrectContactTests {
    private let scene: FollowDoorScene

    init() async throws { scene = try await FollowDoorScene() }

    private func people() async throws -> [(id: ID<Contact>, told: String)] {
        try await scene.torg.read { op in
            try op.tx.rows("SELECT * FROM contacts WHERE municipality = \(op.tenant) ORDER BY id").map { row in
                let person = try Person(row)
                return (
                    try row["id"],
                    "\(person.name ?? "–") \(person.email?.description ?? "–") \(person.phone?.description ?? "–")"
                )
            }
        }
    }

    private func find(_ number: CaseNumber, _ contact: String) async throws -> Int {
        try await scene.browser().submit(
            "/sandvik/follow", from: "/sandvik/follow", ["number": "\(number)", "contact": contact]
        ).status
    }

    @Test func anAnswerOfTheSamePersonIsCorrectedToo() async throws {
        let (number, link) = try await scene.open(
            ["email": "kim@example.org", "phone": "90012345", "wants_updates": "true"], category: "Street light")
        let kim = scene.browser()
        _ = try await kim.open(link)
        let answered = try await kim.submit(
            "/sandvik/follow/\(number)/answer", from: "/sandvik/report", ["message": "The left one"])
        #expect(answered.status == 303)
        // Somebody else, who lives there as well and is left alone.
        let agent = scene.browser()
        try await agent.logIn(as: "agent")
        _ = try await agent.submit(
            "/sandvik/contacts", from: "/sandvik/contacts/new",
            [
                "channel": "telephone", "direction": "in", "q1_text": "It is dark", "q1_case": "\(number)",
                "name": "Ola", "email": "ola@example.org",
            ])
        let first = try #require(try await people().first)
        let page = "/sandvik/contacts/\(first.id)"
        let sent = try await agent.fill(
            page, to: page + "/person", ["name": ["Kim"], "email": ["new@example.org"], "phone": ["90099999"]])
        #expect(sent.status == 303)
        #expect(
            try await people().map(\.told) == [
                "Kim new@example.org 90099999", "Kim new@example.org 90099999", "Ola ola@example.org –",
            ])
        for gone in ["kim@example.org", "90012345"] { #expect(try await find(number, gone) == 403) }
        for good in ["new@example.org", "90099999"] { #expect(try await find(number, good) == 303) }
        // Each correction stands in the history once.
        let corrected = try await scene.torg.read { op in
            try op.history.events(of: op.cases.load(number, in: .everything).id).filter {
                $0.event.kind == .contactCorrected
            }
        }
        #expect(corrected.count == 1)
        await scene.torg.close()
    }

    @Test func notWhereAnotherContactOfThePersonLeadsToWhatIsKept() async throws {
        let (number, _) = try await scene.open(["email": "kim@example.org"], category: "Street light")
        let agent = scene.browser()
        try await agent.logIn(as: "agent")
        let joined = try await agent.submit(
            "/sandvik/contacts", from: "/sandvik/contacts/new",
            [
                "channel": "telephone", "direction": "in", "email": "kim@example.org", "q1_text": "It is dark",
                "q1_case": "\(number)", "q2_text": FollowDoorScene.secret, "q2_category": scene.torg.text("Care"),
            ])
        #expect(joined.status == 303, "\(joined.body)")
        let before = try await people()
        let page = "/sandvik/contacts/\(try #require(before.first?.id))"
        let sent = try await agent.fill(page, to: page + "/person", ["email": ["agent@evil.example"]])
        #expect(sent.status == 422 && sent.body.contains("Ask the person to call 10 00 00 00."))
        #expect(try await people().map(\.told) == before.map(\.told))
        await scene.torg.close()
    }

    /// What was confidential among several questions went somewhere else, with where the person is now.
    @Test func whoRegisteredSeveralQuestionsDoesNotSeeWhatTheUnitCorrects() async throws {
        let world = try await SecretWorld()
        let agent = try await world.browser(of: "agent")
        let sent = try await agent.submit(
            "/sandvik/contacts", from: "/sandvik/contacts/new",
            [
                "channel": "telephone", "direction": "in", "name": "Siv Lønn", "email": "siv@lonn.example",
                "q1_text": "The lamp by my door", "q1_category": world.torg.text("Street light"),
                "q2_text": "Zebrafisken is hurt", "q2_category": world.torg.text("Bekymring"),
            ])
        let page = try #require(sent.location)
        let worker = try await world.browser(of: "worker")
        #expect(
            try await worker.fill(
                page, to: page + "/person", ["email": ["shelter@example.org"], "phone": ["90112244"]]
            ).status == 303)
        let shown = try await agent.get(page)
        #expect(shown.status == 200 && shown.body.contains("The lamp by my door"))
        for told in ["Siv Lønn", "siv@lonn.example", "shelter@example.org", "90112244", "90 11 22 44", "/person\""] {
            #expect(!shown.body.contains(told), "\(told)")
        }
        let refused = try await agent.submit(page + "/person", from: "/sandvik/alerts", ["email": "a@evil.example"])
        #expect(refused.status == 422)
        for told in ["shelter@example.org", "90112244", "90 11 22 44"] { #expect(!refused.body.contains(told)) }
        await world.torg.close()
    }
}
