import Domain
import Testing

@testable import App
@testable import Support

/// The keys and the hints of the case page, in every state.
@Suite struct ShortcutTests {
    /// Two forms with one key: the second could never be reached by it.
    @Test func everyKeyStandsOnceInEveryState() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await SecondPersonScene.add("all", to: torg, role: "handler", units: ["Roads"])
        let all = Permission.allCases.map(\.rawValue).sorted().joined(separator: " ")
        try await torg.installation.write(torg.sandvik) { op in
            try op.tx.run("UPDATE roles SET permissions = \(all) WHERE municipality = \(op.tenant)")
            try op.organisation.touch()
        }
        try await client.useToken(of: "all")
        try await client.logIn(as: "all")
        let steps: [(CaseState, [(path: String, fields: [String: Any])])] = [
            (.new, []),
            (.passedOn, [("routing", ["unit": torg.text("Roads")])]),
            (.underway, [("routing", ["unit": torg.text("Roads")]), ("acknowledgement", [:])]),
            (
                .parked,
                [
                    ("routing", ["unit": torg.text("Roads")]), ("acknowledgement", [:]),
                    ("parking", ["until": "2026-08-03", "reason": "Ice"]),
                ]
            ),
            (
                .awaitingCitizen,
                [
                    ("routing", ["unit": torg.text("Roads")]), ("acknowledgement", [:]),
                    ("waiting", ["message": "Which lamp?"]),
                ]
            ),
            (
                .closed,
                [("closure", ["answer": "Mended", "outcome": "no_action", "reason": "already_mended"])]
            ),
        ]
        #expect(Set(steps.map(\.0)) == Set(CaseState.allCases))
        for (state, calls) in steps {
            for isReached in [true, false] {
                let person = isReached ? ["name": "Kim", "email": "kim@example.org"] : ["name": "Kim"]
                let opened = try await client.call(
                    .post, "/contacts",
                    [
                        "channel": "telephone", "person": person,
                        "questions": [["text": "Dark", "category": torg.text("Street light")]],
                    ])
                let number = try #require(opened.cases[0])
                for call in calls {
                    let answer = try await client.call(.post, "/cases/\(number)/\(call.path)", call.fields)
                    #expect(answer.status == 200, "\(state) \(call.path) \(answer.body)")
                }
                let body = try await client.get("/sandvik/cases/\(number)").body
                let keys = body.matches(of: /aria-keyshortcuts="([^"]+)"/).map { String($0.1) }
                #expect(keys.count == Set(keys).count, "\(state): \(keys.sorted())")
                #expect(!keys.isEmpty)
            }
        }
        await torg.close()
    }

    /// Parking promises no more than it does.
    @Test(arguments: [
        (["name": "Kim", "email": "kim@example.org"], true, "is told the day in a message, but not why"),
        (["name": "Kim", "email": "kim@example.org"], false, "wants no message about each step"),
        (
            ["name": "Kim", "phone": "90012345"], true,
            "No message reaches Kim (900\u{a0}12\u{a0}345): call and tell them"
        ),
        ([:], false, "is anonymous, so nobody is told the day"),
    ])
    func parkingSaysWhoIsTold(person: [String: String], wantsUpdates: Bool, hint: String) async throws {
        var sent: [String: Any] = person
        if wantsUpdates { sent["wants_updates"] = true }
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.useToken(of: "agent")
        let opened = try await client.call(
            .post, "/contacts",
            [
                "channel": "telephone", "person": sent,
                "questions": [["text": "Dark", "category": torg.text("Street light")]],
            ])
        let number = try #require(opened.cases[0])
        try await client.useToken(of: "handler")
        _ = try await client.call(.post, "/cases/\(number)/acknowledgement", [:])
        try await client.logIn(as: "handler")
        let body = try await client.get("/sandvik/cases/\(number)").body
        #expect(body.contains(hint))
        await torg.close()
    }
}
