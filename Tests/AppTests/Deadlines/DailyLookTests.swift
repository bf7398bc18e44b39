import Database
import Domain
import Support
import Testing

@testable import App

/// Every new report is looked at every day, and a day without a look is seen (R4.5).
@Suite struct DailyLookTests {
    private func unlooked(_ torg: TestTorg) async throws -> [String] {
        try await torg.installation.read(torg.sandvik) { op in
            try op.deadlines.unlookedDays().flatMap { unit, days in
                days.all.map { "\(op.directory.name(of: unit)) \($0)" }
            }
            .sorted()
        }
    }

    @Test func theUnitLooksThroughItsNewReports() async throws {
        let api = try await Api()
        let torg = api.torg
        _ = try await api.newCase(["category": torg.text("Water leak")])
        let client = TestClient(torg)
        try await client.logIn(as: "plumber")
        let list = "/sandvik/units/" + torg.text("Water")
        #expect(try await client.get(list).body.contains("1 new case lies here"))
        #expect(try await client.fill(list, to: list + "/look").location == list)
        let looked = try await client.get(list).body
        #expect(looked.contains("Plumber looked through the list today at"))
        #expect(looked.contains("Nothing new has come in since"))
        #expect(!looked.contains("I have looked through"))
        torg.advance(hours: 1)
        _ = try await api.newCase(["category": torg.text("Water leak")])
        #expect(try await client.get(list).body.contains("1 new case has come in since"))
        await api.close()
    }

    @Test func onlyWhoeverReceivesThereSaysThatTheyLooked() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "handler")
        let list = "/sandvik/units/" + torg.text("Water")
        #expect(try await !client.get(list).body.contains("I have looked through"))
        let refused = try await client.submit(list + "/look", from: "/sandvik/account", ["seen": torg.now.iso8601])
        #expect(refused.status == 403)
        await torg.close()
    }

    @Test func anOldPageDoesNotCount() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "plumber")
        let list = "/sandvik/units/" + torg.text("Water")
        let form = try #require(HTMLForm(try await client.get(list).body, to: list + "/look"))
        torg.advance(days: 1)
        try await client.logIn(as: "plumber")
        let fresh = try await client.get(list).formToken
        #expect(try await client.send(form.with(["form": [fresh]])).status == 303)
        #expect(try await client.get(list).body.contains("The page was old"))
        await torg.close()
    }

    @Test func whoeverTakesCareOfAllThatIsNewHasLooked() async throws {
        let api = try await Api()
        let torg = api.torg
        let first = try await api.newCase(["category": torg.text("Water leak")])
        let second = try await api.newCase(["category": torg.text("Water leak")])
        try await api.become("plumber")
        #expect(try await api.post(first + "/acknowledgement").status == 200)
        torg.advance(days: 1)
        #expect(try await unlooked(torg) == ["Water 2026-07-20"], "the other one lies there")
        #expect(try await api.post(second + "/acknowledgement").status == 200)
        torg.advance(days: 3)
        #expect(try await unlooked(torg) == ["Water 2026-07-20"])
        await api.close()
    }

    @Test func passingOnWhatCitizensSentIsLookingToo() async throws {
        let api = try await Api()
        let torg = api.torg
        let sent = try await TestClient(torg).submit(
            "/sandvik/report", from: "/sandvik/report", ["text": "The bench is broken"])
        #expect(sent.status == 303)
        let number = try #require(try await api.get("/cases?state=new").numbers.first)
        #expect(try await api.post("/cases/\(number)/routing", ["unit": torg.text("Roads")]).status == 200)
        torg.advance(days: 1)
        #expect(try await unlooked(torg) == ["Roads 2026-07-20"])
        await api.close()
    }

    @Test func daysWithoutALookAreSeenAlsoOnHolidays() async throws {
        let api = try await Api()
        let torg = api.torg
        _ = try await api.newCase(["category": torg.text("Water leak")])
        #expect(try await unlooked(torg) == [])
        // Monday's report; nobody looks until Wednesday.
        torg.advance(days: 2)
        #expect(try await unlooked(torg) == ["Water 2026-07-20", "Water 2026-07-21"])
        let client = TestClient(torg)
        try await client.logIn(as: "plumber")
        let list = "/sandvik/units/" + torg.text("Water")
        #expect(try await client.fill(list, to: list + "/look").status == 303)
        torg.advance(days: 4)
        #expect(try await unlooked(torg) == ["Water 2026-07-20", "Water 2026-07-21"])
        // Sunday: what comes then lies there too.
        try await api.become("agent")
        _ = try await api.newCase(["category": torg.text("Water leak")])
        torg.advance(days: 1)
        #expect(try await unlooked(torg).last == "Water 2026-07-26")
        // Long ago is no longer shown, but what was never looked at goes on being.
        torg.advance(days: 20)
        #expect(try await unlooked(torg).count == 14)
        await api.close()
    }

    @Test func theContactCentreLooksThroughWhatCitizensSend() async throws {
        let torg = try await TestTorg()
        let citizen = TestClient(torg)
        let sent = try await citizen.submit(
            "/sandvik/report", from: "/sandvik/report", ["text": "The bench is broken"])
        #expect(sent.status == 303)
        let client = TestClient(torg)
        try await client.logIn(as: "agent")
        #expect(try await client.get("/sandvik/intake").body.contains("1 new case lies here"))
        torg.advance(days: 1)
        #expect(try await unlooked(torg) == ["Innbyggertorget 2026-07-20"])
        try await client.logIn(as: "agent")
        let look = "/sandvik/units/" + torg.text("centre") + "/look"
        #expect(try await client.fill("/sandvik/intake", to: look).location == "/sandvik/intake")
        torg.advance(days: 3)
        #expect(try await unlooked(torg) == ["Innbyggertorget 2026-07-20"])
        await torg.close()
    }

    @Test func unitsWithoutSubstituteAreKnown() async throws {
        let torg = try await TestTorg()
        let names = { @Sendable (op: Operation) in op.directory.unitsWithoutSubstitute.map(\.name) }
        #expect(try await torg.installation.read(torg.sandvik) { names($0) } == ["Innbyggertorget", "Roads", "Water"])
        try await torg.installation.write(torg.sandvik) { op in
            let (unit, user): (ID<Unit>, ID<User>) = (torg.id("Roads"), torg.id("handler"))
            try op.tx.run(
                "UPDATE units SET substitute_id = \(user) WHERE municipality = \(op.tenant) AND id = \(unit)")
            try op.organisation.touch()
        }
        #expect(try await torg.installation.read(torg.sandvik) { names($0) } == ["Innbyggertorget", "Water"])
        let today = torg.installation.now()
        let empty = try await torg.installation.read(torg.sandvik) { op in
            op.directory.unitsWithoutReceiver(on: op.directory.calendar.timeZone.day(of: today)).map(\.name)
        }
        #expect(empty == ["Innbyggertorget", "Water"])
        await torg.close()
    }
}
