import Domain
import Foundation
import Testing

@testable import App
@testable import Support

/// A citizen follows, answers, disagrees; and nobody else does.
@Suite struct FollowTests {
    private let torg: TestTorg
    private let kim: TestClient
    private let number: CaseNumber

    init() async throws {
        torg = try await TestTorg()
        kim = TestClient(torg)
        let sent = try await kim.submit(
            "/sandvik/report", from: "/sandvik/report",
            [
                "text": "Kim's lamp is dark", "place": "Kim's house", "email": "kim@example.org",
                "phone": "+47 900 11 222", "category": torg.text("Street light"),
            ])
        number = try #require(sent.location?.split(separator: "/").last.flatMap { CaseNumber(text: $0) })
    }

    private var path: String { "/sandvik/follow/\(number)" }

    /// Somebody at work does something to the case.
    private func staff<UseCase: CaseUseCase>(_: UseCase.Type, _ fields: [String: String]) async throws {
        let agent: ID<User> = torg.id("agent")
        let number = number
        try await torg.installation.write(
            torg.sandvik,
            as: { _, directory, _ in
                guard let user = directory.people[agent]?.user else { throw Refusal.notFound }
                return .user(user)
            }
        ) { op in
            var input = InputReader(form: FormInput(values: fields.mapValues { [$0] }))
            let useCase = try UseCase(&input, in: op)
            try input.finish()
            try useCase.perform(on: number, version: nil, in: op)
        }
    }

    /// Somebody else about the same thing, registered by the desk. Returns the link of their receipt.
    private func joinOla() async throws -> String {
        let client = TestClient(torg)
        try await client.useToken(of: "agent")
        let answer = try await client.call(
            .post, "/contacts",
            [
                "channel": "telephone", "person": ["name": "Ola", "email": "ola@example.org"],
                "questions": [["text": "Ola says it is dark too", "case": "\(number)"]],
            ])
        #expect(answer.status == 201)
        let mails = try await torg.read { op in
            try op.tx.rows("SELECT * FROM mails WHERE municipality = \(op.tenant) AND address = 'ola@example.org'")
                .map(MailRecord.init)
        }
        #expect(mails.count == 1)
        // Not the key, in which any three letters may stand.
        #expect(!mails[0].body.replacing(/key=\S+/, with: "").contains("Kim"))
        let link = try #require(mails[0].body.firstMatch(of: #/http://torg\.test(\S+key=\S+)/#))
        return String(link.1)
    }

    private func find(
        _ client: TestClient, _ number: String, _ contact: String, from address: String = "192.0.2.9"
    ) async throws -> TestClient.Answer {
        try await client.submit(
            "/sandvik/follow", from: "/sandvik/follow", ["number": number, "contact": contact],
            headers: ["X-Forwarded-For": address])
    }

    @Test func numberAndAddressLeadToTheCase() async throws {
        let plain = "\(number)".replacing("-", with: " ")
        for contact in ["kim@example.org", " KIM@Example.ORG ", "90011222", "0047 900 11 222"] {
            let client = TestClient(torg)
            let found = try await find(client, plain, contact)
            #expect(found.status == 303, "\(contact)")
            #expect(found.location == path)
            #expect(try await client.get(path).body.contains("Kim&#39;s lamp is dark"))
        }
        await torg.close()
    }

    @Test func whatIsWrongIsAnsweredAllAlike() async throws {
        let missing = CaseNumber(year: 26, sequence: 54_321)
        var bodies: Set<String> = []
        for (number, contact) in [
            ("\(number)", "ola@example.org"), ("\(number)", "12345678"), ("\(missing)", "kim@example.org"),
        ] {
            let client = TestClient(torg)
            let answer = try await find(client, number, contact)
            #expect(answer.status == 403)
            #expect(client.cookies.keys.allSatisfy { !$0.contains("follow") })
            bodies.insert(
                answer.body.replacing(number, with: "N").replacing(contact, with: "C")
                    .replacing(/name="form" value="[^"]+"/, with: ""))
        }
        #expect(bodies.count == 1)
        #expect(bodies.first?.contains("We could not show a case") == true)
        for key in ["x", "", String(repeating: "A", count: 22)] {
            let wrong = try await TestClient(torg).get(path + "?key=\(key)")
            let nowhere = try await TestClient(torg).get("/sandvik/follow/\(missing)?key=\(key)")
            #expect(wrong.status == 403)
            #expect(nowhere.status == 403)
            let same = { (text: String) in text.replacing(/name="form" value="[^"]+"/, with: "") }
            #expect(
                same(wrong.body).replacing("\(number)", with: "N")
                    == same(nowhere.body).replacing("\(missing)", with: "N"))
        }
        #expect(try await TestClient(torg).get(path).status == 200)
        #expect(try await TestClient(torg).get("/sandvik/follow/nonsense").status == 200)
        #expect(try await find(TestClient(torg), "26-10001-1", "kim@").status == 422)
        await torg.close()
    }

    @Test func guessingIsSlowedDown() async throws {
        for guess in 1...20 {
            #expect(
                try await find(TestClient(torg), "\(number)", "9000000\(guess)", from: "192.0.2.\(guess)").status == 403
            )
        }
        #expect(try await find(TestClient(torg), "\(number)", "kim@example.org", from: "192.0.2.99").status == 429)
        let other = CaseNumber(year: 26, sequence: 20_000)
        for guess in 1...30 {
            let number = CaseNumber(year: 26, sequence: 20_000 + guess)
            #expect(try await find(TestClient(torg), "\(number)", "90000000", from: "198.51.100.1").status == 403)
        }
        #expect(try await find(TestClient(torg), "\(other)", "90000000", from: "198.51.100.1").status == 429)
        #expect(try await kim.get(path).body.contains("lamp is dark"), "whoever has the link is not stopped")
        await torg.close()
    }

    @Test func theKeyLeavesTheAddressAtOnce() async throws {
        let link = try await joinOla()
        let ola = TestClient(torg)
        let led = try await ola.get(link + "&language=sv")
        #expect(led.status == 303)
        #expect(led.location == path + "?language=sv")
        #expect(try await ola.get(path).body.contains("Ola says it is dark too"))
        let sender = TestClient(torg)
        sender.cookies[SetCookie.flash] = FollowCase.receiptFlash
        #expect(try await sender.open(link).body.contains("Thank you!"), "the receipt waits for the page")
        // Without cookies it ends at the form that asks, not in a circle.
        let location = try #require(try await TestClient(torg).get(link).location)
        let asked = try await TestClient(torg).get(location)
        #expect(asked.status == 200)
        #expect(asked.body.contains("name=\"contact\""))
        await torg.close()
    }

    @Test func aForgedCookieOpensNothing() async throws {
        let value = try #require(kim.cookies[FollowGrant.cookieName(number)])
        var parts = value.split(separator: ".").map(String.init)
        let client = TestClient(torg)
        for (index, forged) in [(0, "1"), (1, "1"), (2, "9999999999999"), (3, "AAAAAAAAAAAAAAAAAAAAAA")] {
            let right = parts[index]
            parts[index] = forged
            client.cookies[FollowGrant.cookieName(number)] = parts.joined(separator: ".")
            #expect(try await !client.get(path).body.contains("lamp is dark"))
            parts[index] = right
        }
        client.cookies[FollowGrant.cookieName(number)] = parts.joined(separator: ".")
        #expect(try await client.get(path).body.contains("lamp is dark"))
        await torg.close()
    }

    @Test func twoCasesAreFollowedSideBySide() async throws {
        let sent = try await kim.submit("/sandvik/report", from: "/sandvik/report", ["text": "A hole in the road"])
        let other = try #require(sent.location)
        #expect(sent.headers[values: .setCookie].contains { $0.contains("follow") && $0.contains("Path=\(other);") })
        #expect(try await kim.get(other).body.contains("A hole in the road"))
        #expect(try await kim.get(path).body.contains("lamp is dark"))
        await torg.close()
    }

    @Test func whatWasBeingWrittenOutlivesTheRightToSeeTheCase() async throws {
        try await staff(CloseCase.self, ["answer": "Lit", "outcome": "no_action", "reason": "other"])
        let token = try await kim.get(path).formToken
        kim.cookies[FollowGrant.cookieName(number)] = nil
        let refused = try await kim.submit(
            path + "/reopening", from: "", ["reason": "It is \"dark\" again"], token: token)
        #expect(refused.status == 403)
        #expect(refused.body.contains("What you wrote is kept"))
        let form = try #require(HTMLForm(refused.body, to: "/sandvik/follow"))
        #expect(form.values["number"] == ["\(number)"])
        let wrong = try await kim.send(form.with(["contact": ["somebody@example.org"]]))
        #expect(wrong.status == 403)
        let again = try #require(HTMLForm(wrong.body, to: "/sandvik/follow"))
        let found = try await kim.send(again.with(["contact": ["kim@example.org"]]))
        #expect(found.status == 200)
        #expect(found.body.contains("Now you can send what you wrote"))
        let kept = try #require(HTMLForm(found.body, to: path + "/reopening"))
        #expect(try await kim.send(kept).status == 303)
        #expect(try await kim.get(path).body.contains("It is &quot;dark&quot; again"))
        await torg.close()
    }

    @Test func onlyTheCasesOwnFormsAreSentAgain() async throws {
        let client = TestClient(torg)
        let sent = try await client.submit(
            "/sandvik/follow", from: "/sandvik/follow",
            ["number": "\(number)", "contact": "kim@example.org", "kept": "a=b+c", "kept_form": "../../login"])
        #expect((sent.status, sent.location) == (303, path))
        await torg.close()
    }

    @Test func theCitizenReadsWhatHappenedAndNothingElse() async throws {
        try await staff(PassOnCase.self, ["unit": torg.text("Roads"), "note": "secret note"])
        try await staff(AcknowledgeCase.self, [:])
        try await staff(NoteOnCase.self, ["note": "another secret"])
        try await staff(GiveFeedback.self, ["message": "We have ordered a lamp", "notify": "true"])
        let page = try await kim.get(path)
        #expect(page.body.contains("Your case was passed to Roads"))
        #expect(page.body.contains("Roads has taken over your case"))
        #expect(page.body.contains("We have ordered a lamp"))
        #expect(!page.body.contains("secret"))
        #expect(!page.body.contains("Agent"))
        let swedish = try await kim.get(path + "?language=sv")
        #expect(swedish.body.contains("<html lang=\"sv\">"))
        #expect(swedish.body.contains("We have ordered a lamp"))
        await torg.close()
    }

    @Test func twoReportersDoNotSeeEachOthersWords() async throws {
        try await staff(GiveFeedback.self, ["message": "Dear Kim, we come to your house", "notify": "true"])
        let link = try await joinOla()
        try await staff(GiveFeedback.self, ["message": "Dear both, it is mended", "notify": "true"])
        let ola = TestClient(torg)
        let shown = try await ola.open(link)
        #expect(shown.body.contains("Ola says it is dark too"))
        #expect(shown.body.contains("Dear both"))
        #expect(!shown.body.contains("Kim"))
        let own = try await kim.get(path)
        #expect(own.body.contains("Dear Kim"))
        #expect(own.body.contains("Dear both"))
        #expect(!own.body.contains("Ola"))

        try await staff(CloseCase.self, ["answer": "Done", "outcome": "no_action", "reason": "already_mended"])
        let reopened = try await kim.submit(path + "/reopening", from: path, ["reason": "Kim is not content"])
        #expect(reopened.status == 303)
        #expect(try await kim.get(path).body.contains("Kim is not content"))
        #expect(try await !ola.get(path).body.contains("not content"))
        let mails = try await torg.read { op in
            try op.tx.rows("SELECT address, body FROM mails WHERE municipality = \(op.tenant) AND kind = 'reopened'")
                .map {
                    let body: String = try $0["body"]
                    let mail: (String, String) = (try $0["address"], body.replacing(/key=\S+/, with: ""))
                    return mail
                }
        }
        #expect(Set(mails.map(\.0)) == ["kim@example.org", "ola@example.org"])
        #expect(!mails.contains { $0.0 == "ola@example.org" && $0.1.contains("Kim") })
        await torg.close()
    }

    @Test func whoDisagreesOpensTheCaseAgain() async throws {
        let early = try await kim.submit(path + "/reopening", from: "/sandvik/report", ["reason": "too early"])
        #expect(early.status == 409)
        #expect(early.body.contains("too early"))
        try await staff(CloseCase.self, ["answer": "It is lit again", "outcome": "no_action", "reason": "other"])
        let closed = try await kim.get(path)
        #expect(closed.body.contains("It is lit again"))
        #expect(closed.body.contains("Do you disagree?"))
        let empty = try await kim.submit(path + "/reopening", from: path, ["reason": " "])
        #expect(empty.status == 422)
        #expect(empty.body.contains("href=\"#reason\""))
        let stranger = TestClient(torg)
        let refused = try await stranger.submit(path + "/reopening", from: "/sandvik/follow", ["reason": "mine"])
        #expect(refused.status == 403)
        let sent = try await kim.submit(path + "/reopening", from: path, ["reason": "It is dark"])
        #expect(sent.status == 303)
        let open = try await kim.get(path)
        #expect(open.body.contains("The case is open again"))
        #expect(open.body.contains("It is dark"))
        let number = number
        let events = try await torg.read { op in
            let shown = try op.loadCase(number, in: .everything)
            #expect(shown.state == .underway)
            return try op.events(of: shown.id).map { "\($0.event.kind.rawValue) \($0.actor)" }
        }
        #expect(events == ["case_opened citizen", "closed user", "reopened citizen"])
        #expect(try await kim.get(path + "/reopening").location == path)
        await torg.close()
    }

    @Test func aQuestionIsAnsweredOnThePage() async throws {
        try await staff(AwaitCitizen.self, ["message": "Which of the two lamps?"])
        let asked = try await kim.get(path)
        #expect(asked.body.contains("Which of the two lamps?"))
        #expect(asked.body.contains("action=\"\(path)/answer\""))
        #expect(try await kim.submit(path + "/answer", from: path, ["message": ""]).status == 422)
        torg.advance(days: 2)
        // The cookie has ended meanwhile; the receipt's link still leads there.
        #expect(try await find(kim, "\(number)", "kim@example.org").status == 303)
        let link = try await joinOla()
        let sent = try await kim.submit(path + "/answer", from: path, ["message": "Kim's left one"])
        #expect(sent.status == 303)
        let answered = try await kim.get(path)
        #expect(answered.body.contains("We have your answer"))
        #expect(answered.body.contains("Kim&#39;s left one"))
        #expect(!answered.body.contains("action=\"\(path)/answer\""))
        #expect(try await !TestClient(torg).open(link).body.contains("left one"))
        let number = number
        try await torg.installation.read(torg.sandvik) { op in
            let shown = try op.loadCase(number, in: .everything)
            #expect(shown.state == .new)
            #expect(shown.pausedWorkingDays == 2)
            let contacts = try op.contacts(of: shown.id)
            #expect(contacts.count == 3)
            #expect(contacts.contains { $0.channel == .selfService && $0.questions[0].text == "Kim's left one" })
        }
        // Closed while the next answer is being written: nothing typed is lost.
        try await staff(AwaitCitizen.self, ["message": "Sure?"])
        let token = try await kim.get(path).formToken
        try await staff(CloseCase.self, ["answer": "Done", "outcome": "no_action", "reason": "other"])
        let late = try await kim.submit(path + "/answer", from: "", ["message": "Quite sure"], token: token)
        #expect(late.status == 409)
        #expect(late.body.contains("Quite sure"))
        await torg.close()
    }

    @Test func whoWritesAgainAndAgainHasToWait() async throws {
        for round in 1...10 {
            #expect(
                try await kim.submit(path + "/answer", from: "/sandvik/report", ["message": "More \(round)"]).status
                    == 303)
        }
        let stopped = try await kim.submit(path + "/answer", from: "/sandvik/report", ["message": "And more"])
        #expect(stopped.status == 429)
        #expect(stopped.body.contains("And more"))
        let ola = TestClient(torg)
        _ = try await ola.open(try await joinOla())
        #expect(try await ola.submit(path + "/answer", from: "/sandvik/report", ["message": "Mine"]).status == 303)
        torg.advance(hours: 1)
        try await staff(CloseCase.self, ["answer": "Done", "outcome": "no_action", "reason": "other"])
        #expect(try await kim.submit(path + "/reopening", from: path, ["reason": "No"]).status == 303)
        await torg.close()
    }

    @Test func aConfidentialCaseIsStillTheReporters() async throws {
        let client = TestClient(torg)
        let sent = try await client.submit(
            "/sandvik/report", from: "/sandvik/report", ["text": "About my care", "category": torg.text("Care")])
        #expect(try await client.get(try #require(sent.location)).body.contains("About my care"))
        await torg.close()
    }

    @Test func mailsAreShownOnlyWhileDeveloping() async throws {
        #expect(try await kim.get("/sandvik/mails").status == 404)
        var development = torg.installation
        development.settings.isDevelopment = true
        let client = TestClient(torg, installation: development)
        let list = try await client.get("/sandvik/mails")
        #expect(list.body.contains("kim@example.org"))
        let link = try #require(list.body.firstMatch(of: #/href="(/sandvik/mails\?mail[^"]+)"/#)).1
        let one = try await client.get(String(link).replacing("&#x3D;", with: "="))
        #expect(one.body.contains("Follow the case here"))
        #expect(try await client.get("/sandvik/mails?mail=x").status == 200)
        let proxied = try await client.send(.get, "/sandvik/mails", headers: ["X-Forwarded-For": "127.0.0.1"])
        #expect(proxied.status == 404, "not for those who come through a proxy")
        await torg.close()
    }
}
