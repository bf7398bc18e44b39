import Domain
import Testing

@testable import App
@testable import Support

/// Whoever does not read a case any more has no way into it by an address or a word that they left there (R1.7).
@Suite struct WayInTests {
    private let scene: FollowDoorScene

    init() async throws { scene = try await FollowDoorScene() }

    private func addresses(_ number: CaseNumber) async throws -> [String] {
        try await scene.torg.read { op in
            try op.outbox.reporters(of: op.cases.load(number, in: .everything).id).compactMap {
                $0.person.email?.description
            }
        }
    }

    /// The case as its program gets it.
    private func recode(_ number: CaseNumber, as login: String, to category: String = "Care") async throws {
        let api = scene.browser()
        try await api.useToken(of: login)
        let recoded = try await api.call(
            .post, "/cases/\(number)/recoding", ["category": scene.torg.text(category)])
        #expect(recoded.status == 200, "\(recoded.body)")
    }

    @Test func whoMakesACaseConfidentialKeepsNoWayIn() async throws {
        let (number, _) = try await scene.open(category: "Street light")
        let own = ["email": "agent@evil.example", "phone": "99999999", "word": FollowDoorScene.word]
        try await scene.join(number, own)
        #expect(try await addresses(number) == ["kim@example.org", "agent@evil.example"], "anybody may join it")
        let agent = scene.browser()
        try await agent.logIn(as: "agent")
        let marked = [
            "channel": "telephone", "q1_text": "Mine", "q1_case": "\(number)", "q1_confidential": "true",
        ].merging(own) { $1 }
        let refused = try await agent.submit("/sandvik/contacts", from: "/sandvik/contacts/new", marked)
        #expect(refused.status == 422 && refused.body.contains("href=\"#word\""))
        try await scene.join(number, own.filter { $0.key != "word" }.merging(["q1_confidential": "true"]) { $1 })
        #expect(try await addresses(number) == ["kim@example.org"])
        let contact = try await scene.lastContact()
        let told = try await scene.torg.mails().filter { $0.contact == contact }
        #expect(told.isEmpty, "no receipt either")
        for address in ["agent@evil.example", "99999999"] {
            #expect(try await scene.find(number, address, FollowDoorScene.word) == 403)
        }
        _ = try await scene.installation.deliverMessages()
        #expect(scene.texts.all.isEmpty)
        await scene.torg.close()
    }

    /// The same by the category, with an address that was joined before.
    @Test func norDoesWhoeverGivesItAConfidentialCategory() async throws {
        let (number, _) = try await scene.open(category: "Street light")
        try await scene.join(number, ["email": "agent@evil.example", "word": FollowDoorScene.word])
        let api = scene.browser()
        try await api.useToken(of: "agent")
        let recoded = try await api.call(
            .post, "/cases/\(number)/recoding", ["category": scene.torg.text("Care")])
        #expect(recoded.status == 200, "\(recoded.body)")
        #expect(try await addresses(number) == ["kim@example.org"])
        #expect(try await scene.find(number, "agent@evil.example", FollowDoorScene.word) == 403)
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

    /// Joined by one colleague, made confidential by another.
    @Test func norDoesWhoeverJoinedItBeforeAnotherMadeItConfidential() async throws {
        let (number, _) = try await scene.open(category: "Street light")
        try await scene.join(number, ["email": "agent@evil.example", "word": FollowDoorScene.word])
        try await recode(number, as: "handler")
        #expect(try await addresses(number) == ["kim@example.org"])
        #expect(try await scene.find(number, "agent@evil.example", FollowDoorScene.word) == 403)
        await scene.torg.close()
    }

    /// Of the contact that opened it as well: what it leads to is theirs who gave it its address.
    @Test(arguments: ["agent", "handler"])
    func norDoesWhoeverGaveAReporterAnotherAddress(_ changer: String) async throws {
        let (number, _) = try await scene.open(category: "Street light")
        let agent = scene.browser()
        try await agent.logIn(as: "agent")
        let page = "/sandvik/contacts/\(try await scene.lastContact())"
        let own = ["email": "agent@evil.example", "phone": "99999999"]
        #expect(try await agent.submit(page + "/person", from: page, own).status == 303)
        #expect(try await addresses(number) == ["agent@evil.example"])
        try await recode(number, as: changer)
        #expect(try await addresses(number) == [])
        for address in ["agent@evil.example", "99999999"] {
            #expect(try await scene.find(number, address, FollowDoorScene.word) == 403)
        }
        _ = try await scene.installation.deliverMessages()
        #expect(scene.texts.all.isEmpty)
        // The unit says that it is the right person, and then it is.
        let unit = scene.browser()
        try await unit.logIn(as: "plumber")
        let shown = "/sandvik/cases/\(number)"
        let confirmation = "\(shown)/reporters/\(try await scene.lastContact())/confirmation"
        #expect(try await unit.fill(shown, to: confirmation).status == 303)
        #expect(try await addresses(number) == ["agent@evil.example"])
        await scene.torg.close()
    }

    /// A name put right gives nobody another address.
    @Test func whoPutsANameRightHoldsNothingBack() async throws {
        let (number, _) = try await scene.open(category: "Street light")
        let agent = scene.browser()
        try await agent.logIn(as: "agent")
        let page = "/sandvik/contacts/\(try await scene.lastContact())"
        let same = ["name": "Kim Ås", "email": "kim@example.org", "phone": "+47 900 12 345"]
        #expect(try await agent.submit(page + "/person", from: page, same).status == 303)
        try await recode(number, as: "handler")
        #expect(try await addresses(number) == ["kim@example.org"])
        await scene.torg.close()
    }

    /// A confidential case that goes to another unit leaves those behind who read it until then.
    @Test func norDoesWhoeverReadItUntilItWentElsewhere() async throws {
        let (number, _) = try await scene.open()
        let unit = scene.browser()
        try await unit.useToken(of: "plumber")
        let asPlumber: Installation.WhoActs = { _, directory, _ in
            .user(try #require(directory.people.values.first { $0.user.login == "plumber" }?.user))
        }
        try await scene.installation.write(scene.torg.sandvik, as: asPlumber) { op in
            var input = InputReader(["text": .text("More"), "case": .text("\(number)")])
            let registration = RegisterContact(
                channel: .telephone, direction: .incoming,
                person: Person(email: EmailAddress("plumber@evil.example")),
                questions: [QuestionInput(&input, in: op)])
            _ = try registration.perform(in: op)
        }
        #expect(try await addresses(number) == ["kim@example.org", "plumber@evil.example"])
        let routed = try await unit.call(.post, "/cases/\(number)/routing", ["unit": scene.torg.text("Roads")])
        #expect([200, 404].contains(routed.status), "\(routed.body)")
        #expect(try await addresses(number) == ["kim@example.org"])
        await scene.torg.close()
    }
}
