import Adapters
import Database
import Domain
import Testing

@testable import App
@testable import Support

/// A confidential case opens for its reporter by something that went another way than the link.
@Suite struct FollowDoorTests {
    private static let secret = "Kanarifugl"
    private static let word = "Blåbærtur"

    private let torg: TestTorg
    private let installation: Installation
    private let texts = Lines()

    init() async throws {
        torg = try await TestTorg()
        let texts = texts
        var installation = torg.installation
        installation.settings.sms = SMSGateway(url: "https://sms.example.org", from: "Sandvik")
        installation.sendSMS = { _, to, text, _ in texts.add("\(to) \(text)") }
        self.installation = installation
        try await installation.write(torg.sandvik) { op in
            try op.tx.run("UPDATE municipalities SET sms_to_citizens = 1 WHERE id = \(op.tenant)")
            try op.tx.run(
                "UPDATE units SET phone = '10 00 00 00' WHERE municipality = \(op.tenant) AND id = \(op.municipality.centre)"
            )
            try op.touchDirectory()
        }
    }

    private func browser() -> TestClient { TestClient(torg, installation: installation) }

    /// A confidential case of the desk; its number and the link in the receipt.
    private func open(
        _ person: [String: Any] = ["email": "kim@example.org", "phone": "+47 900 12 345"], word: String? = nil,
        category: String = "Care"
    ) async throws -> (number: CaseNumber, link: String) {
        let agent = browser()
        try await agent.logIn(as: "agent")
        var fields = [
            "channel": "telephone", "direction": "in", "q1_text": Self.secret, "q1_category": torg.text(category),
        ]
        for (name, value) in person { fields[name] = "\(value)" }
        fields["word"] = word
        let answer = try await agent.submit("/sandvik/contacts", from: "/sandvik/contacts/new", fields)
        #expect(answer.status == 303, "\(answer.body)")
        let mail = try #require(try await torg.mails().last { $0.contact != nil })
        let link = try #require(mail.body.firstMatch(of: #/http://torg\.test(/sandvik/follow/([0-9-]+)\?key=\S+)/#))
        return (try #require(CaseNumber(text: String(link.2))), String(link.1))
    }

    private func post(
        _ client: TestClient, _ number: CaseNumber, _ form: String, _ fields: [String: String] = [:],
        from address: String = "192.0.2.1"
    ) async throws -> TestClient.Answer {
        try await client.submit(
            "/sandvik/follow/\(number)/\(form)", from: "/sandvik/follow/\(number)", fields,
            headers: ["X-Forwarded-For": address])
    }

    private func lastCode() async throws -> String {
        _ = try await installation.deliverMails()
        let text = try #require(texts.all.last)
        return String(try #require(text.firstMatch(of: #/ (\d{6}) /#)).1)
    }

    @Test func theLinkAloneOpensNothing() async throws {
        let (number, link) = try await open()
        let kim = browser()
        let led = try await kim.get(link)
        #expect(led.status == 303 && led.location == "/sandvik/follow/\(number)")
        let page = try await kim.get("/sandvik/follow/\(number)")
        #expect(page.status == 200 && page.body.contains("The case is confidential"))
        for told in [Self.secret, "Water", "Care"] { #expect(!page.body.contains(told)) }
        #expect(page.body.contains("10 00 00 00"))
        #expect(texts.all.isEmpty, "opening sends nothing: programs open links, too")
        for form in FollowCase.forms {
            let refused = try await post(kim, number, form, ["reason": "One two", "message": "One two"])
            #expect(refused.status == 403 && !refused.body.contains(Self.secret))
            #expect(refused.body.contains("What you wrote is kept"))
        }
        #expect(try await post(kim, number, "word", ["word": "mitt eget"]).status == 200)
        let words: Int? = try await torg.read {
            try $0.tx.value("SELECT count(*) FROM contacts WHERE municipality = \($0.tenant) AND word_hash IS NOT NULL")
        }
        #expect(words == 0)
        await torg.close()
    }

    @Test func aCodeByTextMessageOpensItOnce() async throws {
        let (number, link) = try await open()
        let kim = browser()
        _ = try await kim.get(link)
        let sent = try await post(kim, number, "code")
        #expect(sent.status == 200 && sent.body.contains("A code is on its way"))
        let code = try await lastCode()
        #expect(texts.all.last?.hasPrefix("+4790012345 ") == true)
        #expect(texts.all.last?.contains(Self.secret) == false)
        // It stands nowhere in the database.
        for mail in try await torg.mails() { #expect(!"\(mail)".contains(code)) }
        let opened = try await post(kim, number, "opening", ["code": " \(code.prefix(3)) \(code.suffix(3)) "])
        #expect(opened.status == 303)
        #expect(try await kim.get("/sandvik/follow/\(number)").body.contains(Self.secret))
        let other = browser()
        _ = try await other.get(link)
        #expect(try await post(other, number, "opening", ["code": code]).status == 422, "used up")
        await torg.close()
    }

    @Test func whatWasBeingWrittenIsSentAfterwards() async throws {
        let (number, link) = try await open()
        let kim = browser()
        _ = try await kim.get(link)
        let refused = try await post(kim, number, "answer", ["message": "The left one"])
        let form = try #require(HTMLForm(refused.body, to: "/sandvik/follow/\(number)/code"))
        let sent = try await kim.send(form)
        let next = try #require(HTMLForm(sent.body, to: "/sandvik/follow/\(number)/opening"))
        let again = try await kim.send(next.with(["code": [try await lastCode()]]))
        #expect(again.status == 200 && again.body.contains("The left one"))
        await torg.close()
    }

    @Test func codesAreFewAndShortLived() async throws {
        let (number, link) = try await open()
        let kim = browser()
        _ = try await kim.get(link)
        _ = try await post(kim, number, "code")
        let code = try await lastCode()
        for guess in 0..<FollowCode.mostTries {
            let wrong = code == "00000\(guess)" ? "999999" : "00000\(guess)"
            // From everywhere: what counts is the code.
            let answer = try await post(kim, number, "opening", ["code": wrong], from: "198.51.100.\(guess)")
            #expect(answer.status == 422 && answer.body.contains("is not right"))
        }
        #expect(try await post(kim, number, "opening", ["code": code], from: "192.0.2.2").status == 422)
        _ = try await post(kim, number, "code")
        let second = try await lastCode()
        torg.advance(minutes: 11)
        #expect(try await post(kim, number, "opening", ["code": second], from: "192.0.2.3").status == 422)
        _ = try await post(kim, number, "code")
        #expect(try await post(kim, number, "code").status == 429, "not more than so many to one telephone")
        #expect(try await post(kim, number, "opening", ["code": try await lastCode()], from: "192.0.2.3").status == 303)
        await torg.close()
    }

    @Test func aCodeThatIsLateIsNotSent() async throws {
        let (number, link) = try await open()
        let kim = browser()
        _ = try await kim.get(link)
        _ = try await post(kim, number, "code")
        torg.advance(minutes: 11)
        _ = try await installation.deliverMails()
        #expect(texts.all.isEmpty)
        await torg.close()
    }

    @Test(arguments: ["Blåbærtur", "blabartur", "BLÅBÆR-TUR!", " Blåbær  tur "])
    func anAgreedWordOpensIt(typed: String) async throws {
        let (number, link) = try await open(["email": "kim@example.org"], word: Self.word)
        let kim = browser()
        let page = try await kim.open(link)
        #expect(!page.body.contains("/code"), "there is no telephone")
        #expect(try await post(kim, number, "opening", ["code": "solsikke"]).status == 422)
        #expect(try await post(kim, number, "opening", ["code": typed]).status == 303)
        #expect(try await kim.get("/sandvik/follow/\(number)").body.contains(Self.secret))
        await torg.close()
    }

    @Test func whereTheLinkItselfGoesToTheTelephoneNoCodeDoes() async throws {
        let (_, link) = try await open(
            ["phone": "90012345", "by_sms": "true", "wants_updates": "true"], word: Self.word)
        let page = try await browser().open(link)
        #expect(!page.body.contains("/code\"") && page.body.contains("/opening\""))
        await torg.close()
    }

    @Test func withoutCodeAndWordOneCalls() async throws {
        let (number, link) = try await open(["email": "kim@example.org"])
        let page = try await browser().open(link)
        #expect(!page.body.contains("/opening\"") && !page.body.contains("/code\""))
        #expect(page.body.contains("Call us, and we will agree a word") && page.body.contains("10 00 00 00"))
        // The unit agrees one; nobody else can.
        let (unit, agent) = (browser(), browser())
        try await unit.logIn(as: "plumber")
        try await agent.logIn(as: "agent")
        let path = "/sandvik/cases/\(number)"
        #expect(
            try await agent.submit(path + "/word", from: "/sandvik/contacts/new", ["word": Self.word]).status == 404)
        let weak = try await unit.submit(path + "/word", from: path, ["word": "123456"])
        #expect(weak.status == 422 && weak.body.contains("at least 6 letters"))
        #expect(try await unit.submit(path + "/word", from: path, ["word": Self.word]).status == 303)
        let history = try await unit.get(path).body
        #expect(history.contains("saved a word that opens the case") && !history.contains(Self.word))
        let kim = browser()
        _ = try await kim.get(link)
        #expect(try await post(kim, number, "opening", ["code": Self.word]).status == 303)
        await torg.close()
    }

    @Test func neitherGuessingNorLockingOutWorks() async throws {
        let (number, link) = try await open(["email": "kim@example.org"], word: Self.word)
        let kim = browser()
        _ = try await kim.get(link)
        #expect(try await post(kim, number, "opening", ["code": Self.word], from: "192.0.2.1").status == 303)
        // Somebody reads the mailbox, and guesses from many places.
        let thief = browser()
        _ = try await thief.get(link)
        var refused = 0
        for guess in 0..<60 {
            let answer = try await post(
                thief, number, "opening", ["code": "gjetning nummer \(guess)"], from: "198.51.100.\(guess)")
            if answer.status == 429 { refused += 1 }
        }
        #expect(refused >= 30, "guessing ends: \(refused)")
        #expect(try await post(thief, number, "opening", ["code": Self.word], from: "198.51.100.99").status == 429)
        // Who has opened it from home gets in there, also with another browser.
        let again = browser()
        _ = try await again.get(link)
        #expect(try await post(again, number, "opening", ["code": Self.word], from: "192.0.2.1").status == 303)
        await torg.close()
    }

    @Test func fromOnePlaceFiveGuessesAreFree() async throws {
        let (number, link) = try await open(["email": "kim@example.org"], word: Self.word)
        let thief = browser()
        _ = try await thief.get(link)
        for _ in 1...5 { #expect(try await post(thief, number, "opening", ["code": "gjetning"]).status == 422) }
        #expect(try await post(thief, number, "opening", ["code": Self.word]).status == 429)
        await torg.close()
    }

    @Test func lookingUpTellsNothing() async throws {
        let (number, _) = try await open(word: Self.word)
        let missing = CaseNumber(year: 26, sequence: 54_321)
        func find(_ number: CaseNumber, _ contact: String, _ code: String? = nil, _ client: TestClient? = nil)
            async throws
            -> TestClient.Answer
        {
            var fields = ["number": "\(number)", "contact": contact]
            fields["code"] = code
            return try await (client ?? browser()).submit(
                "/sandvik/follow", from: "/sandvik/follow", fields, headers: ["X-Forwarded-For": "192.0.2.9"])
        }
        var bodies: Set<String> = []
        for (asked, contact, code) in [
            (number, "kim@example.org", nil), (number, "ola@example.org", nil), (missing, "kim@example.org", nil),
            (number, "90012345", nil), (number, "kim@example.org", "solsikke"),
            (missing, "kim@example.org", "solsikke"),
        ] {
            let answer = try await find(asked, contact, code)
            #expect(answer.status == 403)
            #expect(answer.headers[values: .setCookie].allSatisfy { !$0.contains("follow") })
            bodies.insert(
                answer.body.replacing("\(asked)", with: "N").replacing(contact, with: "C")
                    .replacing(/name="form" value="[^"]+"/, with: ""))
        }
        #expect(bodies.count == 1)
        #expect(bodies.first?.contains("Code or agreed word") == true)
        // Twice it was asked for with the right address or telephone, and no code.
        _ = try await installation.deliverMails()
        #expect(texts.all.count == 2)
        let kim = browser()
        #expect(try await find(number, "kim@example.org", Self.word, kim).status == 303)
        #expect(try await kim.get("/sandvik/follow/\(number)").body.contains(Self.secret))
        let byCode = browser()
        #expect(try await find(number, "90012345", try await lastCode(), byCode).status == 303)
        await torg.close()
    }

    @Test func anOldGrantDoesNotOpenWhatHasBecomeConfidential() async throws {
        let (number, link) = try await open(category: "Street light")
        let kim = browser()
        #expect(try await kim.open(link).body.contains(Self.secret))
        try await installation.write(torg.sandvik) { op in
            _ = try op.tx.run("UPDATE cases SET is_confidential = 1 WHERE municipality = \(op.tenant)")
        }
        let page = try await kim.get("/sandvik/follow/\(number)")
        #expect(!page.body.contains(Self.secret) && page.body.contains("The case is confidential"))
        await torg.close()
    }

    @Test func whoHasJustSentItReadsItForAWhileAndChoosesAWord() async throws {
        let kim = browser()
        let sent = try await kim.submit(
            "/sandvik/report", from: "/sandvik/report",
            ["text": Self.secret, "category": torg.text("Care"), "email": "kim@example.org"])
        let path = try #require(sent.location)
        let receipt = try await kim.get(path)
        #expect(receipt.body.contains(Self.secret) && receipt.body.contains("Choose a word below"))
        let number = try #require(CaseNumber(text: String(path.split(separator: "/")[2])))
        #expect(try await post(kim, number, "word", ["word": "kort"]).status == 422)
        #expect(try await post(kim, number, "word", ["word": Self.word]).status == 303)
        torg.advance(minutes: 31)
        #expect(try await !kim.get(path).body.contains(Self.secret))
        let mail = try #require(try await torg.mails().last { $0.contact != nil })
        let link = try #require(mail.body.firstMatch(of: #/http://torg\.test(/sandvik/follow/\S+)/#)).1
        #expect(try await !kim.open(String(link)).body.contains(Self.secret))
        #expect(try await post(kim, number, "opening", ["code": Self.word]).status == 303)
        #expect(try await kim.get(path).body.contains(Self.secret))
        await torg.close()
    }

    @Test func theStopPageTellsNothing() async throws {
        let (number, _) = try await open(["email": "kim@example.org", "wants_updates": "true"])
        let mail = try #require(try await torg.mails().last { $0.contact != nil })
        let stop = try #require(mail.body.firstMatch(of: #/http://torg\.test(/sandvik/stop/\S+)/#)).1
        let page = try await browser().get(String(stop))
        #expect(page.status == 200)
        for told in ["\(number)", Self.secret, "Water", "Care"] { #expect(!page.body.contains(told), "\(told)") }
        await torg.close()
    }
}
