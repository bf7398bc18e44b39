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
            Route.all.filter { $0.path.hasPrefix(prefix) }.map { route in
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
        let fault = schemas["FieldError"]?["properties"] as? [String: [String: Any]]
        let faults = try #require(fault?["code"]?["enum"] as? [String])
        for refusal in CaseRefusal.allCases where refusal.isAboutInput {
            #expect(faults.contains(refusal.rawValue), "a field is refused with it")
        }
        await torg.close()
    }

    @Test func itsCursorsAreThoseOfTheServer() async throws {
        let api = try await Api()
        let described = try await description(of: api.torg)
        let components = try #require(described["components"] as? [String: [String: Any]])
        let cursor = try #require(components["parameters"]?["Cursor"] as? [String: Any])
        let schema = try #require(cursor["schema"] as? [String: Any])
        let pattern = try Regex(try #require(schema["pattern"] as? String))
        for _ in 1...3 { _ = try await api.newCase(["acute": true, "unit": api.torg.text("Roads")]) }
        for path in [
            "/cases?limit=1", "/cases?limit=1&state=passedOn", "/cases?limit=1&text=street", "/units?limit=1",
        ] {
            let next = try #require(try await api.get(path).next, "\(path)")
            #expect(next.wholeMatch(of: pattern) != nil, "\(next)")
            #expect(try await api.get(path + "&cursor=" + next).status == 200)
        }
        for id in [Int64(1), 999_999_999_999_999_999, 1_000_000_000_000_000_000, 9_199_999_999_999_999_999] {
            #expect(CaseList.Cursor(order: -100_000_000_000_000, id: id).text.wholeMatch(of: pattern) != nil)
        }
        for wrong in ["1", "1.", ".1", "a.1", "1.99999999999999999999", "1.9999999999999999999", "+1.1"] {
            #expect(wrong.wholeMatch(of: pattern) == nil, "\(wrong)")
        }
        await api.close()
    }

    private func description(of torg: TestTorg) async throws -> [String: Any] {
        let answer = try await TestClient(torg).get("/api/v1/openapi.json")
        #expect(answer.status == 200)
        #expect(answer.headers[.contentType] == "application/json")
        return answer.json
    }
}
