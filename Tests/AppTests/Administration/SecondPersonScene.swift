import Database
import Domain
import Support
import Testing

@testable import App

/// A confidential case at Water; admin, who manages all; a leader of Water with an address; a second manager.
struct SecondPersonScene {
    let torg: TestTorg
    let number: String
    let admin: TestClient

    init() async throws {
        torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.useToken(of: "agent")
        let registered = try await client.call(
            .post, "/contacts",
            ["channel": "telephone", "questions": [["text": "My own matter", "category": torg.text("Care")]]])
        let questions = try #require(registered.json["questions"] as? [[String: Any]])
        number = try #require(questions[0]["case"] as? String)
        let boss: ID<User> = try await Self.add("boss", to: torg, role: "leader")
        let second: ID<User> = try await Self.add("second", to: torg, role: "system_manager")
        let owner: ID<User> = try await Self.add("owner", to: torg, role: "system_owner")
        let water: ID<Domain.Unit> = torg.id("Water")
        // As the server's own commands do it: nobody's yes is missing.
        try await torg.installation.write(torg.sandvik) { op in
            try op.tx.run(
                "UPDATE units SET leader_id = \(boss) WHERE municipality = \(op.tenant) AND id = \(water)")
            try op.tx.run("UPDATE municipalities SET owner_id = \(owner) WHERE id = \(op.tenant)")
            try op.organisation.touch()
        }
        _ = second
        admin = TestClient(torg)
        try await admin.logIn(as: "admin")
    }

    func client(_ login: String) async throws -> TestClient {
        let client = TestClient(torg)
        try await client.logIn(as: login)
        return client
    }

    func get(_ path: String, as login: String) async throws -> TestClient.Answer {
        let client = try await client(login)
        return try await client.get(path)
    }

    /// Whether they see the case, by page and by API.
    func sees(_ login: String) async throws -> Bool {
        let client = try await client(login)
        try await client.useToken(of: login)
        let page = try await client.get("/sandvik/cases/" + number).status
        let call = try await client.call(.get, "/cases/" + number).status
        #expect(page == call)
        return page == 200
    }

    func person(_ login: String) async throws -> ID<User> {
        try await torg.installation.read(torg.sandvik) { op in
            try #require(op.directory.people.values.first { $0.user.login == login }).user.id
        }
    }

    func page(of login: String) async throws -> String { "/sandvik/admin/people/\(try await person(login))" }

    func put(_ login: String, into units: [String]) async throws {
        let saved = try await admin.fill(
            try await page(of: login), ["units": units.map { torg.text($0) }, "active": ["true"]])
        #expect(saved.status == 303)
    }

    /// As after the first login with a password that somebody else chose: also whoever chose it can do this.
    func chooseOwnPassword(_ login: String) async throws {
        let id = try await person(login)
        try await torg.installation.write(torg.sandvik) { op in
            _ = try op.tx.run(
                "UPDATE users SET must_change_password = 0 WHERE municipality = \(op.tenant) AND id = \(id)")
        }
    }

    func change() async throws -> ID<SightChange> {
        try await torg.installation.read(torg.sandvik) { op in try #require(op.directory.grants.last).change }
    }

    func decide(_ what: String, as login: String, _ change: ID<SightChange>? = nil) async throws
        -> TestClient.Answer
    {
        let chosen = if let change { change } else { try await self.change() }
        return try await client(login).submit("/sandvik/sight/\(chosen)/\(what)", from: "/sandvik/sight", [:])
    }

    /// What was mailed, by kind and address.
    func mails() async throws -> Set<String> {
        try await torg.installation.read(torg.sandvik) { op in
            Set(
                try op.tx.rows("SELECT kind, address FROM outbox WHERE municipality = \(op.tenant)").map { row in
                    let (kind, address): (String, String) = (try row["kind"], try row["address"])
                    return kind + " " + address
                })
        }
    }

    func audit() async throws -> [String] {
        try await torg.installation.read(torg.sandvik) { op in
            try op.tx.rows("SELECT kind FROM audit WHERE municipality = \(op.tenant) ORDER BY id").map {
                try $0["kind"]
            }
        }
    }

    @discardableResult
    static func add(_ login: String, to torg: TestTorg, role: String, units: [String] = []) async throws -> ID<User> {
        try await torg.installation.write(torg.sandvik) { op in
            let id: ID<User> = op.newID()
            let password = try op.installation.passwords.hash("torg-demo")
            try op.tx.run(
                """
                INSERT INTO users (municipality, id, login, name, email, password, language)
                VALUES (\(op.tenant), \(id), \(login), \(login.capitalized), \(login + "@sandvik.example"), \(password), 'en')
                """)
            try op.tx.run(
                """
                INSERT INTO user_roles (municipality, user_id, role_id) SELECT \(op.tenant), \(id), id FROM roles
                WHERE municipality = \(op.tenant) AND name = \(op.installation.words("nb")("role." + role))
                """)
            for unit in units {
                let unit: ID<Domain.Unit> = torg.id(unit)
                try op.tx.run(
                    "INSERT INTO memberships (municipality, user_id, unit_id) VALUES (\(op.tenant), \(id), \(unit))")
            }
            try op.organisation.touch()
            return id
        }
    }
}
