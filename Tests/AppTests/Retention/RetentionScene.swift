import Database
import Domain
import Foundation
import Testing

@testable import App
@testable import Support

/// A closed case, something answered at once and an open case, each by somebody of their own, with words that stand
/// nowhere else.
struct RetentionScene {
    static let page = "/sandvik/admin/retention"
    static let decision = ["decided_by": ["Sandvik kommunestyre"], "decision": ["KS 12/2026"]]

    let api: Api
    let admin: TestClient
    var torg: TestTorg { api.torg }
    /// The address of the case in the API.
    let path: String
    /// Of the contact that was answered at once, and of the one that opened the case.
    let answered: String
    let reporter: String
    /// The citizen's own.
    let link: String

    /// What must be gone with the case, and with the contact.
    static let ofCase = [
        "zulfikar", "quist", "90123456", "kvernstein", "xylofon", "fjompenisse", "gubbelimubb", "snipp", "hurlumhei",
    ]
    static let ofAnswered = ["yngvild", "wrangel", "90654321", "jaguarbad", "trompet"]
    static let ofOpen = ["torkjell", "krakilsk", "90777888"]

    private static func person(_ name: String, _ email: String, _ phone: String) -> [String: Any] {
        ["person": ["name": name, "email": email, "phone": phone, "wants_updates": true]]
    }

    init() async throws {
        api = try await Api()
        let (torg, roads) = (api.torg, api.torg.text("Roads"))
        admin = TestClient(torg)
        try await torg.installation.write(torg.sandvik) { op in
            _ = try op.tx.run(
                "UPDATE users SET email = login || '@sandvik.example' WHERE municipality = \(op.tenant)")
        }
        let opened = try await api.contact(
            ["text": "Kvernsteinen er løs. Hilsen Zulfikar", "unit": roads, "place": "Xylofonveien 7"],
            Self.person("Zulfikar Quist", "zulfikar@quist.example", "90123456"))
        reporter = try #require(opened.json["id"] as? String)
        path = "/cases/" + (try #require(opened.cases.first ?? nil))
        for (act, body) in [
            ("acknowledgement", [:]), ("notes", ["note": "Fjompenisse says Zulfikar"]),
            ("feedback", ["message": "Gubbelimubb is on the way"]),
            ("deviation", ["reference": "Snipp 7"]),
            (
                "closure",
                [
                    "answer": "Hurlumhei, it is mended", "outcome": "measures_taken",
                    "measure_what": "Kvernstein turned",
                    "measure_who": "Quist and sons", "measure_done_at": "2026-07-20",
                ]
            ),
        ] as [(String, [String: Any])] {
            let done = try await api.post(path + "/" + act, body)
            #expect(done.status < 300, "\(act): \(done.body)")
        }
        let asked = try await api.contact(
            ["text": "When does the Jaguarbad open?", "answered": true, "answer": "With trompet at seven"],
            Self.person("Yngvild Wrangel", "yngvild@wrangel.example", "90654321"))
        answered = try #require(asked.json["id"] as? String)
        _ = try await api.contact(
            ["text": "Krakilsk goose"], Self.person("Torkjell Open", "torkjell@open.example", "90777888"))
        _ = try await torg.installation.deliverMessages()
        let sent: String? = try await torg.read { op in
            try op.tx.value(
                "SELECT body FROM outbox WHERE municipality = \(op.tenant) AND kind = 'receipt' ORDER BY id LIMIT 1")
        }
        let found = sent?.firstMatch(of: #/http://torg\.test(/sandvik/follow/\S+key=\S+)/#)
        link = String(try #require(found).1)
        _ = try await torg.installation.runConsumers()
        try await admin.logIn(as: "admin")
    }

    func number() throws -> String { try #require(path.split(separator: "/").last).description }

    /// Saves the months of some classes, as decided.
    func decide(_ months: [RetentionClass: Int]) async throws -> TestClient.Answer {
        try await admin.logIn(as: "admin")
        let typed = Dictionary(
            months.map { ($0.key.field, ["\($0.value)"]) }, uniquingKeysWith: { first, _ in first })
        return try await admin.fill(Self.page, typed.merging(Self.decision) { $1 })
    }

    /// Lets some nights pass, the first of them so many days ahead.
    func nights(_ count: Int, after days: Int = 1) async throws {
        for night in 0..<count {
            torg.advance(days: night == 0 ? days : 1)
            _ = try await torg.installation.queueDailyTasks()
            _ = try await torg.installation.runTasks()
        }
    }

    /// What of the words stands anywhere in the database: in a column of text of any table, or in the files of the search
    /// index, where it would be found by whoever reads those.
    func left(_ words: [String]) async throws -> Set<String> {
        let texts = try await torg.installation.database.read(tenant: nil) { tx in
            let tables: [String] =
                switch tx.dialect {
                case .sqlite:
                    try tx.rows(
                        """
                        SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'
                            AND name NOT LIKE 'search_index%' AND name NOT LIKE 'search_words%'
                        """
                    ).map { try $0["name"] }
                case .postgres:
                    try tx.rows(
                        """
                        SELECT CAST(table_name AS TEXT) AS name FROM information_schema.tables
                        WHERE table_schema = current_schema()
                        """
                    ).map { try $0["name"] }
                }
            #expect(tables.count > 30)
            let indexes =
                tx.dialect == .sqlite
                ? try ["search_index_data", "search_index_of_contacts_data"].flatMap { table in
                    try tx.rows("SELECT block FROM \(SQL(stringLiteral: table))").compactMap { row -> String? in
                        guard case .blob(let block) = try row["block"] as SQLValue else { return nil }
                        return String(decoding: block, as: UTF8.self)
                    }
                } : []
            return try indexes
                + tables.flatMap { table in
                    try tx.rows("SELECT * FROM \(SQL(stringLiteral: table))").flatMap { row in
                        try row.columnNames.compactMap { column -> String? in
                            guard case .text(let text) = try row[column] as SQLValue else { return nil }
                            return text.lowercased()
                        }
                    }
                }
        }
        return Set(words.filter { word in texts.contains { $0.contains(word) } })
    }

    /// What `torg verify` finds.
    func breaches() async throws -> [String] {
        let collected = Collected()
        _ = try await torg.installation.verify { collected.add($0) }
        return collected.all.map { "\($0.name): \($0.text)" }
    }

    /// Every count of every day.
    func figures() async throws -> DailyCounts {
        try await torg.read { op in try op.figures.countedDays().map { try op.figures.dailyCounts(of: $0) } ?? [:] }
    }

    func close() async { await api.close() }
}
