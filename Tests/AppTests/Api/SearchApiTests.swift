import Foundation
import Support
import Testing

@testable import App

/// `GET /search`, and the lists of contacts.
@Suite struct SearchApiTests {
    private func groups(_ answer: TestClient.Answer) -> [(kind: String, titles: [String])] {
        (answer.json["groups"] as? [[String: Any]] ?? []).map { group in
            let items = group["items"] as? [[String: Any]] ?? []
            return (group["kind"] as? String ?? "", items.compactMap { $0["title"] as? String })
        }
    }

    @Test func aSearchAnswersByKind() async throws {
        let api = try await Api()
        let path = try await api.newCase(["text": "Zebra crossing is worn"])
        let answered = try await api.contact(["text": "Zebra or not?", "answered": true], ["person": ["name": "Kim"]])
        let both = try await api.get("/search?q=zebra")
        #expect(both.status == 200, "\(both.body)")
        #expect(groups(both).map(\.kind) == ["case", "contact"])
        #expect(
            groups(both).map(\.titles) == [["Zebra crossing is worn"], ["Zebra or not?", "Zebra crossing is worn"]])
        let contacts = (both.json["groups"] as? [[String: Any]])?.last?["items"] as? [[String: Any]]
        let first = try #require(contacts?.first)
        let id = answered.json["id"] as? String ?? ""
        #expect((first["id"] as? String, first["url"] as? String) == (id, "/sandvik/contacts/\(id)"))
        #expect(first["number"] is NSNull)
        #expect((first["text"] as? String)?.hasSuffix(" · Kim · Telephone · registered by Agent") == true)
        #expect("/cases/\(contacts?.last?["number"] as? String ?? "")" == path)
        #expect(groups(try await api.get("/search?q=zebra&kinds=contact&limit=1")).map(\.titles) == [["Zebra or not?"]])
        // Kinds of which nothing is kept yet are no mistake; other words are.
        #expect(groups(try await api.get("/search?q=zebra&kinds=person,case")).map(\.kind) == ["case"])
        #expect(groups(try await api.get("/search?q=zebra&kinds=article")).isEmpty)
        for wrong in [
            "q=zebra&kinds=cases", "q=zebra&kinds=case,", "q=zebra&kinds=", "q=", "kinds=case", "q=a&limit=51",
        ] {
            let refused = try await api.get("/search?" + wrong)
            #expect((refused.status, refused.code) == (422, "input.invalid"), "\(wrong)")
        }
        #expect(groups(try await api.get("/search?q=%3F%3F")).map(\.titles) == [[], []])
        await api.close()
    }

    @Test func contactsAreListedByWhenTheyCameIn() async throws {
        let api = try await Api()
        func register(_ text: String, at: String?) async throws {
            let sent = try await api.contact(["text": text, "answered": true], at.map { ["at": $0] } ?? [:])
            #expect(sent.status == 201, "\(sent.body)")
        }
        try await register("One", at: "2026-07-18T08:00:00Z")
        try await register("Two", at: nil)
        // Registered last, and came in first.
        try await register("Three", at: "2026-07-17T21:59:00Z")
        func texts(_ query: String) async throws -> [String] {
            let answer = try await api.get("/contacts?" + query)
            #expect(answer.status == 200, "\(answer.body)")
            return answer.items.compactMap { (($0["questions"] as? [[String: Any]])?.first?["text"]) as? String }
        }
        #expect(try await texts("") == ["Two", "One", "Three"])
        #expect(try await texts("from=2026-07-18") == ["Two", "One"])
        #expect(try await texts("to=2026-07-18") == ["One", "Three"])
        #expect(try await texts("from=2026-07-18&to=2026-07-18") == ["One"])
        #expect(try await texts("from=2026-07-18T08:00:00Z&to=2026-07-20T00:00:00Z") == ["One"])
        #expect(try await texts("text=t") == [], "one letter is a word of its own")
        #expect(try await texts("text=th") == ["Three"])
        let first = try await api.get("/contacts?limit=2")
        #expect(try await texts("limit=2&cursor=" + (first.next ?? "")) == ["Three"])
        for wrong in ["from=yesterday", "to=", "cursor=1", "limit=201", "text="] {
            #expect(try await api.get("/contacts?" + wrong).status == 422, "\(wrong)")
        }
        #expect(try await api.get("/contacts/1").status == 404)
        #expect(try await api.get("/contacts/x").status == 404)
        await api.close()
    }

    /// Reading a confidential case by one of its contacts is a reading as any other.
    @Test func whoReadsIsRecorded() async throws {
        let api = try await Api()
        let sent = try await api.contact(["category": api.torg.text("Care")])
        #expect(try await api.count("readings WHERE kind = 'read'") == 0)
        try await api.become("plumber")
        #expect(try await api.get("/contacts/\(sent.json["id"] as? String ?? "")").status == 200)
        #expect(try await api.count("readings WHERE kind = 'read'") == 1)
        #expect(try await api.get("/contacts").items.count == 1)
        #expect(try await api.count("readings WHERE kind = 'read'") == 2)
        #expect(try await api.get("/search?q=street").status == 200)
        #expect(try await api.count("readings WHERE kind = 'read'") == 2, "a line is none")
        await api.close()
    }
}
