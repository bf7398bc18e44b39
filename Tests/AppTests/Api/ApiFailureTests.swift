import Domain
import Foundation
import HTTPTypes
import Support
import Testing

@testable import App

/// Problem JSON, whatever goes wrong.
@Suite struct ApiFailureTests {
    @Test func everyProblemIsOfOneShape() async throws {
        let api = try await Api()
        let problems = [
            try await api.get("/nowhere"), try await api.get("/cases/26-10001-0"), try await api.get("/cases?limit=x"),
            try await api.client.send(.put, "/api/v1/cases"), try await api.client.send(.get, "/api/v1/cases?text=%ff"),
            try await api.client.call(.post, "/contacts", [:], headers: ["Content-Type": "text/plain"]),
        ]
        #expect(problems.map(\.status) == [404, 404, 422, 405, 400, 415])
        for problem in problems {
            #expect(problem.headers[.contentType] == "application/problem+json")
            #expect(problem.json["status"] as? Int == problem.status)
            #expect(problem.json["type"] as? String == "about:blank")
            #expect(problem.code?.isEmpty == false)
            // Words, not the code again.
            #expect(problem.json["title"] as? String != problem.code)
        }
        await api.close()
    }

    @Test func aTooLargeBodyIsNotRead() async throws {
        let api = try await Api()
        let answer = try await api.client.send(
            .post, "/api/v1/contacts", body: Array(repeating: 32, count: 1 << 20 + 1),
            headers: ["Content-Type": "application/json"])
        #expect((answer.status, answer.code) == (413, "too_large"))
        await api.close()
    }

    @Test func otherMethodsSayWhichThereAre() async throws {
        let api = try await Api()
        let path = "/api/v1/cases/26-10001-0/parking"
        for method in ["GET", "PUT", "PATCH", "OPTIONS", "TRACE", "QUERY"] {
            let answer = try await api.client.send(try #require(HTTPRequest.Method(method)), path)
            #expect((answer.status, answer.headers[.allow]) == (405, "DELETE, POST"))
        }
        #expect(try await api.client.send(.put, "/api/v1/units").headers[.allow] == "GET, HEAD")
        #expect(try await api.client.send(.head, "/api/v1/units").status == 200)
        await api.close()
    }

    @Test func aDatabaseThatIsAwaySaysWhenToTryAgain() async throws {
        let api = try await Api()
        await api.close()
        for answer in [try await api.get("/cases"), try await api.contact([:])] {
            #expect((answer.status, answer.code) == (503, "unavailable"))
            #expect(answer.headers[.retryAfter].flatMap(Int.init) ?? 0 > 0)
        }
    }

    @Test func contactsThatCrossEachOtherAreBothRegistered() async throws {
        let api = try await Api()
        let (torg, token) = (api.torg, api.client.bearer)
        let numbers = [try await api.newCase(), try await api.newCase()].map { String($0.dropFirst("/cases/".count)) }
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for turn in 0..<10 {
                // Every other one joins the cases in the other order: on PostgreSQL they wait for each other.
                let order = turn.isMultiple(of: 2) ? numbers : numbers.reversed()
                group.addTask {
                    let client = TestClient(torg)
                    client.bearer = token
                    return try await client.call(
                        .post, "/contacts",
                        ["channel": "visit", "questions": order.map { ["text": "The same again", "case": $0] }]
                    ).status
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses == Array(repeating: 201, count: 10))
        await api.close()
    }
}
