import Database
import Domain
import Testing

@testable import App
@testable import Support

/// With a caller on the line: by what they get into their confidential case, and what to do where they do not.
@Suite struct SayWayInTests {
    private let scene: FollowDoorScene

    init() async throws { scene = try await FollowDoorScene() }

    private static let noWayIn = "The person has no way into the case"

    /// Registers a contact and returns the page that follows.
    private func register(_ fields: [String: String], by agent: TestClient) async throws -> (path: String, body: String)
    {
        var sent = ["channel": "telephone", "q1_text": FollowDoorScene.secret]
        if fields["q1_case"] == nil { sent["q1_category"] = scene.torg.text("Care") }
        let answer = try await agent.submit(
            "/sandvik/contacts", from: "/sandvik/contacts/new", sent.merging(fields) { $1 })
        #expect(answer.status == 303, "\(answer.body)")
        let path = try #require(answer.location)
        return (path, try await agent.get(path).body)
    }

    @Test(
        arguments: [
            (["email": "kim@example.org", "word": FollowDoorScene.word], "The link and the word that we have agreed"),
            (
                ["phone": "90012345", "word": FollowDoorScene.word],
                "its number, your e-mail address or telephone number"
            ),
            (["email": "kim@example.org", "phone": "90012345"], "the link and a code that the page sends"),
            (["phone": "90012345"], "its number, your telephone number, and a code"),
            (["email": "kim@example.org"], "You cannot read the case on the web yet"),
            // On the telephone there is the link already.
            (["phone": "90012345", "wants_updates": "true"], "You cannot read the case on the web yet"),
            ([:], "You cannot read the case on the web yet"),
            // With nothing beside the number the word opens nothing.
            (["word": FollowDoorScene.word], "You cannot read the case on the web yet"),
        ] as [([String: String], String)])
    func theReceiptSaysWhatOpensIt(_ fields: [String: String], _ said: String) async throws {
        let agent = scene.browser()
        try await agent.logIn(as: "agent")
        let page = try await register(fields, by: agent).body
        #expect(page.contains(said))
        #expect(page.contains(Self.noWayIn) == said.hasPrefix("You cannot"))
        #expect(page.contains("You get an e-mail with a link") == (fields["email"] != nil))
        #expect(page.contains("You get a text message with a link") == (fields["wants_updates"] != nil))
        #expect(!page.contains("kim@example.org") && !page.contains("90 01 23 45"))
        await scene.torg.close()
    }

    @Test func withoutAGatewayNoCodeIsPromised() async throws {
        let agent = TestClient(scene.torg)
        try await agent.logIn(as: "agent")
        let page = try await register(["email": "kim@example.org", "phone": "90012345"], by: agent).body
        #expect(page.contains(Self.noWayIn))
        #expect(page.contains("Those who have it call you and agree a word with you"))
        await scene.torg.close()
    }

    @Test func whatTheUnitDoesLaterShowsInNothing() async throws {
        let agent = scene.browser()
        try await agent.logIn(as: "agent")
        let first = try await register(["email": "kim@example.org"], by: agent)
        let number = try #require(first.body.firstMatch(of: /\d\d-\d{5}-\d/).map { String($0.0) })
        let unit = scene.browser()
        try await unit.logIn(as: "plumber")
        let page = "/sandvik/cases/\(number)"
        #expect(try await unit.fill(page, to: page + "/word", ["word": [FollowDoorScene.word]]).status == 303)
        #expect(
            try await unit.fill(first.path, to: first.path + "/person", ["phone": ["90012345"]]).status == 303)
        let plain = { (body: String) in body.replacing(/name="form" value="[^"]+"/, with: "") }
        #expect(plain(try await agent.get(first.path).body) == plain(first.body))
        await scene.torg.close()
    }

    @Test func whoCallsAgainIsToldThatTheUnitKnows() async throws {
        let (number, _) = try await scene.open()
        let agent = scene.browser()
        try await agent.logIn(as: "agent")
        let form = try await agent.get("/sandvik/contacts/new?case=\(number)").body
        #expect(form.contains("no message goes to the person before those who have it have confirmed who it is"))
        #expect(!form.contains("the person is told automatically"))
        let page = try await register(["phone": "90012345", "q1_case": "\(number)"], by: agent).body
        #expect(page.contains("Those who have the case now know that you called"))
        #expect(page.contains("You get no message from us until they have confirmed that it is you"))
        #expect(!page.contains("You get an e-mail") && !page.contains(Self.noWayIn))
        #expect(try await agent.get("/sandvik/contacts/new").body.contains("the person is told automatically"))
        await scene.torg.close()
    }

    /// Somebody of the case's unit who registers contacts.
    @Test func whoMayAgreeAWordIsToldToDoItNow() async throws {
        let torg = scene.torg
        try await torg.installation.write(torg.sandvik) { op in
            try op.tx.run(
                """
                INSERT INTO user_roles (municipality, user_id, role_id)
                SELECT \(op.tenant), \(torg.id("plumber", of: User.self)), role_id FROM user_roles
                WHERE municipality = \(op.tenant) AND user_id = \(torg.id("agent", of: User.self))
                """)
            try op.organisation.touch()
        }
        let unit = scene.browser()
        try await unit.logIn(as: "plumber")
        let first = try await register(["email": "kim@example.org"], by: unit)
        #expect(first.body.contains("Agree a word now, while you have them on the line"))
        let number = try #require(first.body.firstMatch(of: /\d\d-\d{5}-\d/).map { String($0.0) })
        let page = "/sandvik/cases/\(number)"
        #expect(try await unit.fill(page, to: page + "/word", ["word": [FollowDoorScene.word]]).status == 303)
        let after = try await unit.get(first.path).body
        #expect(after.contains("The link and the word that we have agreed") && !after.contains(Self.noWayIn))
        await torg.close()
    }
}
