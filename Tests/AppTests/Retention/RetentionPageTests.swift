import Database
import Domain
import Testing

@testable import App
@testable import Support

/// How long things are kept is set by the system manager, who sees before what would go.
@Suite struct RetentionPageTests {
    private static let page = RetentionScene.page

    private func rules(_ scene: RetentionScene) async throws -> Int {
        try await scene.api.count("retention_rules WHERE withdrawn_by IS NULL")
    }

    @Test func whatWouldGoIsShownBeforeAnythingIsSaved() async throws {
        let scene = try await RetentionScene()
        _ = try await scene.api.newCase(["category": scene.torg.text("Care"), "text": "Secret thing"])
        scene.torg.advance(days: 400)
        try await scene.admin.logIn(as: "admin")
        let looked = try await scene.admin.fill(
            Self.page, ["months_answered": ["12"], "months_cases": ["12"], "preview": ["true"]])
        #expect(looked.status == 200)
        #expect(looked.body.contains("If this held today"))
        #expect(looked.body.ranges(of: "1 would go. The oldest is from Monday 20 July 2026.").count == 2)
        #expect(looked.body.contains("Goes with the case."), "who reported it at the latest")
        #expect(looked.body.contains("value=\"12\""), "what was typed is still there")
        let soon = try await scene.admin.fill(Self.page, ["months_cases": ["24"], "preview": ["true"]])
        #expect(soon.body.contains("Nothing would go."))
        for body in [looked.body, soon.body] {
            for word in ["Zulfikar", "Kvernstein", "Secret", try scene.number()] { #expect(!body.contains(word)) }
        }
        #expect(try await rules(scene) == 0)
        #expect(try await scene.left(RetentionScene.ofCase) == Set(RetentionScene.ofCase))
        await scene.close()
    }

    @Test func aDecisionIsNeededAndCanBeTakenBackForAWeek() async throws {
        let scene = try await RetentionScene()
        #expect(try await scene.admin.get("/sandvik/admin").body.contains("Everything is kept"))
        // Saved as it stands, nothing is changed, and no decision asked for.
        #expect(try await scene.admin.fill(Self.page).status == 303)
        let alone = try await scene.admin.fill(Self.page, RetentionScene.decision)
        #expect(alone.status == 422 && alone.body.contains("You have not changed anything"))
        let bare = try await scene.admin.fill(Self.page, ["months_cases": ["12"]])
        #expect(bare.status == 422 && bare.body.contains("#decided_by") && bare.body.contains("#decision"))
        for (months, field) in [
            ("0", "months_cases"), ("1201", "months_cases"), ("x", "months_answered"), ("12", "months_readings"),
        ] {
            let refused = try await scene.admin.fill(Self.page, [field: [months]])
            #expect(refused.status == 422 && refused.body.contains("#\(field)"), "\(field) \(months)")
            let looked = try await scene.admin.fill(Self.page, [field: [months], "preview": ["true"]])
            #expect(looked.status == 422, "\(field) \(months)")
        }
        #expect(try await rules(scene) == 0)
        #expect(try await scene.decide([.cases: 12]).status == 303)
        #expect(try await rules(scene) == 1)
        let pending = try await scene.admin.get(Self.page)
        #expect(pending.body.contains("From Monday 27 July: Erased after 12 months"))
        #expect(pending.body.contains("Sandvik kommunestyre (KS 12/2026)"))
        let undone = try await scene.admin.fill(Self.page, to: Self.page + "/undo")
        #expect(undone.status == 303)
        #expect(try await rules(scene) == 0)
        #expect(try await !scene.admin.get(Self.page).body.contains(Self.page + "/undo"))
        let audit = try await scene.admin.get("/sandvik/admin/audit").body
        #expect(audit.contains("– → 12 (Sandvik kommunestyre, KS 12/2026)") && audit.contains("What a case is about"))
        #expect(audit.contains("Undid a change"))
        await scene.close()
    }

    /// Keeping longer holds at once, also against what was to come; what holds cannot be undone.
    @Test func keepingLongerHoldsAtOnce() async throws {
        let scene = try await RetentionScene()
        _ = try await scene.decide([.cases: 12])
        try await scene.nights(1, after: 7)
        try await scene.admin.logIn(as: "admin")
        let page = try await scene.admin.get(Self.page)
        #expect(!page.body.contains("From Monday") && !page.body.contains("/undo"))
        #expect(page.body.contains("nothing to erase"))
        let undone = try await scene.admin.submit(Self.page + "/undo", from: Self.page, ["class": "cases"])
        #expect(undone.status == 422 && undone.body.contains("There is nothing to undo here any more."))
        _ = try await scene.decide([.cases: 36])
        let rule = try await scene.torg.read { try $0.retention.rule(of: .cases) }
        #expect(rule?.months == 36)
        let kept = try await scene.admin.fill(
            Self.page, RetentionScene.decision.merging(["months_cases": [""]]) { $1 })
        #expect(kept.status == 303)
        let after = try await scene.torg.read { op in
            (try op.retention.rule(of: .cases)?.months, try op.retention.pendingRule(of: .cases) == nil)
        }
        #expect(after == (nil, true))
        await scene.close()
    }

    @Test func onlyTheSystemManagerSetsIt() async throws {
        let scene = try await RetentionScene()
        let client = TestClient(scene.torg)
        for login in ["agent", "handler", "leader"] {
            try await client.logIn(as: login)
            #expect(try await client.get(Self.page).status == 403)
            let token = try await client.get("/sandvik/mine").formToken
            for path in [Self.page, Self.page + "/undo"] {
                let sent = try await client.submit(path, from: "", ["months_cases": "1"], token: token)
                #expect(sent.status == 403, "\(login) \(path)")
            }
        }
        // From another page than Torg's own nothing is taken.
        let forged = try await scene.admin.submit(
            Self.page, from: "", ["months_cases": "1", "decided_by": "x", "decision": "x"], token: "forged")
        #expect(forged.status >= 400)
        // What somebody else saved meanwhile is not undone unseen.
        let other = TestClient(scene.torg)
        try await other.logIn(as: "admin")
        let old = try await other.get(Self.page)
        _ = try await scene.decide([.answered: 12])
        let form = try #require(HTMLForm(old.body, to: Self.page))
        var fields = form.values.compactMapValues(\.first)
        fields.merge(["months_cases": "12", "decided_by": "x", "decision": "x"]) { $1 }
        let late = try await other.submit(Self.page, from: Self.page, fields, token: fields["form"])
        #expect(late.status == 422 && late.body.contains("Somebody else changed this"))
        #expect(try await rules(scene) == 1)
        await scene.close()
    }
}
