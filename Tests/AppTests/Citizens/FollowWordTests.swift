import Database
import Domain
import Testing

@testable import App
@testable import Support

/// Whose word opens a confidential case: the one that its unit or its reporter agreed last, and no other.
@Suite struct FollowWordTests {
    private let scene: FollowDoorScene

    init() async throws { scene = try await FollowDoorScene() }

    /// What number and address answer, together with a word.
    private func find(_ number: CaseNumber, _ contact: String, _ word: String) async throws -> Int {
        try await scene.browser().submit(
            "/sandvik/follow", from: "/sandvik/follow", ["number": "\(number)", "contact": contact, "code": word]
        ).status
    }

    /// The agent registers one more contact about the case.
    private func join(_ number: CaseNumber, _ fields: [String: String]) async throws {
        let agent = scene.browser()
        try await agent.logIn(as: "agent")
        let question = [
            "channel": "telephone", "direction": "in", "q1_text": "It is me again", "q1_case": "\(number)",
        ]
        let answer = try await agent.submit(
            "/sandvik/contacts", from: "/sandvik/contacts/new", question.merging(fields) { $1 })
        #expect(answer.status == 303, "\(answer.body)")
    }

    private func lastContact() async throws -> ID<Contact> {
        try await scene.torg.read { op in
            try op.tx.value("SELECT max(id) FROM contacts WHERE municipality = \(op.tenant)") ?? ID(0)
        }
    }

    private func addresses(_ number: CaseNumber) async throws -> [String] {
        try await scene.torg.read { op in
            try op.reporters(of: op.loadCase(number, in: .everything).id).compactMap { $0.person.email?.description }
        }
    }

    @Test(arguments: [["email": "kim@example.org"], ["phone": "90012345"], [:]])
    func oneThatWasGivenFromOutsideOpensNothing(_ person: [String: String]) async throws {
        let (number, link) = try await scene.open()
        try await join(number, person.merging(["word": FollowDoorScene.word]) { $1 })
        let kim = scene.browser()
        _ = try await kim.get(link)
        #expect(try await scene.post(kim, number, "opening", ["code": FollowDoorScene.word]).status == 422)
        #expect(try await find(number, "kim@example.org", FollowDoorScene.word) == 403)
        // Nor when the unit says that it is the right person.
        if !person.isEmpty {
            let unit = scene.browser()
            try await unit.logIn(as: "plumber")
            let page = "/sandvik/cases/\(number)"
            let confirmation = "\(page)/reporters/\(try await lastContact())/confirmation"
            #expect(try await unit.fill(page, to: confirmation).status == 303)
        }
        #expect(try await scene.post(kim, number, "opening", ["code": FollowDoorScene.word]).status == 422)
        #expect(try await find(number, "kim@example.org", FollowDoorScene.word) == 403)
        await scene.torg.close()
    }

    /// A contact that opens one confidential case, and is joined to another from outside.
    @Test func aWordForOneCaseDoesNotOpenAnotherByConfirmation() async throws {
        let (number, _) = try await scene.open()
        try await join(
            number,
            [
                "email": "kim@example.org", "word": FollowDoorScene.word, "q2_text": "Something else",
                "q2_category": scene.torg.text("Care"),
            ])
        #expect(try await find(number, "kim@example.org", FollowDoorScene.word) == 403)
        let unit = scene.browser()
        try await unit.logIn(as: "plumber")
        let page = "/sandvik/cases/\(number)"
        let confirmation = "\(page)/reporters/\(try await lastContact())/confirmation"
        #expect(try await unit.fill(page, to: confirmation).status == 303)
        #expect(try await find(number, "kim@example.org", FollowDoorScene.word) == 403)
        await scene.torg.close()
    }

    @Test func aNewOneTakesThePlaceOfAllBefore() async throws {
        let (number, link) = try await scene.open(["email": "kim@example.org"], word: FollowDoorScene.word)
        let kim = scene.browser()
        _ = try await kim.get(link)
        #expect(try await scene.post(kim, number, "opening", ["code": FollowDoorScene.word]).status == 303)
        // One more contact of the same person, and the new word is agreed in that.
        #expect(try await scene.post(kim, number, "answer", ["message": "The left one"]).status == 303)
        let unit = scene.browser()
        try await unit.logIn(as: "plumber")
        let page = "/sandvik/cases/\(number)"
        let agreed = try await unit.submit(
            page + "/word", from: page, ["word": "Snøstorm", "contact": "\(try await lastContact())"])
        #expect(agreed.status == 303, "\(agreed.body)")
        #expect(try await find(number, "kim@example.org", FollowDoorScene.word) == 403)
        #expect(try await find(number, "kim@example.org", "Snøstorm") == 303)
        await scene.torg.close()
    }

    @Test func whoMakesACaseConfidentialKeepsNoWayIn() async throws {
        let (number, _) = try await scene.open(category: "Street light")
        let own = ["email": "agent@evil.example", "phone": "99999999", "word": FollowDoorScene.word]
        try await join(number, own)
        #expect(try await addresses(number) == ["kim@example.org", "agent@evil.example"], "anybody may join it")
        try await join(number, own.merging(["q1_confidential": "true"]) { $1 })
        #expect(try await addresses(number) == ["kim@example.org"])
        let contact = try await lastContact()
        let told = try await scene.torg.mails().filter { $0.contact == contact }
        #expect(told.isEmpty, "no receipt either")
        for address in ["agent@evil.example", "99999999"] {
            #expect(try await find(number, address, FollowDoorScene.word) == 403)
        }
        _ = try await scene.installation.deliverMails()
        #expect(scene.texts.all.isEmpty)
        await scene.torg.close()
    }

    /// The same by the category, with an address that was joined before.
    @Test func norDoesWhoeverGivesItAConfidentialCategory() async throws {
        let (number, _) = try await scene.open(category: "Street light")
        try await join(number, ["email": "agent@evil.example", "word": FollowDoorScene.word])
        let api = scene.browser()
        try await api.useToken(of: "agent")
        let recoded = try await api.call(
            .post, "/cases/\(number)/recoding", ["category": scene.torg.text("Care")])
        #expect(recoded.status == 200, "\(recoded.body)")
        #expect(try await addresses(number) == ["kim@example.org"])
        #expect(try await find(number, "agent@evil.example", FollowDoorScene.word) == 403)
        await scene.torg.close()
    }

    @Test func whoReadsItFromThenOnHoldsNothingBack() async throws {
        let (number, _) = try await scene.open(category: "Street light")
        let unit = scene.browser()
        try await unit.useToken(of: "handler")
        _ = try await unit.call(.post, "/cases/\(number)/recoding", ["category": scene.torg.text("Care")])
        #expect(try await addresses(number) == ["kim@example.org"])
        await scene.torg.close()
    }
}
