import Database
import Domain
import Foundation
@testable import Support

@testable import App

/// A municipality with a discreet unit, everybody who might learn something of it, and a confidential case there.
struct SecretWorld {
    static let title = "Zebrafisken is hurt at home"
    static let place = "Lønngata 7"
    static let person = "Siv Lønn"
    static let email = "siv@lonn.example"
    static let phone = "90112233"
    /// What nobody outside the unit may read anywhere.
    static let words = ["Zebrafisk", "Lønngata", "Siv Lønn", "siv@lonn", "90112233", "90 11 22 33"]

    let torg: TestTorg
    /// Programs of the agent and of the unit.
    let desk: TestClient
    private let unit: TestClient
    /// Of a case that is not confidential.
    let lamp: String
    /// Of a number that no case has before `open`.
    let number: CaseNumber
    private(set) var contact: ID<Contact> = ID(4711)
    private(set) var mail: ID<OutboxMessage> = ID(4712)
    /// Of a contractor to the case about the lamp: its id, and the address in the mail.
    var link = (id: "1", address: "")

    /// By login, with what they are to the unit `Barnevern`, which lies below `Oppvekst`.
    static let people: [(login: String, unit: String, role: StandardRole)] = [
        ("colleague", "centre", .agent), ("worker", "Barnevern", .handler), ("chief", "Oppvekst", .leader),
        ("above", "Water", .leader), ("receiver", "Water", .handler), ("substitute", "Roads", .handler),
        ("standin", "Water", .handler), ("superuser", "Water", .superuser), ("registrar", "Water", .registrar),
        ("owner", "Water", .systemOwner), ("counter", "Water", .countingCoordinator),
    ]
    static let insiders: Set = ["worker", "chief", "above"]
    /// They may register contacts, so that they may have a caller on the line.
    static let desk: Set = ["agent", "colleague", "superuser", "registrar"]

    init(isDiscreet: Bool = true) async throws {
        torg = try await TestTorg()
        let torg = torg
        try await torg.installation.write(torg.sandvik) { op in
            try Self.organise(torg, isDiscreet: isDiscreet, in: op)
        }
        (desk, unit) = (TestClient(torg), TestClient(torg))
        try await desk.useToken(of: "agent")
        try await unit.useToken(of: "worker")
        let opened = try await desk.call(
            .post, "/contacts",
            [
                "channel": "telephone", "person": ["name": "Kim", "email": "kim@example.org"],
                "questions": [["text": "The lamp is dark", "category": torg.text("Street light")]],
            ])
        let known = opened.cases.first.flatMap(\.self).flatMap { CaseNumber(text: $0) }
        lamp = known.map { "\($0)" } ?? ""
        number = CaseNumber(year: 26, sequence: (known?.sequence ?? 0) + 1)
    }

    private static func organise(_ torg: TestTorg, isDiscreet: Bool, in op: App.Operation) throws {
        let (above, unit): (ID<Domain.Unit>, ID<Domain.Unit>) = (op.newID(), op.newID())
        try op.tx.run("INSERT INTO units (municipality, id, name) VALUES (\(op.tenant), \(above), 'Oppvekst')")
        try op.tx.run(
            """
            INSERT INTO units (municipality, id, name, parent_id, phone, is_discreet)
            VALUES (\(op.tenant), \(unit), 'Barnevern', \(above), '20304050', \(isDiscreet))
            """)
        torg.note("Oppvekst", above.rawValue)
        torg.note("Barnevern", unit.rawValue)
        for (login, home, role) in people {
            let id: ID<User> = op.newID()
            let member: ID<Domain.Unit> = torg.id(home)
            try op.tx.run(
                """
                INSERT INTO users (municipality, id, login, name, language, email)
                VALUES (\(op.tenant), \(id), \(login), \(login.capitalized), 'en', \(login + "@sandvik.example"))
                """)
            // Those who lead belong to another unit: what they lead is what they see.
            if !["chief", "above"].contains(login) {
                try op.tx.run(
                    "INSERT INTO memberships (municipality, user_id, unit_id) VALUES (\(op.tenant), \(id), \(member))")
            }
            try op.tx.run(
                """
                INSERT INTO user_roles (municipality, user_id, role_id) SELECT \(op.tenant), \(id), id FROM roles
                WHERE municipality = \(op.tenant) AND name = \(op.installation.words("nb")(role.key))
                """)
            torg.note(login, id.rawValue)
        }
        try post("leader", "chief", unit, torg, op)
        try post("receiver", "receiver", unit, torg, op)
        try post("substitute", "substitute", unit, torg, op)
        try post("leader", "above", above, torg, op)
        try post("leader", "leader", torg.id("Roads"), torg, op)
        try op.tx.run(
            """
            UPDATE units SET phone = '10000000' WHERE municipality = \(op.tenant) AND id = \(op.municipality.centre)
            """)
        let (worker, standIn): (ID<User>, ID<User>) = (torg.id("worker"), torg.id("standin"))
        try op.tx.run(
            """
            INSERT INTO absences (municipality, id, user_id, first_day, last_day, substitute_id)
            VALUES (\(op.tenant), \(op.newID(of: Absence.self)), \(worker), \(op.today), \(op.today + 4), \(standIn))
            """)
        let category: ID<Domain.Category> = op.newID()
        try op.tx.run(
            """
            INSERT INTO categories (municipality, id, unit_id, is_confidential)
            VALUES (\(op.tenant), \(category), \(unit), 1)
            """)
        try op.tx.run(
            """
            INSERT INTO category_names (municipality, category_id, language, name)
            VALUES (\(op.tenant), \(category), 'nb', 'Bekymring')
            """)
        torg.note("Bekymring", category.rawValue)
        try op.organisation.touch()
    }

    private static func post(
        _ name: StaticString, _ login: String, _ unit: ID<Domain.Unit>, _ torg: TestTorg, _ op: App.Operation
    ) throws {
        let user: ID<User> = torg.id(login)
        try op.tx.run(
            """
            UPDATE units SET \(raw: name)_id = \(user) WHERE municipality = \(op.tenant) AND id = \(unit)
            """)
    }

    /// The agent registers the case, which came in ten days ago; its unit takes it on and is reminded of it.
    mutating func open() async throws {
        let opened = try await desk.call(
            .post, "/contacts",
            [
                "channel": "telephone", "at": TestTorg.start.adding(days: -10).iso8601,
                "person": [
                    "name": Self.person, "email": Self.email, "phone": Self.phone, "wants_updates": true,
                ],
                "questions": [["text": Self.title, "category": torg.text("Bekymring"), "place": Self.place]],
            ])
        guard opened.cases == ["\(number)"], let id = (opened.json["id"] as? String).flatMap(ID<Contact>.init(text:))
        else { throw Refusal.notFound }
        contact = id
        _ = try await unit.call(.post, "/cases/\(number)/acknowledgement", [:])
        _ = try await torg.installation.remindOfDeadlines()
        mail = try await torg.read { op in
            try op.tx.value(
                "SELECT id FROM outbox WHERE municipality = \(op.tenant) AND address = \(Self.email) ORDER BY id LIMIT 1"
            )
                ?? ID(0)
        }
        torg.installation.forgetCounts(of: torg.sandvik)
    }

    /// A browser of one of them; nil for a citizen.
    func browser(of login: String?) async throws -> TestClient {
        let client = TestClient(torg)
        if let login { try await client.logIn(as: login) }
        return client
    }

    func readings() async throws -> [String] {
        let names = Dictionary(
            (["agent", "handler"] + Self.people.map(\.login)).map { (torg.id($0, of: User.self), $0) },
            uniquingKeysWith: { first, _ in first })
        return try await torg.read { op in
            try op.tx.rows("SELECT user_id, kind FROM readings WHERE municipality = \(op.tenant) ORDER BY id").map {
                "\(names[try $0["user_id"]] ?? "?") \(try $0["kind"] as String)"
            }
        }
    }
}
