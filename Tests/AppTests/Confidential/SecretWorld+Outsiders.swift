import Adapters
import Database
import Domain
@testable import Support
import Testing

@testable import App

/// Those who are near to a confidential case and may not read it.
extension SecretWorld {
    /// Belongs to the unit, and nobody has said yes yet.
    func addNewcomer() async throws {
        let (torg, role) = (torg, StandardRole.handler)
        try await torg.installation.write(torg.sandvik) { op in
            let (id, unit): (ID<User>, ID<Domain.Unit>) = (op.newID(), torg.id("Barnevern"))
            try op.tx.run(
                """
                INSERT INTO users (municipality, id, login, name, language, email)
                VALUES (\(op.tenant), \(id), 'newcomer', 'Newcomer', 'en', 'newcomer@sandvik.example')
                """)
            try op.tx.run(
                "INSERT INTO memberships (municipality, user_id, unit_id) VALUES (\(op.tenant), \(id), \(unit))")
            try op.tx.run(
                """
                INSERT INTO user_roles (municipality, user_id, role_id) SELECT \(op.tenant), \(id), id FROM roles
                WHERE municipality = \(op.tenant) AND name = \(op.installation.words("nb")(role.key))
                """)
            let (change, grant): (ID<SightGrant>, ID<SightGrant>) = (op.newID(), op.newID())
            try op.tx.run(
                """
                INSERT INTO sight_grants (municipality, id, change_id, user_id, unit_id, cause, wanted_by, wanted_at, state)
                VALUES (\(op.tenant), \(grant), \(change), \(id), \(unit), 'member', \(torg.id("worker", of: User.self)),
                    \(op.now), 'waiting')
                """)
            torg.note("newcomer", id.rawValue)
            try op.organisation.touch()
        }
    }

    /// Has another case, by a link.
    mutating func contract() async throws {
        let torg = torg
        let contractor = try await torg.installation.write(torg.sandvik) { op in
            let id: ID<Contractor> = op.newID()
            try op.tx.run(
                """
                INSERT INTO contractors (municipality, id, name, email)
                VALUES (\(op.tenant), \(id), 'Lys AS', 'post@lys.example')
                """)
            try op.organisation.touch()
            return id
        }
        let passed = try await desk.call(
            .post, "/cases/\(lamp)/routing", ["unit": torg.text("Roads"), "contractor": "\(contractor)"])
        #expect(passed.status == 200, "\(passed.body)")
        let all = try await torg.mails()
        let given = all.last { $0.address == "post@lys.example" }?.body ?? ""
        let found = try #require(given.firstMatch(of: #/http://torg\.test(\S+/contractor/(\d+)\?key=\S+)/#))
        link = (String(found.2), String(found.1))
    }

    /// The reporter has asked for a code, and it waits in the outbox.
    func leaveCode() async throws {
        var sending = torg.installation
        sending.settings.sms = SMSGateway(url: "https://sms.example.org", from: "Sandvik")
        _ = try await TestClient(torg, installation: sending).submit(
            "/sandvik/follow", from: "/sandvik/follow", ["number": "\(number)", "contact": Self.email])
        #expect(try await torg.mails().contains { $0.kind == .followCode && $0.state == .waiting })
    }

    /// What the key in the reporter's mail shows without a code.
    func shownByKey() async throws -> String {
        let (all, own) = (try await torg.mails(), mail)
        let receipt = all.first { $0.id == own }?.body ?? ""
        let found = try #require(receipt.firstMatch(of: #/http://torg\.test(\S+\?key=\S+)/#))
        return try await TestClient(torg).open(String(found.1)).body
    }

    /// What the agent sees of a contact with a confidential question and another one.
    func shownOfMixedContact() async throws -> String {
        let registered = try await desk.call(
            .post, "/contacts",
            [
                "channel": "telephone", "person": ["name": Self.person, "email": Self.email, "phone": Self.phone],
                "questions": [
                    ["text": "The lamp by my door", "category": torg.text("Street light")],
                    ["text": Self.title, "category": torg.text("Bekymring")],
                ],
            ])
        let contact = try #require(registered.json["id"] as? String)
        return try await browser(of: "agent").get("/sandvik/contacts/\(contact)").body
    }
}
