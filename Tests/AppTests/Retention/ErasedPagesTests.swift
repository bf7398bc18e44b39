import Database
import Domain
import Foundation
import Testing

@testable import App
@testable import Support

/// What pages, links and programs say of what was erased.
@Suite struct ErasedPagesTests {
    /// On every page and in the API it is told that it was erased, when, and by whose decision.
    @Test func whatIsErasedIsToldAsErased() async throws {
        let scene = try await RetentionScene()
        let (torg, api, page) = (scene.torg, scene.api, "/sandvik" + scene.path)
        _ = try await scene.decide([.answered: 1, .cases: 1])
        try await scene.nights(10, after: 8)
        try await scene.nights(2, after: 40)
        #expect(try await scene.left(RetentionScene.ofCase + RetentionScene.ofAnswered) == [])
        let told = "as decided by Sandvik kommunestyre (KS 12/2026)"
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        let shown = try await agent.get(page)
        #expect(shown.status == 200 && shown.body.contains("<h1>Erased</h1>") && shown.body.contains(told))
        #expect(!shown.body.contains("actions-heading"), "nothing can be done")
        #expect(shown.body.contains("(erased)") && !shown.body.contains(" to Erased"), "within a sentence")
        for contact in [scene.answered, scene.reporter] {
            let shown = try await agent.get("/sandvik/contacts/" + contact)
            #expect(shown.status == 200 && shown.body.contains("Erased") && shown.body.contains(told), "\(contact)")
            #expect(!shown.body.contains("name=\"email\""))
        }
        #expect(try await agent.open("/sandvik/search?q=\(scene.number())").body.contains("Erased"))
        for word in ["kvernstein", "zulfikar", "90123456", "jaguarbad"] {
            let found = try await agent.get("/sandvik/search?q=" + word)
            #expect(try found.status == 200 && !found.body.contains(scene.number()))
            #expect(try await api.get("/contacts?text=" + word).items.isEmpty)
        }
        try await scene.admin.logIn(as: "admin")
        let mails = try await scene.admin.get("/sandvik/admin/mail").body
        #expect(mails.contains("Erased"))
        let mail = try #require(mails.firstMatch(of: #/href="(/sandvik/admin/mail/\d+)"[^>]*>Erased/#)).1
        #expect(try await scene.admin.get(String(mail)).body.contains(told))
        for (language, gone) in [("sv", "Borttaget"), ("nb", "Slettet"), ("da", "Slettet"), ("en", "Erased")] {
            for path in [page, "/sandvik/contacts/\(scene.answered)"] {
                let body = try await agent.get(path + "?language=" + language).body
                let isTold = body.contains(gone) && body.contains("Sandvik kommunestyre (KS 12/2026)")
                #expect(isTold, "\(language) \(path)")
            }
        }
        // The citizen's own link still leads there, and says the same.
        let citizen = TestClient(torg)
        let own = try await citizen.open(scene.link)
        #expect(own.status == 200 && own.body.contains(told) && !own.body.contains("reopening"))

        let json = try await api.get(scene.path).json
        let day = try await torg.read { $0.today.iso }
        #expect(json["title"] is NSNull && json["answer"] is NSNull && json["place"] is NSNull)
        #expect(json["erased"] as? String == day)
        let contact = try #require((json["contacts"] as? [[String: Any]])?.first)
        #expect(contact["erased"] as? String == day)
        let question = try #require((contact["questions"] as? [[String: Any]])?.first)
        #expect(question["text"] is NSNull && question["erased"] as? String == day)
        let measure = try #require((json["measures"] as? [[String: Any]])?.first)
        #expect(measure["what"] is NSNull && measure["who"] is NSNull)
        #expect(try await api.get(scene.path + "/events").items.count > 4, "what happened is still told")
        #expect(try await api.get("/contacts/" + scene.answered).json["erased"] as? String == day)
        await scene.close()
    }

    @Test func nothingComesToWhatIsErased() async throws {
        let scene = try await RetentionScene()
        let api = scene.api
        _ = try await scene.decide([.reporters: 1])
        try await scene.nights(2, after: 8)
        try await scene.nights(2, after: 40)
        #expect(try await scene.left(["zulfikar@quist.example"]) == [])
        for (path, body) in [
            ("/notes", ["note": "x"]), ("/measures", ["kind": "corrective", "what": "x", "who": "y"]),
        ] {
            let refused = try await api.post(scene.path + path, body)
            #expect(refused.status == 409 && refused.code == "case.erased", "\(path): \(refused.body)")
        }
        #expect(try await api.delete(scene.path + "/closure", ["reason": "x"]).code == "case.erased")
        let joined = try await api.contact(["case": try scene.number(), "answered": true])
        #expect(joined.faults == ["questions[0].case case.erased"])
        let agent = TestClient(scene.torg)
        try await agent.logIn(as: "agent")
        let token = try await agent.get("/sandvik/contacts/new").formToken
        let corrected = try await agent.submit(
            "/sandvik/contacts/\(scene.reporter)/person", from: "", ["name": "Zulfikar Quist"], token: token)
        #expect(corrected.status == 409)
        #expect(try await scene.api.count("contacts WHERE name = 'Zulfikar Quist'") == 0)
        #expect(try await scene.breaches() == [])
        await scene.close()
    }

    /// Nobody can be told of anything by the link in an old mail, nor begin to be.
    @Test func theLinkToStopSaysThatNobodyIsTold() async throws {
        let scene = try await RetentionScene()
        _ = try await scene.decide([.reporters: 1])
        try await scene.nights(2, after: 8)
        try await scene.nights(2, after: 40)
        let reporter = try #require(ID<Contact>(text: scene.reporter))
        let url = try await scene.torg.read { StopLink(reporter, $0).url }
        let path = url.replacing("http://torg.test", with: "")
        let citizen = TestClient(scene.torg)
        let shown = try await citizen.open(path)
        #expect(shown.status == 200 && shown.body.contains("You no longer get messages"))
        #expect(
            shown.body.contains("as decided by Sandvik kommunestyre") && !shown.body.contains("<form method=\"post\""))
        let token = try await citizen.open("/sandvik/report").formToken
        #expect(try await citizen.submit(path, from: "", [:], token: token).status == 303)
        #expect(try await scene.api.count("contacts WHERE id = \(scene.reporter) AND wants_updates = 1") == 1)
        #expect(try await scene.breaches() == [])
        await scene.close()
    }
}
