import Database
import Domain
import Support
import Testing

@testable import App

/// The stop link in every mail to a citizen.
@Suite struct StopTests {
    /// A report by somebody who wants to be told, with the link from the receipt.
    private func report() async throws -> (api: Api, case: String, link: String) {
        let api = try await Api()
        let path = try await api.newCase([:], ["person": ["email": "kim@example.org", "wants_updates": true]])
        let mail = try #require(try await api.torg.mails().first)
        let link = try #require(mail.body.firstMatch(of: /http:\/\/torg.test(\/sandvik\/stop\/\S+)/)).1
        return (api, path, String(link))
    }

    private func wants(_ api: Api) async throws -> Int {
        try await api.count("contacts WHERE wants_updates = 1")
    }

    @Test func theLinkStopsAndBeginsAgain() async throws {
        let (api, path, link) = try await report()
        let client = TestClient(api.torg)
        let page = try await client.get(link)
        #expect(page.status == 200 && page.body.contains("Do you no longer want messages?"))
        #expect(try await wants(api) == 1, "looking changes nothing")
        #expect(try await client.fill(link, to: link).status == 303)
        #expect(try await wants(api) == 0)
        // A step is told nobody now; an answer is.
        _ = try await api.post(path + "/routing", ["unit": api.torg.text("Roads")])
        #expect(try await api.torg.mails().map(\.kind) == [.receipt])
        try await api.become("handler")
        _ = try await api.post(path + "/feedback", ["message": "We are on our way."])
        #expect(try await api.torg.mails().map(\.kind) == [.receipt, .feedback])
        let stopped = try await client.get(link)
        #expect(stopped.body.contains("You no longer get messages"))
        let undo = link.replacing("?", with: "/undo?")
        #expect(try await client.fill(link, to: undo).status == 303)
        #expect(try await wants(api) == 1)
        let kinds = try await api.get(path + "/events").items.compactMap { $0["kind"] as? String }
        #expect(kinds.contains("updates_stopped") && kinds.last == "updates_wanted")
        #expect(try await api.get(path + "/events").items.last?["contact"] is String, "who exactly stopped them")
        let data = try #require(try await api.get(path + "/events").items.last?["data"] as? [String: Any])
        #expect(Set(data.keys) == ["state", "contact"], "the history says nothing of who they are")
        await api.close()
    }

    @Test func aMailProgramStopsWithOnePost() async throws {
        for (type, body) in [
            ("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"),
            (
                "multipart/form-data; boundary=x",
                "--x\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--x--\r\n"
            ),
        ] {
            let (api, _, link) = try await report()
            let answer = try await TestClient(api.torg).send(
                .post, link, body: Array(body.utf8), headers: ["Content-Type": type])
            #expect(answer.status == 200)
            #expect(try await wants(api) == 0)
            let again = try await TestClient(api.torg).send(
                .post, link, body: Array(body.utf8), headers: ["Content-Type": type])
            #expect(again.status == 200)
            await api.close()
        }
    }

    @Test func aWrongKeyFindsNothing() async throws {
        let (api, _, link) = try await report()
        let client = TestClient(api.torg)
        let wrong = String(link.dropLast(2)) + "xx"
        for path in [wrong, String(link.split(separator: "?")[0]), "/sandvik/stop/7?key=x"] {
            #expect(try await client.get(path).status == 404)
            let post = try await client.send(
                .post, path, body: Array("List-Unsubscribe=One-Click".utf8),
                headers: ["Content-Type": "application/x-www-form-urlencoded"])
            #expect(post.status == 404)
        }
        #expect(try await wants(api) == 1)
        await api.close()
    }

    @Test func theHeadersFollowTheRFCs() async throws {
        let (api, _, link) = try await report()
        _ = try await api.torg.installation.deliverMessages()
        let plain = try #require(api.torg.outbox.mails.first)
        #expect(plain.headers.contains(.init("List-Unsubscribe", "<http://torg.test\(link)>")))
        #expect(!plain.headers.contains { $0.name == "List-Unsubscribe-Post" }, "RFC 8058 is for TLS only")
        var installation = api.torg.installation
        installation.settings.publicURL = "https://torg.test"
        let claim = OutboxClaim(
            installation: installation,
            municipality: try await api.torg.installation.read(api.torg.sandvik) {
                $0.municipality
            }, replyTo: nil, message: try #require(try await api.torg.mails().first), lanes: Lane.allCases)
        #expect(try claim.compose().headers.contains(.init("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")))
        await api.close()
    }

    @Test func whoHasWrittenTwiceIsOneReader() async throws {
        let (api, path, link) = try await report()
        let number = String(path.split(separator: "/")[1])
        let person: [String: Any] = ["person": ["email": "kim@example.org", "wants_updates": true]]
        #expect(try await api.contact(["case": number], person).status == 201)
        let other: [String: Any] = ["person": ["email": "aud@example.org", "wants_updates": true]]
        #expect(try await api.contact(["case": number], other).status == 201)
        let client = TestClient(api.torg)
        #expect(try await client.fill(link, to: link).status == 303)
        #expect(try await wants(api) == 1, "the other reader goes on")
        await api.close()
    }

    /// An answer goes out once to each address, with the link of whoever wrote first from there.
    @Test func theLinkStopsWhatALaterContactAskedFor() async throws {
        let api = try await Api()
        let path = try await api.newCase([:], ["person": ["email": "kim@example.org"]])
        let number = String(path.split(separator: "/")[1])
        let person: [String: Any] = ["person": ["email": "kim@example.org", "wants_updates": true]]
        #expect(try await api.contact(["case": number], person).status == 201)
        _ = try await api.post(path + "/routing", ["unit": api.torg.text("Roads")])
        try await api.become("handler")
        _ = try await api.post(path + "/feedback", ["message": "We are on our way."])
        let told = try await api.torg.mails().filter { $0.kind == .feedback }
        #expect(told.count == 1)
        let link = String(
            try #require(told.first?.body.firstMatch(of: /http:\/\/torg.test(\/sandvik\/stop\/\S+)/)).1)
        let client = TestClient(api.torg)
        #expect(try await client.get(link).body.contains("Do you no longer want messages?"))
        #expect(try await client.fill(link, to: link).status == 303)
        #expect(try await wants(api) == 0)
        #expect(try await client.get(link).body.contains("You no longer get messages"))
        await api.close()
    }

    @Test func colleaguesHaveNoStopLink() async throws {
        let torg = try await TestTorg()
        try await torg.installation.write(torg.sandvik) { op in
            try op.tx.run(
                "UPDATE users SET email = 'handler@example.org' WHERE login = 'handler' AND municipality = \(op.tenant)"
            )
            try op.tx.run(
                """
                UPDATE units SET receiver_id = (SELECT id FROM users WHERE login = 'handler' AND municipality = \(op.tenant))
                WHERE name = 'Roads' AND municipality = \(op.tenant)
                """)
            try op.organisation.touch()
        }
        let client = TestClient(torg)
        try await client.useToken(of: "agent")
        _ = try await client.call(
            .post, "/contacts",
            ["channel": "telephone", "questions": [["text": "It is dark", "unit": torg.text("Roads")]]])
        let mails = try await torg.mails()
        #expect(mails.count == 1 && mails.allSatisfy { $0.contact == nil && !$0.body.contains("/stop/") })
        await torg.close()
    }
}
