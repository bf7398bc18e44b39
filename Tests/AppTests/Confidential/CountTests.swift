import Database
import Domain
import Foundation
@testable import Support
import Testing

@testable import App

/// No number, bell, letter or notice tells of what is confidential to those who may not read it.
@Suite struct CountTests {
    private func page(_ world: SecretWorld, _ login: String, _ path: String) async throws -> String {
        try await world.browser(of: login).get("/sandvik/" + path).body
    }

    @Test func aForeignUnitsPageTellsNothing() async throws {
        var world = try await SecretWorld()
        let path = "units/\(world.torg.text("Barnevern"))"
        let before = try await page(world, "colleague", path)
        try await world.open()
        let after = try await page(world, "colleague", path)
        let plain = { (text: String) in text.replacing(/name="form" value="[^"]+"/, with: "") }
        #expect(plain(after) == plain(before))
        let own = try await page(world, "worker", path)
        #expect(own.contains("\(world.number)"))
        await world.torg.close()
    }

    @Test func theWatchTellsOfDaysOnlyToTheUnit() async throws {
        var world = try await SecretWorld()
        try await world.open()
        let unit: ID<Domain.Unit> = world.torg.id("Barnevern")
        let days = try await world.torg.read { op in try op.deadlines.unlookedDays()[unit] }
        #expect(days?.open == [] && days?.all.isEmpty == false)
        #expect(try await !page(world, "colleague", "watch").contains(">Barnevern: "))
        await world.torg.close()
    }

    /// Whoever takes care of the last that is not confidential has looked through the list, whatever else lies there.
    @Test func aLookTellsNothingOfWhatIsConfidential() async throws {
        var world = try await SecretWorld()
        let (torg, api) = (world.torg, TestClient(world.torg))
        let unit: ID<Domain.Unit> = torg.id("Barnevern")
        try await world.open()
        try await api.useToken(of: "agent")
        let opened = try await api.call(
            .post, "/contacts",
            ["channel": "telephone", "questions": [["text": "The door is stuck", "unit": torg.text("Barnevern")]]])
        let open = try #require(opened.cases[0])
        torg.advance(hours: 1)
        let secret = try await api.call(
            .post, "/contacts",
            [
                "channel": "telephone",
                "questions": [
                    ["text": "Zebrafisken again", "unit": torg.text("Barnevern"), "confidential": true]
                ],
            ])
        let number = try #require(secret.cases[0])
        try await api.useToken(of: "worker")
        #expect(try await api.call(.post, "/cases/\(open)/acknowledgement", [:]).status == 200)
        #expect(try await page(world, "colleague", "units/\(unit)").contains("Worker looked through the list"))
        // What comes after the day's look is the next day's matter.
        torg.advance(days: 2)
        let days = try await torg.read { op in try op.deadlines.unlookedDays()[unit] }
        let yesterday = try await torg.read { $0.today - 1 }
        #expect(days?.open == [] && days?.confidential.contains(yesterday) == true)
        // What is confidential is looked through by itself.
        #expect(try await page(world, "worker", "units/\(unit)").contains("new case"))
        let before = try await page(world, "colleague", "units/\(unit)")
        #expect(try await api.call(.post, "/cases/\(number)/acknowledgement", [:]).status == 200)
        let plain = { (text: String) in text.replacing(/name="form" value="[^"]+"/, with: "") }
        #expect(try await plain(page(world, "colleague", "units/\(unit)")) == plain(before))
        torg.advance(days: 1)
        let last = try await torg.read { op in try op.deadlines.unlookedDays()[unit]?.confidential.last }
        #expect(last == yesterday)
        await torg.close()
    }

    @Test func theBellRingsForNobodyElse() async throws {
        var world = try await SecretWorld()
        try await world.open()
        let alerts = try await world.torg.read { op in
            try op.tx.rows("SELECT user_id, unit_id FROM alerts WHERE municipality = \(op.tenant)").map {
                (try $0["user_id"] as ID<User>?, try $0["unit_id"] as ID<Domain.Unit>?)
            }
        }
        #expect(!alerts.isEmpty)
        let (unit, chief, above): (ID<Domain.Unit>, ID<User>, ID<User>) = (
            world.torg.id("Barnevern"), world.torg.id("chief"), world.torg.id("above")
        )
        for (user, told) in alerts {
            #expect(user.map { [chief, above].contains($0) } ?? true)
            #expect(told.map { $0 == unit } ?? true)
        }
        #expect(try await page(world, "chief", "alerts").contains("\(world.number)"))
        for login in ["agent", "standin", "receiver", "substitute"] {
            let body = try await page(world, login, "alerts")
            #expect(body.contains("No unread reminders") && !body.contains("\(world.number)"))
        }
        await world.torg.close()
    }

    /// Somebody was alerted while everybody might read it.
    @Test func anAlertOfBeforeIsSilentAfterwards() async throws {
        let api = try await Api()
        let path = try await api.newCase(["unit": api.torg.text("Roads"), "text": "Zebrafisken"])
        let (handler, number): (ID<User>, String) = (api.torg.id("plumber"), String(path.dropFirst(7)))
        try await api.torg.installation.write(api.torg.sandvik) { op in
            let subject = try op.cases.load(try #require(CaseNumber(text: number)), in: .everything)
            try op.alerts.raise(.user(handler), about: subject, .acute, op.now)
        }
        let client = TestClient(api.torg)
        try await client.logIn(as: "plumber")
        #expect(try await client.get("/sandvik/alerts").body.contains("1 unread reminder"))
        #expect(try await api.contact(["case": number, "text": "My son is ill", "confidential": true]).status == 201)
        let after = try await client.get("/sandvik/alerts").body
        #expect(!after.contains(number) && !after.contains("1 unread reminder"))
        await api.close()
    }

    @Test func whoManagesTheMailSeesThatThereIsALetterAndNotWhose() async throws {
        var world = try await SecretWorld()
        try await world.open()
        for path in ["admin/mail", "admin/mail/\(world.mail)"] {
            let body = try await page(world, "owner", path)
            #expect(body.contains("Letter in a confidential case"), "\(path)")
            #expect(!body.contains("\(world.number)") && !SecretWorld.words.contains { body.contains($0) })
            #expect(!body.contains("Barnevern") && !body.contains("chief@"))
        }
        await world.torg.close()
    }

    @Test func whoManagesPeopleAndUnitsCountsNothing() async throws {
        var world = try await SecretWorld()
        try await world.open()
        let worker = "admin/people/\(world.torg.text("worker"))"
        #expect(try await !page(world, "admin", worker).contains("1 open case"))
        #expect(try await !page(world, "admin", worker + "/cases").contains("Barnevern</a>"))
        let unit = "/sandvik/admin/units/\(world.torg.text("Barnevern"))"
        let admin = try await world.browser(of: "admin")
        let refused = try await admin.fill(unit, ["active": []])
        // For its category, and for nothing else.
        #expect(refused.status == 422 && refused.body.contains("Bekymring"))
        #expect(!refused.body.contains("1 open case") && !refused.body.contains("has not finished"))
        await world.torg.close()
    }
}
