import Domain
import Foundation
import Support
import Testing

@testable import App

@Suite struct TokenTests {
    @Test func withoutAGoodTokenThereIsNothing() async throws {
        let api = try await Api()
        let path = try await api.newCase()
        let good = try #require(api.client.bearer)
        let other = "torg_1_" + String(good.split(separator: "_")[2])
        for wrong in [nil, "", "x", good + "x", String(good.dropLast()), other, "torg__", "torg_9999999999999999999_x"]
        {
            api.client.bearer = wrong
            let answers = [try await api.get("/cases"), try await api.get(path), try await api.post("/contacts")]
            for answer in answers {
                #expect((answer.status, answer.code) == (401, "not_logged_in"))
                #expect(answer.headers[.wwwAuthenticate] == "Bearer")
            }
        }
        await api.close()
    }

    @Test func aTokenMadeOnTheCommandLineIsAudited() async throws {
        let torg = try await TestTorg()
        _ = try await CreateToken(municipality: "sandvik", login: "agent").perform(in: torg.installation)
        let noted = try await torg.installation.read(torg.sandvik) { op in
            try op.tx.rows("SELECT * FROM audit WHERE municipality = \(op.tenant)").map(AuditEntry.init)
        }
        #expect(noted.map(\.kind) == [AuditKind.tokenMade.rawValue])
        #expect(noted.map(\.subject) == ["Agent"])
        #expect(noted.map(\.user) == [nil])
        await torg.close()
    }

    @Test func aRevokedTokenIsGoodForNothing() async throws {
        let api = try await Api()
        #expect(try await api.get("/cases").status == 200)
        try await api.torg.installation.write(api.torg.sandvik) { op in
            _ = try op.tx.run("UPDATE api_tokens SET revoked_at = \(op.now) WHERE municipality = \(op.tenant)")
        }
        #expect(try await api.get("/cases").status == 401)
        await api.close()
    }

    @Test func aClosedAccountsTokenIsGoodForNothing() async throws {
        let api = try await Api()
        let agent: ID<User> = api.torg.id("agent")
        try await api.torg.installation.write(api.torg.sandvik) { op in
            try op.tx.run("UPDATE users SET is_active = 0 WHERE municipality = \(op.tenant) AND id = \(agent)")
            try op.organisation.touch()
        }
        #expect(try await api.get("/cases").status == 401)
        await api.close()
    }

    @Test func anotherMunicipalitySeesNothingOfThisOne() async throws {
        let api = try await Api()
        _ = try await api.newCase()
        let path = try await api.newCase()
        let (unit, category) = (api.torg.text("Roads"), api.torg.text("Street light"))
        let installation = api.torg.installation
        let fjordby = try await CreateMunicipality(
            slug: "fjordby", name: "Fjordby", country: .norway, language: "nb", centreName: "Torget",
            adminLogin: "boss", adminName: "Boss", adminPasswordHash: try installation.passwords.hash("torg-demo")
        ).perform(in: installation)
        api.client.bearer = try await installation.write(fjordby) { op in
            let boss: ID<User>? = try op.tx.value("SELECT id FROM users WHERE municipality = \(op.tenant)")
            try op.tx.run(
                """
                UPDATE roles SET permissions = 'contact.register case.see_all case.handle case.route'
                WHERE municipality = \(op.tenant)
                """)
            try op.organisation.touch()
            return try ApiToken.create(for: try #require(boss), in: op)
        }
        #expect(try await api.get("/cases").items.isEmpty)
        #expect(try await api.get("/cases?text=street").items.isEmpty)
        for action in ["", "/events"] { #expect(try await api.get(path + action).status == 404) }
        #expect(try await api.post(path + "/acknowledgement").status == 404)
        #expect(try await api.contact(["category": category]).faults == ["questions[0].category unknown"])
        #expect(try await api.contact(["unit": unit]).faults == ["questions[0].unit unknown"])
        let joined = try await api.contact(["case": String(path.dropFirst("/cases/".count))])
        #expect(joined.faults == ["questions[0].case unknown"])
        #expect(try await api.get("/cases?unit=\(unit)").items.isEmpty)
        await api.close()
    }

    @Test func whatTheRolesDoNotAllowIsForbidden() async throws {
        let api = try await Api()
        let path = try await api.newCase(["unit": api.torg.text("Roads")])
        try await api.become("handler")
        let refused = try await api.contact([:])
        #expect((refused.status, refused.code) == (403, "forbidden"))
        #expect(try await api.post(path + "/acknowledgement").status == 200)
        try await api.become("admin")
        #expect(try await api.post(path + "/closure", ["answer": "x"]).status == 403)
        #expect(try await api.get(path).status == 404)
        await api.close()
    }
}
