import Database
import Domain
import Testing

@testable import App
@testable import Support

/// Whose word opens a confidential case: the one that its unit or its reporter agreed last, and no other.
@Suite struct FollowWordTests {
    private let scene: FollowDoorScene

    init() async throws { scene = try await FollowDoorScene() }

    /// Only those who have the case agree a word: one that came from outside would open nothing, and the caller would rely
    /// on it. Also where the same contact opens another confidential case.
    @Test(arguments: [["email": "kim@example.org"], ["phone": "90012345"], [:], ["q2_text": "Something else"]])
    func oneThatIsGivenFromOutsideIsRefused(_ fields: [String: String]) async throws {
        let (number, _) = try await scene.open()
        let agent = scene.browser()
        try await agent.logIn(as: "agent")
        let before = try await scene.lastContact()
        var sent = ["channel": "telephone", "q1_text": "It is me again", "q1_case": "\(number)"]
        sent.merge(fields) { $1 }
        if fields["q2_text"] != nil { sent["q2_category"] = scene.torg.text("Care") }
        sent["word"] = FollowDoorScene.word
        let refused = try await agent.submit("/sandvik/contacts", from: "/sandvik/contacts/new", sent)
        #expect(refused.status == 422 && refused.body.contains("href=\"#word\""))
        #expect(refused.body.contains("Only those who have the case can agree a word for it"))
        #expect(refused.body.contains("It is me again"), "what was typed is kept")
        #expect(try await scene.lastContact() == before, "nothing is stored")
        #expect(try await scene.find(number, "kim@example.org", FollowDoorScene.word) == 403)
        let looks = try await scene.torg.read { op in
            try op.tx.rows("SELECT kind FROM readings WHERE municipality = \(op.tenant)").map {
                try $0["kind"] as String
            }
        }
        #expect(looks.contains("existence") && !looks.contains("joined"), "being refused tells that it is there")
        sent["word"] = nil
        #expect(try await agent.submit("/sandvik/contacts", from: "/sandvik/contacts/new", sent).status == 303)
        await scene.torg.close()
    }

    @Test func theApiRefusesItToo() async throws {
        let (number, _) = try await scene.open()
        let api = scene.browser()
        try await api.useToken(of: "agent")
        let joining: [String: Any] = [
            "channel": "telephone", "word": FollowDoorScene.word,
            "questions": [["text": "It is me again", "case": "\(number)"]],
        ]
        let refused = try await api.call(.post, "/contacts", joining)
        #expect(refused.status == 422 && refused.faults == ["word word_kept"])
        let opened = try await api.call(
            .post, "/contacts",
            [
                "channel": "telephone", "person": ["phone": "90012345"], "word": FollowDoorScene.word,
                "questions": [["text": "Something else", "category": scene.torg.text("Care")]],
            ])
        let other = try #require(opened.cases.first.flatMap(\.self).flatMap { CaseNumber(text: $0) })
        #expect(try await scene.find(other, "90012345", FollowDoorScene.word) == 303)
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
            page + "/word", from: page, ["word": "Snøstorm", "contact": "\(try await scene.lastContact())"])
        #expect(agreed.status == 303, "\(agreed.body)")
        #expect(try await scene.find(number, "kim@example.org", FollowDoorScene.word) == 403)
        #expect(try await scene.find(number, "kim@example.org", "Snøstorm") == 303)
        await scene.torg.close()
    }
}
