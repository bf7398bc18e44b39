import Database
import Domain
import Foundation
import Testing

@testable import App
@testable import Support

/// What the municipality decides is erased everywhere, and nothing else is.
@Suite struct RetentionTests {
    @Test func withoutADecisionNothingGoes() async throws {
        let scene = try await RetentionScene()
        try await scene.nights(3, after: 4_000)
        let all = RetentionScene.ofCase + RetentionScene.ofAnswered + RetentionScene.ofOpen
        // What goes by itself after its time, as every program's repeated request does, is no matter here.
        #expect(try await scene.left(all) == Set(all))
        #expect(try await scene.api.count("erasures WHERE 1 = 1") == 0)
        await scene.close()
    }

    @Test func whatIsDecidedIsErasedEverywhere() async throws {
        let scene = try await RetentionScene()
        let (torg, figures) = (scene.torg, try await scene.figures())
        #expect(try await scene.left(RetentionScene.ofCase) == Set(RetentionScene.ofCase))
        #expect(try await scene.decide([.answered: 6, .reporters: 12, .cases: 24]).status == 303)
        try await scene.nights(1, after: 8)
        // Nothing is that old.
        try await scene.nights(2)
        #expect(try await scene.left(RetentionScene.ofAnswered) == Set(RetentionScene.ofAnswered))

        // After a long pause a night is only noted: the clock may have jumped.
        try await scene.nights(1, after: 200)
        #expect(try await scene.left(RetentionScene.ofAnswered) == Set(RetentionScene.ofAnswered))
        try await scene.nights(1)
        #expect(try await scene.left(RetentionScene.ofAnswered) == [])
        #expect(try await scene.left(RetentionScene.ofCase) == Set(RetentionScene.ofCase))
        #expect(try await scene.breaches() == [])

        // Then who it was, where it stands by itself and in what was sent; the words of the case are still there.
        try await scene.nights(2, after: 200)
        let left = try await scene.left(RetentionScene.ofCase)
        #expect(left.isDisjoint(with: ["90123456", "gubbelimubb is on"]))
        #expect(
            left.isSuperset(of: ["kvernstein", "hurlumhei", "zulfikar"]), "what somebody wrote holds names as well")
        let emails = try await scene.left(["zulfikar@quist.example"])
        #expect(emails == [])
        #expect(try await scene.breaches() == [])

        try await scene.nights(2, after: 380)
        #expect(try await scene.left(RetentionScene.ofCase) == [])
        // Who waits for an answer is not touched, however long ago it was.
        #expect(try await scene.left(RetentionScene.ofOpen) == Set(RetentionScene.ofOpen))
        #expect(try await scene.breaches() == [])
        #expect(try await scene.figures() == figures)
        _ = try await RebuildFigures(municipality: torg.sandvik).perform(in: torg.installation)
        #expect(try await scene.figures() == figures)
        // A rebuilt index finds nothing more.
        try await torg.installation.planSearchRebuild(of: torg.sandvik)
        try await torg.installation.rebuild()
        #expect(try await scene.breaches() == [])
        #expect(try await scene.left(RetentionScene.ofCase + RetentionScene.ofAnswered) == [])
        await scene.close()
    }

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

    /// Who they are belongs to everything they told in the same breath, and what is left to do is left.
    @Test func whatIsNotOverStays() async throws {
        let scene = try await RetentionScene()
        let api = scene.api
        let sent = try await api.post(
            "/contacts",
            [
                "channel": "telephone", "person": ["name": "Pålsson Twofold", "email": "twofold@example.org"],
                "questions": [["text": "Ripe thing"], ["text": "Standing thing"]],
            ])
        let numbers = sent.cases.compactMap(\.self)
        let closing = ["answer": "No", "outcome": "no_action", "reason": "not_responsible"]
        #expect(try await api.post("/cases/\(numbers[0])/closure", closing).status == 200)
        // Nobody can be told of this one but by telephone, and nobody was.
        let untold = try await api.newCase(
            ["text": "Untold thing"], ["person": ["name": "Ragnvald Untold", "phone": "22334455"]])
        #expect(try await api.post(untold + "/closure", closing).status == 200)
        // The answer to this one was missed, and nobody has said how she was told.
        let missed = try await api.newCase(
            ["text": "Missed thing"], ["person": ["name": "Solfrid Missed", "email": "solfrid@example.org"]])
        #expect(try await api.post(missed + "/closure", closing).status == 200)
        _ = try await scene.torg.installation.deliverMessages()
        try await scene.torg.installation.write(scene.torg.sandvik) { op in
            let count = try op.tx.run(
                """
                UPDATE outbox SET missed = 'open' WHERE municipality = \(op.tenant) AND kind = 'answer'
                    AND address = 'solfrid@example.org'
                """)
            #expect(count == 1)
        }
        _ = try await scene.decide([.answered: 1, .reporters: 1, .cases: 1])
        try await scene.nights(2, after: 8)
        try await scene.nights(2, after: 60)
        let kept = ["twofold", "ripe thing", "standing thing", "ragnvald", "untold thing", "solfrid", "missed thing"]
        #expect(try await scene.left(kept) == Set(kept))
        #expect(try await scene.left(RetentionScene.ofCase) == [])
        #expect(try await scene.breaches() == [])
        await scene.close()
    }

    /// One short transaction each; what stops it leaves nothing half done, and the next begins with what is left.
    @Test func itGoesInPortionsAndGoesOn() async throws {
        let api = try await Api()
        for _ in 0..<(EraseByRule.portion + 7) { _ = try await api.contact(["answered": true, "text": "Jaguarbad"]) }
        let torg = api.torg
        try await torg.installation.write(torg.sandvik) { op in
            let user = try #require(op.directory.people.values.first { $0.user.login == "admin" })
            try op.acting(as: .user(user.user)).retention.set(
                of: .answered, months: 1, decidedBy: "Council", decision: "1")
        }
        let left = { try await api.count("questions WHERE text <> ''") }
        let step = {
            try await torg.installation.write(torg.sandvik, as: { _, _, _ in .system }) { op in
                var task = EraseByRule()
                return try task.perform(in: op).count
            }
        }
        torg.advance(days: 59)
        #expect(try await step() == 0, "noted")
        torg.advance(days: 1)
        #expect(try await step() == EraseByRule.portion)
        #expect(try await left() == 7)
        // Killed here: the next one knows nothing of it.
        #expect(try await step() == 7)
        #expect(try await left() == 0)
        #expect(try await step() == 0)
        #expect(try await api.count("contacts WHERE erasure_id IS NULL") == 0)
        let erased: Int? = try await torg.read { op in
            try op.tx.value("SELECT sum(number) FROM erasures WHERE municipality = \(op.tenant)")
        }
        #expect(erased == EraseByRule.portion + 7)
        await api.close()
    }

    /// The log of readings has its own time, and goes whatever becomes of the case.
    @Test func theReadingLogHasItsOwnTime() async throws {
        let scene = try await RetentionScene()
        let care = try await scene.api.newCase(["category": scene.torg.text("Care"), "text": "Secret thing"])
        #expect(care.contains("-"))
        let plumber = TestClient(scene.torg)
        try await plumber.logIn(as: "plumber")
        _ = try await plumber.get("/sandvik" + care)
        #expect(try await scene.api.count("readings WHERE 1 = 1") > 0)
        _ = try await scene.decide([.readings: 24])
        try await scene.nights(2, after: 600)
        #expect(try await scene.api.count("readings WHERE 1 = 1") > 0)
        try await scene.nights(2, after: 200)
        #expect(try await scene.api.count("readings WHERE 1 = 1") == 0)
        #expect(try await scene.left(["secret thing"]) == ["secret thing"])
        await scene.close()
    }

    /// What is closed and kept is not walked through every night.
    @Test func whatIsLeftIsFoundByAnIndex() async throws {
        let torg = try await TestTorg()
        for (kept, index) in [
            (RetentionClass.answered, "questions_answered"), (.reporters, "cases_with_people"),
            (.cases, "cases_with_words"),
        ] {
            let query = RipeForErasure(kept: kept, tenant: torg.sandvik, before: torg.now).query(limit: 50)
            let plan = try await torg.installation.database.plan(of: query)
            #expect(plan.contains(index), "\(plan)")
            #expect(!plan.contains("SCAN c") && !plan.contains("Seq Scan"), "\(plan)")
        }
        await torg.close()
    }
}
