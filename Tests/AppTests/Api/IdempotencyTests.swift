import Domain
import Foundation
import Support
import Testing

@testable import App

/// A repeated request gets the first answer, and nothing happens twice.
@Suite struct IdempotencyTests {
    private let body: [String: Any] = ["channel": "visit", "questions": [["text": "The playground swing is broken"]]]

    @Test func aRepeatGetsTheFirstAnswer() async throws {
        let api = try await Api()
        let first = try await api.post("/contacts", body, key: "a-1")
        api.torg.advance(days: 2)
        let second = try await api.post("/contacts", body, key: "a-1")
        #expect((first.status, first.body) == (201, second.body))
        #expect(second.status == 201)
        #expect(try await api.count("contacts WHERE 1 = 1") == 1)
        #expect(try await api.count("cases WHERE 1 = 1") == 1)
        await api.close()
    }

    @Test func anotherRequestWithTheKeyIsRefused() async throws {
        let api = try await Api()
        _ = try await api.post("/contacts", body, key: "a-1")
        let other = try await api.post("/contacts", body.merging(["channel": "chat"]) { $1 }, key: "a-1")
        #expect((other.status, other.code) == (422, "idempotency_key.reused"))
        let path = try await api.newCase()
        let elsewhere = try await api.post(path + "/acknowledgement", body, key: "a-1")
        #expect((elsewhere.status, elsewhere.code) == (422, "idempotency_key.reused"))
        await api.close()
    }

    @Test func aKeyBelongsToItsUser() async throws {
        let api = try await Api(as: "agent")
        let first = try await api.post("/contacts", body, key: "a-1")
        let path = "/cases/" + (first.cases[0] ?? "")
        try await api.become("handler")
        #expect(try await api.post(path + "/acknowledgement", [:], key: "a-1").status == 404)
        await api.close()
    }

    @Test func anErrorIsNotKept() async throws {
        let api = try await Api()
        let path = try await api.newCase()
        let early = try await api.post(path + "/feedback", [:], key: "f")
        #expect((early.status, early.faults) == (422, ["message required"]))
        let good = try await api.post(path + "/feedback", ["message": "We are on it"], key: "f")
        #expect(good.status == 200)
        let again = try await api.post(path + "/feedback", ["message": "We are on it"], key: "f")
        #expect(again.body == good.body)
        #expect(try await api.count("events WHERE kind = 'feedback_given'") == 1)
        await api.close()
    }

    @Test func aMoveIsMadeOnce() async throws {
        let api = try await Api()
        let path = try await api.newCase()
        let first = try await api.post(path + "/acknowledgement", [:], key: "k")
        let second = try await api.post(path + "/acknowledgement", [:], key: "k")
        #expect((first.status, second.status) == (200, 200))
        #expect(try await api.post(path + "/acknowledgement", [:], key: "l").status == 409)
        await api.close()
    }

    @Test func aRepeatShowsNothingThatIsNoLongerTheirs() async throws {
        let api = try await Api()
        let path = try await api.newCase(["unit": api.torg.text("Roads")])
        try await api.become("handler")
        #expect(try await api.post(path + "/acknowledgement", [:], key: "k").status == 200)
        #expect(try await api.post(path + "/routing", ["unit": api.torg.text("Water")], key: "r").status == 200)
        #expect(try await api.post(path + "/acknowledgement", [:], key: "k").status == 404)
        #expect(try await api.post(path + "/routing", ["unit": api.torg.text("Water")], key: "r").status == 404)
        await api.close()
    }

    @Test func aRepeatThatShowsAConfidentialCaseIsRecorded() async throws {
        let api = try await Api()
        let path = try await api.newCase(["category": api.torg.text("Care")])
        try await api.become("plumber")
        _ = try await api.post(path + "/acknowledgement", [:], key: "k")
        let before = try await api.count("readings WHERE 1 = 1")
        #expect(try await api.post(path + "/acknowledgement", [:], key: "k").status == 200)
        #expect(try await api.count("readings WHERE 1 = 1") == before + 1)
        await api.close()
    }

    @Test func repeatsAtTheSameTimeMakeOne() async throws {
        let api = try await Api()
        let (torg, token) = (api.torg, api.client.bearer)
        let answers = try await withThrowingTaskGroup(of: TestClient.Answer.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    let client = TestClient(torg)
                    client.bearer = token
                    return try await client.call(
                        .post, "/contacts", ["channel": "visit", "questions": [["text": "At once"]]],
                        headers: ["Idempotency-Key": "same"])
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.map(\.status) == Array(repeating: 201, count: 8))
        #expect(Set(answers.map(\.body)).count == 1)
        #expect(try await api.count("contacts WHERE 1 = 1") == 1)
        await api.close()
    }

    @Test(arguments: [String(repeating: "x", count: 201), "with space", "ø"])
    func aKeyIsVisibleASCII(key: String) async throws {
        let api = try await Api()
        let answer = try await api.post("/contacts", body, key: key)
        #expect((answer.status, answer.faults) == (422, ["Idempotency-Key invalid"]))
        #expect(try await api.count("contacts WHERE 1 = 1") == 0)
        await api.close()
    }
}
