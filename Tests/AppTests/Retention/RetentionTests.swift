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
