import Database
import Domain
import Foundation
@testable import Support
import Testing

@testable import App

/// An address that leads to a confidential case is changed only by those who may read the case, over every way.
@Suite struct AddressTests {
    private func address(_ world: SecretWorld) async throws -> String {
        let contact = world.contact
        return try await world.torg.read { op in
            let row = try op.tx.row(
                "SELECT name, email, phone FROM contacts WHERE municipality = \(op.tenant) AND id = \(contact)")
            let parts: [String?] = [try row?["name"] ?? nil, try row?["email"] ?? nil, try row?["phone"] ?? nil]
            return parts.map { $0 ?? "–" }.joined(separator: " ")
        }
    }

    private let own = ["name": "Agent", "email": "agent@evil.example", "wants_updates": "true"]
    private let untouched = "Siv Lønn siv@lonn.example 90112233"

    @Test func whoRegisteredItDoesNotCorrectIt() async throws {
        var world = try await SecretWorld()
        try await world.open()
        let agent = try await world.browser(of: "agent")
        let page = "/sandvik/contacts/\(world.contact)"
        let body = try await agent.get(page).body
        #expect(!body.contains("action=\"\(page)/person\""))
        let sent = try await agent.submit(page + "/person", from: "/sandvik/alerts", own)
        #expect(sent.status == 422)
        #expect(sent.body.contains("You cannot change these details. Ask the person to call 10 00 00 00."))
        #expect(!SecretWorld.words.contains { sent.body.contains($0) })
        // Whether a guess is right is not told either.
        let guess = [
            "name": "Siv Lønn", "email": SecretWorld.email, "phone": SecretWorld.phone, "wants_updates": "true",
        ]
        #expect(try await agent.submit(page + "/person", from: "/sandvik/alerts", guess).status == 422)
        #expect(try await address(world) == untouched)
        #expect(try await follows("agent@evil.example", world) == false)
        await world.torg.close()
    }

    /// Whether what is sent about the case goes to this address, and a code or the word opens it for its owner.
    private func follows(_ address: String, _ world: SecretWorld) async throws -> Bool {
        let number = world.number
        return try await world.torg.read { op in
            let subject = try op.cases.load(number, in: .everything)
            return try op.outbox.reporters(of: subject.id).contains { $0.person.email?.description == address }
        }
    }

    @Test func theUnitDoes() async throws {
        var world = try await SecretWorld()
        try await world.open()
        let worker = try await world.browser(of: "worker")
        let page = "/sandvik/contacts/\(world.contact)"
        let sent = try await worker.fill(page, to: page + "/person", ["email": ["new@lonn.example"]])
        #expect(sent.status == 303)
        #expect(try await address(world) == "Siv Lønn new@lonn.example 90112233")
        #expect(try await follows("new@lonn.example", world))
        await world.torg.close()
    }

    /// A contact with a question for Roads as well: Roads' handler works with the same person.
    @Test func whoHasAnotherQuestionOfTheContactDoesNot() async throws {
        let world = try await SecretWorld()
        let api = TestClient(world.torg)
        try await api.useToken(of: "agent")
        let opened = try await api.call(
            .post, "/contacts",
            [
                "channel": "telephone", "person": ["name": "Siv Lønn", "phone": SecretWorld.phone],
                "questions": [
                    ["text": "The lamp by my door", "unit": world.torg.text("Roads")],
                    ["text": "Zebrafisken is hurt", "category": world.torg.text("Bekymring")],
                ],
            ])
        let contact = try #require(opened.json["id"] as? String)
        let lamp = try #require(opened.cases[0])
        let handler = try await world.browser(of: "handler")
        let page = "/sandvik/contacts/\(contact)"
        let shown = try await handler.get(page)
        #expect(shown.status == 200 && shown.body.contains("The lamp by my door"))
        // Not even that there is more.
        #expect(!shown.body.contains("Confidential") && !shown.body.contains("Zebrafisk"))
        let sent = try await handler.fill(page, to: page + "/person", ["email": ["handler@evil.example"]])
        #expect(sent.status == 422 && sent.body.contains("Ask the person to call 10 00 00 00."))
        // The same by passing the other case on.
        try await api.useToken(of: "handler")
        for fields in [["email": "handler@evil.example"], ["phone": "99999999"]] {
            let routed = try await api.call(
                .post, "/cases/\(lamp)/routing", ["unit": world.torg.text("Water")].merging(fields) { $1 })
            #expect(routed.status == 422)
            #expect(routed.faults == ["\(fields.keys.first ?? "") contact_kept"])
        }
        #expect(try await api.call(.get, "/cases/\(lamp)").json["unit"] as? String == world.torg.text("Roads"))
        // Each try is recorded, though nothing else of it is stored.
        #expect(try await world.readings() == Array(repeating: "handler existence", count: 3))
        // As it stands it may be sent: nobody learns by that whether there is more.
        #expect(try await handler.fill(page, to: page + "/person").status == 303)
        let same = try await api.call(
            .post, "/cases/\(lamp)/routing", ["unit": world.torg.text("Roads"), "phone": SecretWorld.phone])
        #expect(same.status == 200)
        #expect(try await world.readings().count == 3)
        // The unit of what is confidential may, also what shows to the others then.
        let worker = try await world.browser(of: "worker")
        #expect(try await worker.fill(page, to: page + "/person", ["phone": ["90112244"]]).status == 303)
        // Who it was would tell what else the person has to do with the municipality.
        let history = try await handler.get("/sandvik/cases/\(lamp)").body
        #expect(history.contains("corrected a person") && !history.contains("Worker corrected"))
        let events = try await api.call(.get, "/cases/\(lamp)/events")
        #expect(events.body.contains("contact_corrected") && !events.body.contains("Worker"))
        #expect(!events.body.contains(world.torg.text("worker")))
        // In their own case it stands.
        let secret = try #require(opened.cases[1])
        #expect(try await worker.get("/sandvik/cases/\(secret)").body.contains("Worker corrected a person"))
        await world.torg.close()
    }

    @Test func whatWasJoinedFromOutsideLeadsNowhereUntilTheUnitSaysSo() async throws {
        var world = try await SecretWorld()
        try await world.open()
        let api = TestClient(world.torg)
        try await api.useToken(of: "agent")
        let joined = try await api.call(
            .post, "/contacts",
            [
                "channel": "telephone",
                "person": ["name": "Siv Lønn", "email": "agent@evil.example", "phone": SecretWorld.phone],
                "questions": [["text": "It is me again", "case": "\(world.number)"]],
            ])
        #expect(joined.status == 201)
        let contact = try #require(joined.json["id"] as? String)
        #expect(try await !follows("agent@evil.example", world))
        try await api.useToken(of: "worker")
        let path = "/cases/\(world.number)"
        #expect(try await api.call(.post, path + "/feedback", ["message": "We are on it"]).status == 200)
        func mails() async throws -> Int {
            try await world.torg.read { op in
                try op.tx.value(
                    """
                    SELECT count(*) FROM outbox WHERE municipality = \(op.tenant) AND address = 'agent@evil.example'
                    """) ?? 0
            }
        }
        #expect(try await mails() == 0)
        // Nor does whoever joined it correct it afterwards.
        let agent = try await world.browser(of: "agent")
        let sent = try await agent.submit("/sandvik/contacts/\(contact)/person", from: "/sandvik/alerts", own)
        #expect(sent.status == 422)
        // The link that stops mails of the one changes nothing for the other.
        let stop = try await world.torg.read { op in StopLink(ID(Int64(contact) ?? 0), op).url }
        let link = try #require(stop.components(separatedBy: "torg.test").last)
        _ = try await world.browser(of: nil).fill(link, to: link)
        let wants: Bool? = try await world.torg.read { [contact = world.contact] op in
            try op.tx.value("SELECT wants_updates FROM contacts WHERE municipality = \(op.tenant) AND id = \(contact)")
        }
        #expect(wants == true)

        let worker = try await world.browser(of: "worker")
        let page = "/sandvik" + path
        let shown = try await worker.get(page).body
        #expect(shown.contains("It is the right person") && shown.contains("agent@evil.example"))
        let confirmation = "\(path)/reporters/\(contact)/confirmation"
        try await api.useToken(of: "agent")
        #expect(try await api.call(.post, confirmation, [:]).status == 404)
        #expect(try await worker.fill(page, to: "/sandvik" + confirmation).status == 303)
        #expect(try await mails() == 1)
        #expect(try await follows("agent@evil.example", world))
        #expect(try await !worker.get(page).body.contains("It is the right person"))
        // Once is enough.
        try await api.useToken(of: "worker")
        #expect(try await api.call(.post, confirmation, [:]).status == 404)
        await world.torg.close()
    }

    @Test func afterPassingOnItIsTheNewUnits() async throws {
        var world = try await SecretWorld()
        try await world.open()
        let api = TestClient(world.torg)
        try await api.useToken(of: "worker")
        // With the address in the same breath, while it is still theirs: it is kept, and leads to the case when the new
        // unit says so. Whoever gave it does not read the case any more.
        let path = "/cases/\(world.number)"
        let passed = try await api.call(
            .post, path + "/routing", ["unit": world.torg.text("Water"), "email": "last@lonn.example"])
        #expect(passed.status == 200)
        #expect(try await address(world) == "Siv Lønn last@lonn.example 90112233")
        #expect(try await !follows("last@lonn.example", world))
        let page = "/sandvik/contacts/\(world.contact)"
        let worker = try await world.browser(of: "worker")
        #expect(try await worker.submit(page + "/person", from: "/sandvik/alerts", own).status == 404)
        let plumber = try await world.browser(of: "plumber")
        #expect(try await plumber.get("/sandvik" + path).body.contains("It is the right person"))
        let confirmation = "/sandvik\(path)/reporters/\(world.contact)/confirmation"
        #expect(try await plumber.fill("/sandvik" + path, to: confirmation).status == 303)
        #expect(try await follows("last@lonn.example", world))
        #expect(try await plumber.fill(page, to: page + "/person", ["email": ["new@lonn.example"]]).status == 303)
        await world.torg.close()
    }

    /// One that everybody may see becomes confidential: from then on its address is its unit's.
    @Test func whatBecomesConfidentialIsProtectedFromThen() async throws {
        let world = try await SecretWorld()
        let api = TestClient(world.torg)
        try await api.useToken(of: "agent")
        let opened = try await api.call(
            .post, "/contacts",
            ["channel": "telephone", "person": ["name": "Siv"], "questions": [["text": "Something"]]])
        let page = "/sandvik/contacts/\(try #require(opened.json["id"] as? String))"
        let agent = try await world.browser(of: "agent")
        #expect(try await agent.fill(page, to: page + "/person", ["email": ["siv@lonn.example"]]).status == 303)
        let number = try #require(opened.cases[0])
        let recoded = try await api.call(
            .post, "/cases/\(number)/recoding", ["category": world.torg.text("Bekymring")])
        #expect(recoded.status == 200)
        #expect(try await agent.submit(page + "/person", from: "/sandvik/alerts", own).status == 422)
        await world.torg.close()
    }
}
