import Domain
import Foundation
import Support
import Testing

@testable import App

/// The search page has cases and contacts, also those that were answered at once (R1.1).
@Suite struct SearchPageTests {
    private func search(_ client: TestClient, _ words: String) async throws -> TestClient.Answer {
        try await client.get("/sandvik/search?q=" + words)
    }

    @Test func whatWasAnsweredAtOnceLeadsToItsPage() async throws {
        let api = try await Api()
        try await api.client.logIn(as: "agent")
        let sent = try await api.contact(
            ["text": "When does the library open?", "answered": true, "answer": "At ten"],
            ["person": ["name": "Kjellaug Aas", "phone": "900 12 345"]])
        let page = "/sandvik/contacts/\(sent.json["id"] as? String ?? "")"
        for words in ["library", "kjellaug", "90012345", "ten"] {
            let found = try await search(api.client, words).body
            #expect(found.contains("href=\"\(page)\">When does the library open?</a>"), "\(words)")
            #expect(found.contains("Answered at once") && !found.contains(">Cases</h2>"), "\(words)")
        }
        #expect(try await api.client.get(page).status == 200)
        // A colleague who sees all cases finds it as well; who sees only their unit's does not.
        _ = try await SecondPersonScene.add("colleague", to: api.torg, role: "agent", units: ["Roads"])
        for (login, isFound) in [("colleague", true), ("handler", false)] {
            let other = TestClient(api.torg)
            try await other.logIn(as: login)
            #expect(try await search(other, "library").body.contains(page) == isFound, "\(login)")
            #expect(try await other.get(page).status == (isFound ? 200 : 404), "\(login)")
        }
        await api.close()
    }

    @Test func eachKindIsShownByItselfAndPagesOn() async throws {
        let api = try await Api()
        try await api.client.logIn(as: "agent")
        for index in 1...52 { _ = try await api.contact(["text": "Zebra \(index)", "answered": true]) }
        let path = try await api.newCase(["text": "Zebra crossing"])
        let both = try await search(api.client, "zebra").body
        #expect(both.contains("/sandvik\(path)\"") && both.contains(">Cases</h2>") && both.contains(">Contacts</h2>"))
        #expect(both.contains("Zebra 52</a>") && !both.contains("Zebra 10</a>"))
        let cases = try await search(api.client, "zebra&kind=case").body
        #expect(cases.contains("/sandvik\(path)\"") && !cases.contains(">Contacts</h2>"))
        var shown = 0
        var next: String? = "/sandvik/search?q=zebra&kind=contact"
        while let page = next {
            let body = try await api.client.get(page).body
            #expect(!body.contains(">Cases</h2>"))
            shown += body.matches(of: #/href="/sandvik/contacts/\d+"/#).count
            next = body.firstMatch(of: #/href="([^"]+)" rel="next"/#).map { String($0.1).replacing("&amp;", with: "&") }
        }
        #expect(shown == 53, "each once, with that of the case")
        await api.close()
    }

    @Test func nothingIsSaidToBeThereThatIsNot() async throws {
        let api = try await Api()
        try await api.client.logIn(as: "agent")
        #expect(try await search(api.client, "").body.contains("Write something to search for"))
        let none = try await search(api.client, "zebra").body
        #expect(none.contains("No case and no contact contains “zebra”") && !none.contains("class=\"filters\""))
        // Of one kind there may be none, and the way back is there.
        _ = try await api.contact(["text": "Zebra", "answered": true])
        let cases = try await search(api.client, "zebra&kind=case").body
        #expect(cases.contains("No case and no contact contains") && cases.contains("kind=contact"))
        let pasted = try await search(api.client, "zebra" + String(repeating: "+zebra", count: 800)).body
        #expect(pasted.contains("Zebra</a>"), "the beginning of a long text is looked for")
        for odd in ["zebra&kind=person", "zebra&after=x", "zebra&kind=contact&after=1.x"] {
            #expect(try await search(api.client, odd).body.contains("Zebra</a>"), "\(odd)")
        }
        await api.close()
    }

    /// Digits that are a wrong case number may be the telephone of somebody who was answered at once.
    @Test func aTelephoneIsNoWrongNumber() async throws {
        let api = try await Api()
        try await api.client.logIn(as: "agent")
        let number = String(try await api.newCase().dropFirst("/cases/".count)).replacing("-", with: "")
        let last = number.last == "0" ? "1" : "0"
        let wrong = number.dropLast() + last
        #expect(try await search(api.client, String(wrong)).body.contains("check digit"))
        _ = try await api.contact(["text": "Open?", "answered": true], ["person": ["phone": String(wrong)]])
        let found = try await search(api.client, String(wrong)).body
        #expect(found.contains("Open?</a>") && !found.contains("check digit"))
        await api.close()
    }
}
