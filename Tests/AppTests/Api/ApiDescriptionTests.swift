import Domain
import Foundation
import Support
import Testing

@testable import App

/// What the API says of itself against what it is. The answers are compared in Tests/Api.
@Suite struct ApiDescriptionTests {
    @Test func itNamesEveryCallAndNoOther() async throws {
        let torg = try await TestTorg()
        let described = try await description(of: torg)
        let paths = try #require(described["paths"] as? [String: [String: Any]])
        let methods = ["get", "post", "put", "patch", "delete"]
        let named = Set(
            paths.flatMap { path, item in
                item.keys.filter(methods.contains).map { "\($0.uppercased()) \(path)" }
            })
        let prefix = "/api/v1"
        let answered = Set(
            Route.all(torg.installation).filter { $0.path.hasPrefix(prefix) }.map { route in
                let path = route.path.dropFirst(prefix.count).split(separator: "/").map { part in
                    part.hasPrefix(":") ? "{\(part.dropFirst())}" : String(part)
                }
                return "\(route.method.rawValue) /" + path.joined(separator: "/")
            })
        #expect(named == answered)
        await torg.close()
    }

    @Test func itsListsAreThoseOfTheCode() async throws {
        let torg = try await TestTorg()
        let described = try await description(of: torg)
        let components = try #require(described["components"] as? [String: Any])
        let schemas = try #require(components["schemas"] as? [String: [String: Any]])
        func list(_ name: String) -> [String] { schemas[name]?["enum"] as? [String] ?? [] }
        #expect(list("Channel") == Contact.Channel.allCases.map(\.rawValue))
        #expect(list("Direction") == Contact.Direction.allCases.map(\.rawValue))
        #expect(list("CaseState") == CaseState.allCases.map(\.rawValue))
        #expect(list("DeadlineKind") == DeadlineKind.allCases.map(\.rawValue))
        #expect(list("Outcome") == Outcome.allCases.map(\.rawValue))
        let event = schemas["Event"]?["properties"] as? [String: [String: Any]]
        #expect(event?["kind"]?["enum"] as? [String] == CaseEvent.Kind.allCases.map(\.rawValue))
        let text = String(decoding: torg.installation.apiDescription.document, as: UTF8.self)
        for refusal in CaseRefusal.allCases { #expect(text.contains("\"\(refusal.rawValue)\"")) }
        await torg.close()
    }

    private func description(of torg: TestTorg) async throws -> [String: Any] {
        let answer = try await TestClient(torg).get("/api/v1/openapi.json")
        #expect(answer.status == 200)
        #expect(answer.headers[.contentType] == "application/json")
        return answer.json
    }
}
