import Database
import Domain
import Support
import Testing

@testable import App

/// Whoever is away says so, and somebody stands in (R4.5).
@Suite struct AbsencePageTests {
    private func path(_ torg: TestTorg, _ login: String) -> String {
        "/sandvik/people/\(torg.text(login))/absences"
    }

    private func stored(_ torg: TestTorg) async throws -> [String] {
        try await torg.installation.read(torg.sandvik) { op in
            // In memory are only those that are not over.
            try op.tx.rows(
                "SELECT user_id, first_day, last_day FROM absences WHERE municipality = \(op.tenant) ORDER BY id"
            ).map { row in
                let (user, first, last): (ID<User>, CivilDay, CivilDay) = (
                    try row["user_id"], try row["first_day"], try row["last_day"]
                )
                return "\(op.directory.name(of: user)) \(first) \(last)"
            }
        }
    }

    @Test func oneSaysThatOneIsAwayAndTakesItBack() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "handler")
        let own = path(torg, "handler")
        let answer = try await client.fill(
            "/sandvik/account", to: own,
            ["first": ["2026-07-27"], "last": ["2026-07-31"], "substitute": [torg.text("leader")]])
        #expect(answer.location == "/sandvik/account")
        let account = try await client.get("/sandvik/account").body
        #expect(account.contains("Away from Monday 27 July through Friday 31 July. Leader stands in."))
        #expect(account.contains(own))
        // They may overlap: a day off within a holiday is nobody's mistake.
        #expect(try await client.fill(own, ["first": ["2026-07-20"], "last": ["2026-07-28"]]).status == 303)
        #expect(try await stored(torg).count == 2)
        let page = try await client.get(own).body
        #expect(page.contains("Take back: Monday 20 July–Tuesday 28 July"))
        let links = page.matches(of: #/action="(/sandvik/people/\d+/absences/\d+)"/#).map { String($0.1) }
        #expect(links.count == 2)
        for link in links {
            let form = try #require(HTMLForm(try await client.get(own).body, to: link))
            #expect(try await client.send(form).status == 303)
        }
        #expect(try await stored(torg) == [])
        try await client.logIn(as: "admin")
        let audit = try await client.get("/sandvik/admin/audit").body
        #expect(audit.contains("Away: Handler, 2026-07-27–2026-07-31"))
        #expect(audit.contains("No longer away: Handler"))
        await torg.close()
    }

    @Test func oneThatHasBegunEndsYesterday() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "handler")
        let own = path(torg, "handler")
        #expect(try await client.fill(own, ["first": ["2026-07-17"], "last": ["2026-07-28"]]).status == 303)
        let page = try await client.get(own).body
        #expect(page.contains("Back from today: Friday 17 July–Tuesday 28 July"))
        let link = try #require(page.firstMatch(of: #/action="(/sandvik/people/\d+/absences/\d+)"/#)?.1)
        let form = try #require(HTMLForm(page, to: String(link)))
        #expect(try await client.send(form).status == 303)
        #expect(try await stored(torg) == ["Handler 2026-07-17 2026-07-19"])
        await torg.close()
    }

    @Test func whatIsWrongIsSaid() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "handler")
        let own = path(torg, "handler")
        let backwards = try await client.fill(own, ["first": ["2026-07-28"], "last": ["2026-07-27"]])
        #expect(backwards.status == 422 && backwards.body.contains("not before the first one"))
        let past = try await client.fill(own, ["first": ["2026-07-01"], "last": ["2026-07-02"]])
        #expect(past.status == 422 && past.body.contains("Choose a later day"))
        let alone = try await client.fill(
            own, ["first": ["2026-07-28"], "last": ["2026-07-28"], "substitute": [torg.text("handler")]])
        #expect(alone.status == 422 && alone.body.contains("cannot stand in for themselves"))
        #expect(try await client.fill(own, ["first": ["soon"], "last": [""]]).status == 422)
        #expect(try await stored(torg) == [])
        await torg.close()
    }

    @Test func aStandInWhoIsAwayTooIsToldOf() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let add = { (login: String, first: String, last: String) in
            try await client.logIn(as: login)
            let other = login == "handler" ? "leader" : "handler"
            let days = ["first": [first], "last": [last], "substitute": [torg.text(other)]]
            return try await client.fill(self.path(torg, login), days).status
        }
        let told = "Leader stands in, but is away on some of these days"
        #expect(try await add("leader", "2026-08-03", "2026-08-07") == 303)
        #expect(try await add("handler", "2026-07-27", "2026-08-02") == 303)
        #expect(try await !client.get("/sandvik/account").body.contains(told))
        #expect(try await add("handler", "2026-08-07", "2026-08-14") == 303, "it is a warning")
        let account = try await client.get("/sandvik/account").body
        #expect(account.contains(told) && account.contains("Sunday 2 August. Leader stands in."))
        await torg.close()
    }

    @Test func leadersAndWhoeverManagesPeopleDoItForOthers() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let days = ["first": ["2026-07-20"], "last": ["2026-07-24"], "substitute": [torg.text("leader")]]
        try await client.logIn(as: "leader")
        let people = "/sandvik/units/\(torg.text("Roads"))/people"
        #expect(try await client.get("/sandvik/units/" + torg.text("Roads")).body.contains(people))
        #expect(try await client.get(people).body.contains("Nothing planned"))
        #expect(try await client.fill(path(torg, "handler"), days).status == 303)
        #expect(try await client.get(people).body.contains("Away through Friday 24 July. Leader stands in."))
        // The plumber works elsewhere.
        #expect(try await client.get(path(torg, "plumber")).status == 404)
        #expect(try await client.get("/sandvik/units/\(torg.text("Water"))/people").status == 404)
        try await client.logIn(as: "handler")
        #expect(try await client.get(path(torg, "leader")).status == 404)
        #expect(try await client.get(people).status == 404)
        try await client.logIn(as: "admin")
        #expect(
            try await client.fill("/sandvik/admin/people/" + torg.text("plumber"), to: path(torg, "plumber"), days)
                .status == 303)
        let list = try await client.get("/sandvik/admin/people").body
        #expect(list.contains("Away through Friday 24 July"))
        await torg.close()
    }

    @Test func theListSaysWhoReceivesToday() async throws {
        let torg = try await TestTorg()
        try await torg.installation.write(torg.sandvik) { op in
            let (unit, handler, leader): (ID<Unit>, ID<User>, ID<User>) = (
                torg.id("Roads"), torg.id("handler"), torg.id("leader")
            )
            try op.tx.run(
                """
                UPDATE units SET receiver_id = \(handler), substitute_id = \(leader)
                WHERE municipality = \(op.tenant) AND id = \(unit)
                """)
            try op.organisation.touch()
        }
        let client = TestClient(torg)
        try await client.logIn(as: "handler")
        let list = "/sandvik/units/" + torg.text("Roads")
        #expect(try await client.get(list).body.contains("Receiver today: Handler"))
        #expect(
            try await client.fill(path(torg, "handler"), ["first": ["2026-07-20"], "last": ["2026-07-24"]]).status
                == 303)
        #expect(try await client.get(list).body.contains("Receiver today: Leader"))
        try await client.logIn(as: "leader")
        #expect(
            try await client.fill(path(torg, "leader"), ["first": ["2026-07-20"], "last": ["2026-07-24"]]).status
                == 303)
        #expect(try await client.get(list).body.contains("Nobody receives today"))
        await torg.close()
    }
}
