import Database
import Domain
import Foundation
@testable import Support
import Testing

@testable import App

/// Whoever may register contacts and has the number of a confidential case helps the caller, and reads nothing.
@Suite struct ExistenceTests {
    private func isSilent(_ body: String) -> Bool { !SecretWorld.words.contains { body.contains($0) } }

    @Test(arguments: [true, false]) func theNumberLeadsToWhatToSay(_ isDiscreet: Bool) async throws {
        var world = try await SecretWorld(isDiscreet: isDiscreet)
        try await world.open()
        let page = "/sandvik/cases/\(world.number)"
        for login in ["agent", "colleague", "registrar", "superuser"] {
            let client = try await world.browser(of: login)
            let answer = try await client.get(page)
            #expect(answer.status == 200, "\(login)")
            #expect(answer.body.contains("Confidential") && answer.body.contains("\(world.number)"))
            #expect(answer.body.contains(", at Barnevern") == !isDiscreet)
            #expect(answer.body.contains("20 30 40 50") == !isDiscreet)
            #expect(answer.body.contains("10 00 00 00") == isDiscreet)
            #expect(isSilent(answer.body) && !answer.body.contains("Bekymring") && !answer.body.contains("Worker"))
            #expect(answer.body.contains("Those who have the case will call you back and agree a word with you"))
            // The exact number, typed into the search, leads there too.
            #expect(try await client.get("/sandvik/search?q=\(world.number)").location == page)
            #expect(try await client.get("/sandvik/search?q=\(world.number)".replacing("-", with: "")).location == page)
        }
        let looks = try await world.readings().filter { $0.hasSuffix("existence") }
        #expect(looks.sorted() == ["agent", "colleague", "registrar", "superuser"].map { $0 + " existence" })
        for login in ["handler", "receiver", "substitute", "standin", "owner", "counter", "admin"] {
            let client = try await world.browser(of: login)
            #expect(try await client.get(page).status == 404, "\(login)")
            #expect(try await client.get("/sandvik/search?q=\(world.number)").status == 200)
        }
        #expect(try await world.readings().filter { $0.hasSuffix("existence") }.count == 4)
        await world.torg.close()
    }

    @Test func aMisheardNumberProposesNothingThatIsKept() async throws {
        var world = try await SecretWorld()
        try await world.open()
        let wrong = "\(world.number)".dropLast() + (("\(world.number)".last == "0") ? "1" : "0")
        let client = try await world.browser(of: "agent")
        let answer = try await client.get("/sandvik/search?q=\(wrong)")
        #expect(answer.status == 200 && !answer.body.contains("\(world.number)"))
        await world.torg.close()
    }

    @Test func whoRegisteredItSeesWhatWasPromisedAndNoMore() async throws {
        var world = try await SecretWorld(isDiscreet: false)
        try await world.open()
        let agent = try await world.browser(of: "agent")
        let page = "/sandvik/contacts/\(world.contact)"
        let first = try await agent.get(page)
        #expect(first.status == 200 && first.body.contains("Confidential, at Barnevern"))
        #expect(first.body.contains("\(world.number)") && first.body.contains("20 30 40 50"))
        #expect(first.body.contains("You will hear from us by"))
        #expect(isSilent(first.body) && !first.body.contains("Bekymring"))
        #expect(try await world.readings().last == "agent existence")
        // Whatever happens to it there shows in nothing.
        let worker = TestClient(world.torg)
        try await worker.useToken(of: "worker")
        let path = "/cases/\(world.number)"
        _ = try await worker.call(.post, path + "/recoding", ["category": world.torg.text("Bekymring")])
        _ = try await worker.call(.post, path + "/feedback", ["message": "We are on it"])
        let closed = try await worker.call(
            .post, path + "/closure",
            ["outcome": "no_action", "reason": "other", "answer": "Done"])
        #expect(closed.status == 200, "\(closed.body)")
        let after = try await agent.get(page)
        #expect(plain(after.body) == plain(first.body))
        #expect(try await world.browser(of: "colleague").get(page).status == 404)
        #expect(try await world.browser(of: "worker").get(page).body.contains("Zebrafisk"))
        await world.torg.close()
    }

    private func plain(_ page: String) -> String {
        page.replacing(/name="form" value="[^"]+"/, with: "")
    }

    @Test func aDiscreetUnitIsNotNamedToWhoRegisteredIt() async throws {
        var world = try await SecretWorld()
        try await world.open()
        let agent = try await world.browser(of: "agent")
        let body = try await agent.get("/sandvik/contacts/\(world.contact)").body
        #expect(body.contains("Confidential") && body.contains("10 00 00 00"))
        #expect(!body.contains("Barnevern") && !body.contains("Bekymring") && isSilent(body))
        await world.torg.close()
    }

    @Test func aContactIsJoinedOnThePageAndReadsNothing() async throws {
        var world = try await SecretWorld()
        try await world.open()
        let colleague = try await world.browser(of: "colleague")
        let page = "/sandvik/contacts/new?case=\(world.number)"
        let form = try await colleague.get(page).body
        #expect(form.contains("value=\"\(world.number)\"") && isSilent(form))
        let sent = try await colleague.fill(
            page, to: "/sandvik/contacts", ["q1_text": ["She calls again"], "name": ["A caller"]])
        #expect(sent.status == 303, "\(sent.body)")
        let shown = try await colleague.get(try #require(sent.location))
        #expect(shown.status == 200 && shown.body.contains("Confidential") && isSilent(shown.body))
        #expect(!shown.body.contains("Bekymring") && !shown.body.contains("Barnevern"))
        #expect(try await world.readings().contains("colleague joined"))
        // Whoever has it is told, by letter and bell.
        let letters = try await world.torg.read { op in
            try op.tx.rows(
                "SELECT address, body FROM outbox WHERE municipality = \(op.tenant) AND kind = 'contact_joined'"
            ).map { (try $0["address"] as String, try $0["body"] as String) }
        }
        #expect(letters.map(\.0) == ["chief@sandvik.example"])
        #expect(letters.allSatisfy { isSilent($0.1) && !$0.1.contains("She calls") })
        #expect(try await world.browser(of: "chief").get("/sandvik/alerts").body.contains("in touch again"))
        #expect(
            try await world.browser(of: "worker").get("/sandvik/cases/\(world.number)").body.contains("She calls again")
        )
        await world.torg.close()
    }

    /// With the caller on the line: whom to call first, whoever may read the case.
    @Test(arguments: [true, false]) func somethingAcuteIsMetWithWhomToCallAndToldAtOnce(_ isOnPage: Bool) async throws {
        var world = try await SecretWorld()
        try await world.open()
        let text = "Det brenner hos henne"
        if isOnPage {
            let colleague = try await world.browser(of: "colleague")
            let sent = try await colleague.fill(
                "/sandvik/contacts/new?case=\(world.number)", to: "/sandvik/contacts",
                ["q1_text": [text], "emergency_seen": ["1"]])
            let shown = try await colleague.get(try #require(sent.location))
            #expect(shown.body.contains("Say first: Is anyone in danger? Call 110") && isSilent(shown.body))
        } else {
            let api = TestClient(world.torg)
            try await api.useToken(of: "registrar")
            let joined = try await api.call(
                .post, "/contacts",
                ["channel": "telephone", "questions": [["text": text, "case": "\(world.number)"]]])
            #expect(joined.status == 201 && joined.cases == ["\(world.number)"])
            #expect(Set(joined.json.keys) == ["id", "questions"] && isSilent(joined.body))
        }
        let worker = TestClient(world.torg)
        try await worker.useToken(of: "worker")
        let shown = try await worker.call(.get, "/cases/\(world.number)")
        #expect(shown.json["acute"] as? Bool == true && shown.body.contains(text))
        let told = try await world.torg.mails().filter { $0.kind == .acute }
        #expect(!told.isEmpty && told.allSatisfy { !$0.body.contains("brenner") && isSilent($0.body) })
        await world.torg.close()
    }

    @Test func theAPIJoinsAndStaysSilent() async throws {
        var world = try await SecretWorld()
        try await world.open()
        let api = TestClient(world.torg)
        try await api.useToken(of: "registrar")
        #expect(try await api.call(.get, "/cases/\(world.number)").status == 404)
        let joining: [String: Any] = [
            "channel": "telephone", "questions": [["text": "About the same", "case": "\(world.number)"]],
        ]
        let joined = try await api.call(.post, "/contacts", joining)
        #expect(joined.status == 201 && joined.cases == ["\(world.number)"] && isSilent(joined.body))
        #expect(Set(joined.json.keys) == ["id", "questions"])
        #expect(try await world.readings().last == "registrar joined")
        try await api.useToken(of: "handler")
        #expect(try await api.call(.post, "/contacts", joining).status == 403)
        await world.torg.close()
    }

    @Test func aClosedOneIsOpenedAgainWithoutSayingSo() async throws {
        var world = try await SecretWorld()
        try await world.open()
        let path = "/cases/\(world.number)"
        let worker = TestClient(world.torg)
        try await worker.useToken(of: "worker")
        let taken = ["outcome": "measures_taken", "answer": "Done"]
        let done = ["measure_what": "Visit", "measure_who": "Us", "measure_done_at": "2026-07-20"]
        #expect(try await worker.call(.post, path + "/closure", taken.merging(done) { $1 }).state == "closed")
        let api = TestClient(world.torg)
        try await api.useToken(of: "agent")
        let joined = try await api.call(
            .post, "/contacts",
            ["channel": "telephone", "questions": [["text": "She is still hurt", "case": "\(world.number)"]]])
        #expect(joined.status == 201 && joined.cases == ["\(world.number)"])
        #expect(try await worker.call(.get, path).state == "underway")
        // What had been done did not help.
        #expect(
            try await worker.call(.post, path + "/closure", taken).json["code"] as? String == "closure.measure_required"
        )
        await world.torg.close()
    }
}
