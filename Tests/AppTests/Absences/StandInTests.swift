import Database
import Domain
import Testing

@testable import App
@testable import Support

/// Whoever stands in can do the work, and no more than that, and no longer (R4.5).
@Suite struct StandInTests {
    /// The handler, who receives for Roads and has a case, is away from Monday 20 July through Friday.
    private struct Fixture {
        let api: Api
        let plumber: TestClient
        /// Numbers of cases: lying with Roads, handled by the absent one, confidential.
        var lying = "", handled = "", confidential = ""

        init() async throws {
            api = try await Api()
            plumber = TestClient(api.torg)
            let torg = api.torg
            lying = try await number(["unit": torg.text("Roads")])
            confidential = try await number(["unit": torg.text("Roads"), "confidential": true])
            handled = try await number([:])
            let centre = try await torg.read { "\($0.municipality.centre)" }
            let routing = ["unit": centre, "handler": torg.text("handler")]
            #expect(try await api.post("/cases/\(handled)/routing", routing).status == 200)
            try await torg.installation.write(torg.sandvik) { op in
                let (unit, handler): (ID<Unit>, ID<User>) = (torg.id("Roads"), torg.id("handler"))
                try op.tx.run(
                    "UPDATE units SET receiver_id = \(handler) WHERE municipality = \(op.tenant) AND id = \(unit)")
                try op.organisation.touch()
            }
            try await plumber.logIn(as: "plumber")
        }

        func number(_ question: [String: Any]) async throws -> String {
            String(try await api.newCase(question).split(separator: "/")[1])
        }

        func leave(to substitute: String) async throws {
            let torg = api.torg
            try await torg.installation.write(torg.sandvik) { op in
                let (away, other): (ID<User>, ID<User>) = (torg.id("handler"), torg.id(substitute))
                try op.tx.run(
                    """
                    INSERT INTO absences (municipality, id, user_id, first_day, last_day, substitute_id)
                    VALUES (\(op.tenant), \(op.newID(of: Absence.self)), \(away), \(op.today), \(op.today + 4), \(other))
                    """)
                try op.organisation.touch()
            }
        }

        func status(_ number: String) async throws -> Int { try await plumber.get("/sandvik/cases/" + number).status }
    }

    @Test func whoeverStandsInOpensWhatTheyAreRemindedOf() async throws {
        let desk = try await Fixture()
        #expect(try await desk.status(desk.lying) == 404)
        #expect(try await desk.status(desk.handled) == 404)
        try await desk.leave(to: "plumber")
        #expect(try await desk.status(desk.lying) == 200)
        #expect(try await desk.status(desk.handled) == 200)
        let path = "/sandvik/cases/\(desk.lying)"
        #expect(try await desk.plumber.fill(path, to: path + "/acknowledgement", [:]).status == 303)
        await desk.api.close()
    }

    @Test func theCasesStandInTheirListAndAreCounted() async throws {
        let desk = try await Fixture()
        try await desk.leave(to: "plumber")
        let mine = try await desk.plumber.get("/sandvik/mine").body
        #expect(mine.contains("Today you stand in for Handler.") && mine.contains(desk.handled))
        #expect(!mine.contains(desk.lying))
        let unit = "/sandvik/units/" + desk.api.torg.text("Roads")
        #expect(mine.contains(unit), "the unit stands among the lists")
        let list = try await desk.plumber.get(unit).body
        #expect(list.contains(desk.lying) && list.contains("1 open case, none late"))
        await desk.api.close()
    }

    @Test func confidentialCasesStayWithTheUnit() async throws {
        let desk = try await Fixture()
        try await desk.leave(to: "plumber")
        #expect(try await desk.status(desk.confidential) == 404)
        let list = try await desk.plumber.get("/sandvik/units/" + desk.api.torg.text("Roads")).body
        #expect(!list.contains(desk.confidential))
        await desk.api.close()
    }

    @Test func itEndsWithTheAbsence() async throws {
        let desk = try await Fixture()
        try await desk.leave(to: "plumber")
        desk.api.torg.advance(days: 5)
        try await desk.plumber.logIn(as: "plumber")
        #expect(try await desk.status(desk.lying) == 404)
        #expect(try await desk.status(desk.handled) == 404)
        let mine = try await desk.plumber.get("/sandvik/mine").body
        #expect(!mine.contains("stand in") && !mine.contains(desk.handled))
        await desk.api.close()
    }

    /// The plumber is away as well: whom they named stands in for both.
    @Test func theChainGoesOn() async throws {
        let desk = try await Fixture()
        try await desk.leave(to: "leader")
        #expect(try await desk.status(desk.lying) == 404)
        let torg = desk.api.torg
        try await torg.installation.write(torg.sandvik) { op in
            let (leader, plumber): (ID<User>, ID<User>) = (torg.id("leader"), torg.id("plumber"))
            try op.tx.run(
                """
                INSERT INTO absences (municipality, id, user_id, first_day, last_day, substitute_id)
                VALUES (\(op.tenant), \(op.newID(of: Absence.self)), \(leader), \(op.today), \(op.today), \(plumber))
                """)
            try op.organisation.touch()
        }
        #expect(try await desk.status(desk.lying) == 200)
        #expect(try await desk.plumber.get("/sandvik/mine").body.contains("Handler, Leader"))
        await desk.api.close()
    }

    /// What is new is the contact centre's, wherever its category points.
    @Test func whoeverStandsInForTheContactCentreSeesWhatIsNew() async throws {
        let desk = try await Fixture()
        let torg = desk.api.torg
        let new = try await desk.number(["category": torg.text("Street light")])
        #expect(try await desk.status(new) == 404)
        #expect(try await desk.plumber.get("/sandvik/intake").status == 403)
        try await torg.installation.write(torg.sandvik) { op in
            let plumber: ID<User> = torg.id("plumber")
            try op.tx.run(
                """
                UPDATE units SET substitute_id = \(plumber)
                WHERE municipality = \(op.tenant) AND id = \(op.municipality.centre)
                """)
            try op.organisation.touch()
        }
        #expect(try await desk.status(new) == 200)
        #expect(try await desk.status(desk.lying) == 404)
        let intake = try await desk.plumber.get("/sandvik/intake")
        #expect(intake.status == 200 && intake.body.contains(new) && !intake.body.contains(desk.lying))
        await desk.api.close()
    }

    @Test func theReceiverOfAUnitSeesItWithoutBelongingToIt() async throws {
        let desk = try await Fixture()
        let torg = desk.api.torg
        try await torg.installation.write(torg.sandvik) { op in
            let (unit, plumber): (ID<Unit>, ID<User>) = (torg.id("Roads"), torg.id("plumber"))
            try op.tx.run(
                "UPDATE units SET receiver_id = \(plumber) WHERE municipality = \(op.tenant) AND id = \(unit)")
            try op.organisation.touch()
        }
        #expect(try await desk.status(desk.lying) == 200)
        #expect(try await desk.status(desk.confidential) == 404)
        #expect(try await desk.status(desk.handled) == 404)
        await desk.api.close()
    }

    /// Thousands of absences a year are over; every change of the organisation would read them again.
    @Test func whatIsOverIsNotKeptInMemory() async throws {
        let torg = try await TestTorg()
        let handler: ID<User> = torg.id("handler")
        try await torg.installation.write(torg.sandvik) { op in
            for (first, last) in [(-30, -20), (-3, -1), (-3, 0), (0, 2), (10, 20)] {
                try op.tx.run(
                    """
                    INSERT INTO absences (municipality, id, user_id, first_day, last_day)
                    VALUES (\(op.tenant), \(op.newID(of: Absence.self)), \(handler), \(op.today + first), \(op.today + last))
                    """)
            }
            try op.organisation.touch()
        }
        let kept = try await torg.read { op in op.directory.absences.map { $0.last - op.today }.sorted() }
        #expect(kept == [0, 2, 20])
        await torg.close()
    }
}
