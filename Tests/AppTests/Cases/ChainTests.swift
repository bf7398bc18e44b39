import Domain
import Foundation
import Support
import Testing

@testable import App

/// The main chain through the API: registered, passed on, acknowledged, answered, closed, reopened.
@Suite struct ChainTests {
    @Test func aContactBecomesACaseAndIsFollowedToItsEnd() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.useToken(of: "agent")
        let registered = try await client.call(
            .post, "/contacts",
            [
                "channel": "telephone", "person": ["name": "A. Ås", "email": "a@example.org"],
                "questions": [
                    ["text": "The street light by the school is dark", "category": torg.text("Street light")]
                ],
            ])
        #expect(registered.status == 201)
        let questions = try #require(registered.json["questions"] as? [[String: Any]])
        let number = try #require(questions[0]["case"] as? String)

        let opened = try await client.call(.get, "/cases/\(number)")
        #expect(opened.json["state"] as? String == "new")
        #expect(opened.json["next_due_kind"] as? String == "acknowledge")

        let passed = try await client.call(
            .post, "/cases/\(number)/routing", ["unit": torg.text("Roads"), "note": "Soon, please"])
        #expect(passed.status == 200)
        #expect(passed.json["state"] as? String == "passedOn")

        try await client.useToken(of: "handler")
        let acknowledged = try await client.call(.post, "/cases/\(number)/acknowledgement", [:])
        #expect(acknowledged.json["state"] as? String == "underway")
        let again = try await client.call(.post, "/cases/\(number)/acknowledgement", [:])
        #expect(again.status == 409)
        #expect(again.json["code"] as? String == "case.already_acknowledged")

        let early = try await client.call(
            .post, "/cases/\(number)/closure", ["answer": "Mended", "outcome": "measures_taken"])
        #expect(early.status == 422)
        #expect(early.json["code"] as? String == "closure.measure_required")
        let measure = try await client.call(
            .post, "/cases/\(number)/measures",
            ["kind": "corrective", "what": "New lamp", "who": "Roads", "done_at": "2026-07-20"])
        #expect(measure.status == 201)
        let closed = try await client.call(
            .post, "/cases/\(number)/closure", ["answer": "Mended", "outcome": "measures_taken"])
        #expect(closed.json["state"] as? String == "closed")
        let reopened = try await client.call(.delete, "/cases/\(number)/closure", ["reason": "Still dark"])
        #expect(reopened.json["state"] as? String == "underway")

        let events = try await client.call(.get, "/cases/\(number)/events")
        let kinds = (events.json["items"] as? [[String: Any]] ?? []).compactMap { $0["kind"] as? String }
        #expect(kinds == ["case_opened", "routed", "acknowledged", "measure_added", "closed", "reopened"])
        await torg.close()
    }
}
