import Database
import Domain
import Foundation
import HTTPTypes
import Support
import Testing

@testable import App

/// Torg as a program sees it: the calls of one user after the other.
struct Api {
    let torg: TestTorg
    let client: TestClient

    init(as login: String = "agent") async throws {
        torg = try await TestTorg()
        client = TestClient(torg)
        try await become(login)
    }

    func become(_ login: String) async throws { try await client.useToken(of: login) }

    func get(_ path: String) async throws -> TestClient.Answer { try await client.call(.get, path) }

    func post(
        _ path: String, _ body: [String: Any]? = [:], key: String? = nil
    ) async throws -> TestClient.Answer {
        try await client.call(.post, path, body, headers: key.map { ["Idempotency-Key": $0] } ?? [:])
    }

    func delete(_ path: String, _ body: [String: Any]? = nil) async throws -> TestClient.Answer {
        try await client.call(.delete, path, body)
    }

    /// Registers one question by telephone.
    func contact(_ question: [String: Any], _ more: [String: Any] = [:]) async throws -> TestClient.Answer {
        let whole = ["text": "The street light by the school is dark"].merging(question) { $1 }
        return try await post("/contacts", ["channel": "telephone", "questions": [whole]].merging(more) { $1 })
    }

    /// The path of a new case.
    func newCase(_ question: [String: Any] = [:], _ more: [String: Any] = [:]) async throws -> String {
        let answer = try await contact(question, more)
        #expect(answer.status == 201, "\(answer.body)")
        return "/cases/" + (answer.cases.first.flatMap(\.self) ?? "none")
    }

    /// How many rows a table holds of the municipality.
    func count(_ condition: SQL) async throws -> Int {
        try await torg.installation.read(torg.sandvik) { op in
            try op.tx.value("SELECT count(*) FROM \(condition) AND municipality = \(op.tenant)") ?? 0
        }
    }

    func close() async { await torg.close() }
}

extension TestClient.Answer {
    var state: String? { json["state"] as? String }
    var code: String? { json["code"] as? String }
    var items: [[String: Any]] { json["items"] as? [[String: Any]] ?? [] }
    var numbers: [String] { items.compactMap { $0["number"] as? String } }
    var next: String? { json["next"] as? String }
    /// The case of each question of a registered contact.
    var cases: [String?] { (json["questions"] as? [[String: Any]] ?? []).map { $0["case"] as? String } }
    /// `field code` of each wrong field.
    var faults: [String] {
        (json["errors"] as? [[String: Any]] ?? []).map {
            "\($0["field"] as? String ?? "-") \($0["code"] as? String ?? "-")"
        }
    }
}
