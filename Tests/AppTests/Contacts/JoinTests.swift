import Domain
import Foundation
import Support
import Testing

@testable import App

/// A further contact about a case brings along what it tells.
@Suite struct JoinTests {
    private func number(_ path: String) -> String { String(path.dropFirst("/cases/".count)) }

    @Test func aConfidentialQuestionMakesTheCaseConfidential() async throws {
        let api = try await Api()
        let path = try await api.newCase(["unit": api.torg.text("Roads")])
        try await api.become("handler")
        #expect(try await api.post(path + "/acknowledgement").state == "underway")
        try await api.become("agent")
        #expect(try await api.get(path).status == 200)
        let joined = try await api.contact([
            "case": number(path), "text": "My son is ill and cannot pass there", "confidential": true,
        ])
        #expect(joined.status == 201)
        // From now on only its unit, which has to look at it anew.
        #expect(try await api.get(path).status == 404)
        #expect(try await api.get("/cases?text=son").items.isEmpty)
        try await api.become("plumber")
        #expect(try await api.get(path).status == 404)
        try await api.become("handler")
        let shown = try await api.get(path)
        #expect((shown.json["confidential"] as? Bool, shown.state) == (true, "passedOn"))
        let last = try await api.get(path + "/events").items.last
        #expect(last?["kind"] as? String == "joined")
        #expect((last?["data"] as? [String: Any])?["marks"] as? [String] == ["confidential"])
        try await api.client.logIn(as: "handler")
        #expect(try await api.client.get("/sandvik" + path).body.contains("Marked now: Confidential"))
        await api.close()
    }

    @Test func soDoesTheCategoryOfTheQuestion() async throws {
        let api = try await Api()
        let path = try await api.newCase(["unit": api.torg.text("Roads")])
        #expect(
            try await api.contact(["case": number(path), "category": api.torg.text("Care")]).status == 201)
        #expect(try await api.get(path).status == 404)
        try await api.become("handler")
        let shown = try await api.get(path)
        #expect(shown.json["confidential"] as? Bool == true)
        // What the case is about stays as it was.
        #expect(shown.json["category"] is NSNull)
        await api.close()
    }

    @Test func acuteAndThePlaceComeAlongAndNothingIsTakenAway() async throws {
        let api = try await Api()
        let path = try await api.newCase(["unit": api.torg.text("Roads")])
        let joining: [String: Any] = [
            "case": number(path), "acute": true, "must_be_answered": true, "place": "Storgata 1",
            "position": ["lat": 58.146, "lon": 7.995],
        ]
        #expect(try await api.contact(joining).status == 201)
        let shown = try await api.get(path).json
        #expect((shown["acute"] as? Bool, shown["must_be_answered"] as? Bool) == (true, true))
        #expect(shown["place"] as? String == "Storgata 1")
        #expect(shown["position"] as? [String: Double] == ["lat": 58.146, "lon": 7.995])
        #expect(shown["state"] as? String == "passedOn")
        #expect(try await api.contact(["case": number(path), "place": "Somewhere else"]).status == 201)
        let after = try await api.get(path).json
        #expect((after["acute"] as? Bool, after["place"] as? String) == (true, "Storgata 1"))
        await api.close()
    }

    @Test func aClosedCaseBecomesConfidentialAndStaysClosed() async throws {
        let api = try await Api()
        let path = try await api.newCase(["unit": api.torg.text("Roads")])
        _ = try await api.post(path + "/closure", ["answer": "No", "outcome": "no_action", "reason": "Not ours"])
        let told: [String: Any] = ["case": number(path), "answered": true, "confidential": true, "acute": true]
        #expect(try await api.contact(told).status == 201)
        #expect(try await api.get(path).status == 404)
        try await api.become("handler")
        let shown = try await api.get(path)
        #expect((shown.state, shown.json["acute"] as? Bool) == ("closed", false))
        await api.close()
    }
}
