import Database
import Domain
import Foundation
import Support
import Testing

@testable import App

/// What somebody may not see does not exist for them (R1.7); who saw what is confidential is recorded.
@Suite struct VisibilityTests {
    @Test func aHandlerSeesTheOwnUnitOnly() async throws {
        let api = try await Api()
        let roads = try await api.newCase(["unit": api.torg.text("Roads"), "text": "Hole in the road"])
        let water = try await api.newCase(["unit": api.torg.text("Water"), "text": "Hole in the pipe"])
        #expect(try await api.get("/cases").items.count == 2)
        try await api.become("handler")
        #expect(try await api.get(roads).status == 200)
        for path in [water, water + "/events"] { #expect(try await api.get(path).status == 404) }
        #expect(try await api.post(water + "/acknowledgement").status == 404)
        #expect(try await api.get("/cases").numbers.map { "/cases/" + $0 } == [roads])
        #expect(try await api.get("/cases?text=hole").numbers.map { "/cases/" + $0 } == [roads])
        #expect(try await api.get("/cases?unit=\(api.torg.text("Water"))").items.isEmpty)
        await api.close()
    }

    @Test func whoeverPassesACaseOutOfSightStillGetsItsAnswer() async throws {
        let api = try await Api()
        let path = try await api.newCase(["unit": api.torg.text("Roads")])
        try await api.become("handler")
        let passed = try await api.post(path + "/routing", ["unit": api.torg.text("Water")])
        #expect((passed.status, passed.json["unit"] as? String) == (200, api.torg.text("Water")))
        #expect(try await api.get(path).status == 404)
        try await api.become("plumber")
        #expect(try await api.get(path).state == "passedOn")
        await api.close()
    }

    @Test func aFormThatPassesACaseOutOfSightLeadsToTheOwnCases() async throws {
        let api = try await Api()
        let path = try await api.newCase(["unit": api.torg.text("Roads")])
        try await api.client.logIn(as: "handler")
        let page = "/sandvik" + path
        let sent = try await api.client.submit(page + "/routing", from: page, ["unit": api.torg.text("Water")])
        #expect((sent.status, sent.location) == (303, "/sandvik/mine"))
        await api.close()
    }

    @Test func aConfidentialCaseShowsOnlyToItsUnit() async throws {
        let api = try await Api()
        let path = try await api.newCase(["category": api.torg.text("Care"), "text": "My mother needs help"])
        for login in ["agent", "handler", "leader", "admin"] {
            try await api.become(login)
            for part in ["", "/events"] { #expect(try await api.get(path + part).status == 404) }
            for query in ["", "?text=mother", "?state=passedOn", "?due_before=2027-01-01"] {
                #expect(try await api.get("/cases" + query).items.isEmpty, "\(login) \(query)")
            }
            #expect(try await api.counted(for: login) == 0)
        }
        try await api.become("plumber")
        let shown = try await api.get(path)
        #expect((shown.state, shown.json["confidential"] as? Bool) == ("passedOn", true))
        #expect(try await api.get("/cases?text=mother").items.count == 1)
        #expect(try await api.counted(for: "plumber") == 1)
        await api.close()
    }

    @Test func everyReadingOfAConfidentialCaseIsRecorded() async throws {
        let api = try await Api()
        let open = try await api.newCase()
        let secret = try await api.newCase(["confidential": true, "unit": api.torg.text("Water")])
        _ = try await api.get(open)
        #expect(try await api.get(secret).status == 404)
        #expect(try await api.count("readings WHERE 1 = 1") == 0)
        try await api.become("plumber")
        _ = try await api.get(secret)
        #expect(try await api.count("readings WHERE 1 = 1") == 1)
        _ = try await api.get(secret + "/events")
        _ = try await api.post(secret + "/acknowledgement")
        #expect(try await api.count("readings WHERE 1 = 1") == 3)
        try await api.client.logIn(as: "plumber")
        #expect(try await api.client.get("/sandvik" + secret).status == 200)
        #expect(try await api.count("readings WHERE 1 = 1") == 4)
        let plumber: ID<User> = api.torg.id("plumber")
        #expect(try await api.count("readings WHERE user_id = \(plumber) AND at = \(TestTorg.start)") == 4)
        await api.close()
    }

    @Test func whatIsNotRecordedIsNotShown() async throws {
        let api = try await Api()
        let secret = try await api.newCase(["confidential": true, "unit": api.torg.text("Water")])
        try await api.become("plumber")
        try await api.torg.installation.database.write(tenant: nil) { tx in
            _ = try tx.run("ALTER TABLE readings RENAME TO elsewhere")
        }
        let answer = try await api.get(secret)
        #expect((answer.status, answer.code) == (500, "internal"))
        #expect(!answer.body.contains("street light"))
        await api.close()
    }

    @Test func recodingCanMakeConfidential() async throws {
        let api = try await Api()
        let path = try await api.newCase(["category": api.torg.text("Street light")])
        let recoded = try await api.post(path + "/recoding", ["category": api.torg.text("Care")])
        #expect(recoded.json["confidential"] as? Bool == true)
        #expect((recoded.state, recoded.json["unit"] as? String) == ("passedOn", api.torg.text("Water")))
        #expect(try await api.get(path).status == 404)
        try await api.become("plumber")
        #expect(try await api.get(path).status == 200)
        await api.close()
    }

    @Test func aConfidentialCaseGoesToNobodyOutsideItsUnit() async throws {
        let api = try await Api(as: "agent")
        let path = try await api.newCase(["category": api.torg.text("Care")])
        try await api.become("plumber")
        let refused = try await api.post(
            path + "/routing", ["unit": api.torg.text("Water"), "handler": api.torg.text("handler")])
        #expect((refused.status, refused.faults) == (422, ["handler not_in_unit"]))
        await api.close()
    }
}

extension Api {
    /// How many cases the numbers beside the lists tell somebody of.
    fileprivate func counted(for login: String) async throws -> Int {
        let id: ID<User> = torg.id(login)
        return try await torg.installation.read(torg.sandvik) { op in
            guard let user = op.directory.people[id]?.user else { return 0 }
            return try OpenCaseCounts.count(in: op).filter(.notAcknowledged, user)
        }
    }
}
