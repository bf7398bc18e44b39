import Adapters
import Database
import Domain
import Foundation
import Synchronization
import Testing

@testable import App
@testable import Support

/// A municipality in which all words are canaries.
extension ConfidentialMailTests {
    static func secretCase(in torg: TestTorg) async throws -> (Case, ID<CaseEvent>) {
        let client = TestClient(torg)
        try await client.useToken(of: "agent")
        let answer = try await client.call(
            .post, "/contacts",
            ["channel": "telephone", "questions": [["text": canary, "category": torg.text("Care")]]])
        #expect(answer.status == 201)
        return try await torg.read { op in
            let row = try #require(try op.tx.row("SELECT * FROM cases WHERE municipality = \(op.tenant)"))
            let event: ID<CaseEvent> = try #require(
                try op.tx.value("SELECT id FROM events WHERE municipality = \(op.tenant) AND case_id IS NOT NULL"))
            return (try Case(row), event)
        }
    }

    struct Work {
        var api: Api
        var installation: Installation
        let client: TestClient
        var torg: TestTorg { api.torg }

        func become(_ login: String) async throws { try await client.useToken(of: login) }
        func post(_ path: String, _ fields: [String: Any]) async throws -> TestClient.Answer {
            try await client.call(.post, path, fields)
        }
        func delete(_ path: String, _ fields: [String: Any]) async throws -> TestClient.Answer {
            try await client.call(.delete, path, fields)
        }
        func newCase(_ question: [String: Any], _ more: [String: Any] = [:]) async throws -> String {
            let answer = try await post(
                "/contacts", ["channel": "telephone", "questions": [question]].merging(more) { $1 })
            #expect(answer.status == 201, "\(answer.body)")
            return "/cases/" + (answer.cases.first.flatMap(\.self) ?? "none")
        }
        func close() async { await api.close() }
    }

    static func work() async throws -> (Work, Lines) {
        let api = try await Api()
        let torg = api.torg
        try await torg.organise()
        let texts = Lines()
        var installation = torg.installation
        installation.settings.sms = SMSGateway(url: "https://sms.example.org", from: "Sandvik")
        installation.sendSMS = { _, to, text, id in texts.add("\(to) \(text) \(id)") }
        try await installation.write(torg.sandvik) { op in
            try op.tx.run("UPDATE municipalities SET sms_to_citizens = 1, created_at = 0 WHERE id = \(op.tenant)")
            let (roads, care): (ID<Domain.Unit>, ID<Domain.Category>) = (torg.id("Roads"), torg.id("Care"))
            try op.tx.run(
                "UPDATE units SET name = \("Unit \(canary)") WHERE municipality = \(op.tenant) AND id = \(roads)")
            try op.tx.run(
                """
                UPDATE category_names SET name = \("Category \(canary)")
                WHERE municipality = \(op.tenant) AND category_id = \(care)
                """)
            for text in EditableText.all where text.group == .mail || text.group == .state {
                let own = canary + " " + text.placeholders.map { "{\($0)}" }.joined(separator: " ")
                for language in Catalogues.languages {
                    try op.tx.run(
                        """
                        INSERT INTO texts (municipality, key, language, body)
                        VALUES (\(op.tenant), \(text.key), \(language), \(own))
                        """)
                }
            }
            try op.organisation.touch()
        }
        let client = TestClient(torg, installation: installation)
        try await client.useToken(of: "agent")
        return (Work(api: api, installation: installation, client: client), texts)
    }
}
