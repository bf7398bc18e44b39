import Domain
import Foundation
import Support
import Testing

@testable import App

/// To whom a case goes, and who hears of it.
@Suite struct RoutingTests {
    @Test func aProgramMeansTheUnitItNames() async throws {
        let api = try await Api()
        let path = try await api.newCase(["category": api.torg.text("Street light")])
        let (roads, plumber) = (api.torg.text("Roads"), api.torg.text("plumber"))
        let passed = try await api.post(path + "/routing", ["unit": roads, "handler": plumber])
        #expect((passed.json["unit"] as? String, passed.json["handler"] as? String) == (roads, plumber))
        // In the form the unit is the category's proposal, and the person is what was chosen.
        let other = try await api.newCase(["category": api.torg.text("Street light")])
        try await api.client.logIn(as: "agent")
        let page = "/sandvik" + other
        #expect(try await api.client.fill(page, to: page + "/routing", ["handler": [plumber]]).status == 303)
        #expect(try await api.get(other).json["unit"] as? String == api.torg.text("Water"))
        await api.close()
    }

    @Test func whoMayNotHandleCasesGetsNone() async throws {
        let api = try await Api()
        let admin: String = try await api.torg.installation.read(api.torg.sandvik) { op in
            op.directory.people.values.first { $0.user.login == "admin" }.map { "\($0.user.id)" } ?? ""
        }
        let path = try await api.newCase(["unit": api.torg.text("Roads")])
        let faults = ["handler unknown"]
        #expect(
            try await api.post(path + "/routing", ["unit": api.torg.text("Roads"), "handler": admin]).faults == faults)
        #expect(try await api.get("/people").items.allSatisfy { $0["id"] as? String != admin })
        try await api.become("leader")
        #expect(try await api.post(path + "/performer", ["handler": admin]).faults == faults)
        try await api.client.logIn(as: "leader")
        #expect(try await !api.client.get("/sandvik" + path).body.contains("value=\"\(admin)\""))
        await api.close()
    }

    @Test func recodingFollowsTheRulesOfOpening() async throws {
        let api = try await Api()
        let torg = api.torg
        // What goes directly does so; a category without a unit lies with the contact centre.
        let path = try await api.newCase([:], ["person": ["email": "a@example.org", "wants_updates": true]])
        let direct = try await api.post(path + "/recoding", ["category": torg.text("Water leak")])
        #expect((direct.state, direct.json["unit"] as? String) == ("passedOn", torg.text("Water")))
        #expect(try await api.count("outbox WHERE kind = 'status' AND address = 'a@example.org'") == 1)
        let general: ID<Domain.Category> = try await torg.installation.write(torg.sandvik) { op in
            let id: ID<Domain.Category> = op.newID()
            try op.tx.run("INSERT INTO categories (municipality, id, is_acute) VALUES (\(op.tenant), \(id), 1)")
            try op.organisation.touch()
            return id
        }
        try await api.become("plumber")
        #expect(try await api.post(path + "/acknowledgement").state == "underway")
        let centre = try await torg.installation.read(torg.sandvik) { "\($0.municipality.centre)" }
        let back = try await api.post(path + "/recoding", ["category": "\(general)"])
        #expect((back.state, back.json["unit"] as? String) == ("passedOn", centre))
        #expect(back.json["acute"] as? Bool == true)
        // The acknowledgement was told as well.
        #expect(try await api.count("outbox WHERE kind = 'status' AND address = 'a@example.org'") == 3)
        await api.close()
    }

    @Test func theCitizenHearsOfEveryWayToPassItOn() async throws {
        let api = try await Api()
        let person: [String: Any] = ["person": ["email": "a@example.org", "wants_updates": true]]
        let assigned = try await api.newCase([:], person)
        let taken = try await api.post(assigned + "/performer", ["handler": api.torg.text("handler")])
        #expect(taken.state == "passedOn")
        #expect(try await api.count("outbox WHERE kind = 'status' AND address = 'a@example.org'") == 1)
        // Another performer of the same unit is no news to the citizen.
        _ = try await api.post(assigned + "/performer", ["handler": api.torg.text("leader")])
        #expect(try await api.count("outbox WHERE kind = 'status' AND address = 'a@example.org'") == 1)
        let recoded = try await api.newCase([:], person)
        _ = try await api.post(recoded + "/recoding", ["category": api.torg.text("Water leak")])
        for (path, unit) in [(assigned, "Innbyggertorget"), (recoded, "Water")] {
            let told = try await api.publicLines(path)
            #expect(told.filter { $0 == "Your case was passed to \(unit)" }.count == 1, "\(told)")
        }
        await api.close()
    }

    @Test func theLeaderAboveAnswersForAUnitWithoutOne() async throws {
        let api = try await Api()
        let (leader, roads, water) = (api.torg.text("leader"), api.torg.text("Roads"), api.torg.text("Water"))
        try await api.torg.installation.write(api.torg.sandvik) { op in
            try op.tx.run(
                """
                UPDATE units SET leader_id = \(ID<User>(text: leader)) WHERE municipality = \(op.tenant)
                    AND id = \(ID<Domain.Unit>(text: roads))
                """)
            try op.tx.run(
                """
                UPDATE units SET parent_id = \(ID<Domain.Unit>(text: roads)) WHERE municipality = \(op.tenant)
                    AND id = \(ID<Domain.Unit>(text: water))
                """)
            try op.organisation.touch()
        }
        let path = try await api.newCase(["unit": water])
        #expect(try await api.get(path).json["leader"] as? String == leader)
        try await api.client.logIn(as: "agent")
        #expect(try await api.client.get("/sandvik" + path).body.contains("Leader</dd>"))
        try await api.torg.installation.read(api.torg.sandvik) { op in
            let water = try #require(ID<Domain.Unit>(text: water).flatMap { op.directory.units[$0] })
            #expect(!op.directory.gaps(in: water).contains(.leader))
            #expect(op.directory.leader(of: op.municipality.centre) == nil)
        }
        // Somebody who has left answers for nothing.
        try await api.torg.installation.write(api.torg.sandvik) { op in
            try op.tx.run(
                "UPDATE users SET is_active = 0 WHERE municipality = \(op.tenant) AND id = \(ID<User>(text: leader))")
            try op.organisation.touch()
        }
        #expect(try await api.get(path).json["leader"] is NSNull)
        await api.close()
    }
}

extension Api {
    /// What the citizen who reported a case reads of its history.
    fileprivate func publicLines(_ path: String) async throws -> [String] {
        let number = try #require(CaseNumber(text: path.dropFirst("/cases/".count)))
        return try await torg.installation.read(torg.sandvik, language: "en") { op in
            let shown = try op.cases.load(number, in: .everything)
            let contact = try #require(try op.contacts.load(of: shown.id).first)
            let followed = FollowedCase(shown: shown, contact: contact.id)
            return try PublicTimeline(
                followed: followed, events: try op.history.events(of: shown.id), own: contact, in: op
            ).rows().map(\.what)
        }
    }
}
