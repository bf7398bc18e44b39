import Database
import Domain
import Testing

@testable import App
@testable import Support

/// What a change costs is said before it is made, and what came of it afterwards: of sight of confidential cases (R1.7).
@Suite struct SightSaidTests {
    @Test func whatANewPasswordCostsIsSaidBeforehand() async throws {
        let scene = try await SecondPersonScene()
        let page = try await scene.admin.get(try await scene.page(of: "plumber")).body
        #expect(
            page.contains(
                "After that Plumber does not see confidential cases in Water until a second person has said yes."))
        #expect(page.contains("This can be approved by Boss, Second"))
        #expect(!page.contains("After that Plumber cannot say yes"))
        let manager = try await scene.admin.get(try await scene.page(of: "second")).body
        #expect(manager.contains("After that Second cannot say yes for others until a second person has said yes."))
        // Once more on the page that shows the password.
        let shown = try await scene.admin.fill(
            try await scene.page(of: "plumber"), to: try await scene.page(of: "plumber") + "/password")
        #expect(shown.status == 200 && shown.body.contains("does not see confidential cases in Water"))
        #expect(!shown.body.contains("name=\"_language\"") && !shown.body.contains("hreflang"), "it is shown once")
        await scene.torg.close()
    }

    @Test func whenNobodyCanSayYesThatIsSaidWithTheWayOut() async throws {
        let scene = try await SecondPersonScene()
        let (boss, second) = (try await scene.person("boss"), try await scene.person("second"))
        try await scene.torg.installation.write(scene.torg.sandvik) { op in
            try op.tx.run(
                "UPDATE users SET is_active = 0 WHERE municipality = \(op.tenant) AND id IN (\(boss), \(second))")
            try op.organisation.touch()
        }
        let page = try await scene.admin.get(try await scene.page(of: "plumber")).body
        #expect(page.contains("Nobody here can say yes. Let one more colleague manage people"))
        await scene.torg.close()
    }

    @Test func whoSavesIsToldThatItWaitsAndForWhom() async throws {
        let scene = try await SecondPersonScene()
        let page = try await scene.page(of: "handler")
        let saved = try await scene.admin.fill(
            page, ["units": [scene.torg.text("Roads"), scene.torg.text("Water")], "active": ["true"]])
        #expect(saved.location == page)
        let told = try await scene.admin.get(page).body
        #expect(told.contains("Some of it applies only when a second person has said yes"))
        #expect(
            told.contains("Handler does not yet see confidential cases in Water. This can be approved by Boss, Second"))
        // Nothing new waits.
        let again = try await scene.admin.fill(page, ["name": ["Handler B"], "active": ["true"]])
        #expect(again.location == "/sandvik/admin/people")
        // The same where somebody becomes a leader.
        let unit = "/sandvik/admin/units/" + scene.torg.text("Water")
        let led = try await scene.admin.fill(unit, ["leader": ["\(try await scene.person("agent"))"]])
        #expect(led.location == unit)
        #expect(try await scene.admin.get(unit).body.contains("Agent does not yet see confidential cases in Water"))
        await scene.torg.close()
    }

    @Test(arguments: [
        ("confirmation", "You have said yes: Handler now sees confidential cases in Water."),
        ("refusal", "You have said no: Handler does not see confidential cases in Water."),
    ])
    func whoDecidesIsToldWhatFollows(decision: String, told: String) async throws {
        let scene = try await SecondPersonScene()
        try await scene.put("handler", into: ["Roads", "Water"])
        let boss = try await scene.client("boss")
        let change = try await scene.change()
        let answer = try await boss.submit("/sandvik/sight/\(change)/\(decision)", from: "/sandvik/sight", [:])
        #expect(answer.status == 303)
        #expect(try await boss.get("/sandvik/sight").body.contains(told))
        #expect(try await !boss.get("/sandvik/sight").body.contains(told), "once")
        await scene.torg.close()
    }

    /// A leader without the right to manage people is told who can do something about it.
    @Test func theMailNamesWhoCanTakeSomebodyOut() async throws {
        let scene = try await SecondPersonScene()
        try await scene.put("handler", into: ["Roads", "Water"])
        #expect(try await scene.decide("confirmation", as: "second").status == 303)
        let mail = try #require(try await scene.torg.mails().last { $0.kind == .sightConfirmed })
        #expect(mail.body.contains("Second, Systemansvarlig") || mail.body.contains("Systemansvarlig, Second"))
        #expect(mail.body.contains("Handler: sees confidential cases in Water (Belongs to the unit)"))
        await scene.torg.close()
    }

    @Test func theRightToSayYesHasSentencesOfItsOwn() async throws {
        let scene = try await SecondPersonScene()
        let page = try await scene.page(of: "second")
        _ = try await scene.admin.fill(page, to: page + "/password")
        let shown = try await scene.admin.get(page).body
        #expect(shown.contains("Second cannot yet say yes for others."))
        #expect(!shown.contains("cases in ,") && !shown.contains("cases in saying"))
        let list = try await scene.admin.get("/sandvik/sight").body
        #expect(list.contains(">Can say yes for others"))
        let audit = try await scene.admin.get("/sandvik/admin/audit?language=nb").body
        #expect(audit.contains("Second: kan si ja for andre ("))
        await scene.torg.close()
    }

    /// Every row of the list has as many cells as there are columns.
    @Test func aRowWithoutButtonsHasItsLastCell() async throws {
        let scene = try await SecondPersonScene()
        try await scene.put("handler", into: ["Roads", "Water"])
        try await scene.put("agent", into: ["Water"])
        _ = try await scene.admin.fill(
            try await scene.page(of: "second"), to: try await scene.page(of: "second") + "/password")
        let body = try await scene.get("/sandvik/sight", as: "boss").body
        let columns = body.matches(of: /<th scope="col">/).count
        let rows = body.matches(of: /(?s)<tr>(<th scope="row".*?)<\/tr>/)
        #expect(rows.count == 2 && columns == 5)
        for row in rows { #expect(row.1.matches(of: /<t[hd][ >]/).count == columns) }
        await scene.torg.close()
    }
}
