import Domain
import Testing

@testable import App
@testable import Support

/// What opens a confidential case for its reporter: a code by text message, or the agreed word.
@Suite struct FollowCodeTests {
    private let scene: FollowDoorScene

    init() async throws { scene = try await FollowDoorScene() }

    @Test func aCodeByTextMessageOpensItOnce() async throws {
        let (number, link) = try await scene.open()
        let kim = scene.browser()
        _ = try await kim.get(link)
        let sent = try await scene.post(kim, number, "code")
        #expect(sent.status == 200 && sent.body.contains("A code is on its way"))
        let code = try await scene.lastCode()
        #expect(scene.texts.all.last?.hasPrefix("+4790012345 ") == true)
        #expect(scene.texts.all.last?.contains(FollowDoorScene.secret) == false)
        // It stands nowhere in the database.
        for mail in try await scene.torg.mails() { #expect(!"\(mail)".contains(code)) }
        let opened = try await scene.post(kim, number, "opening", ["code": " \(code.prefix(3)) \(code.suffix(3)) "])
        #expect(opened.status == 303)
        #expect(try await kim.get("/sandvik/follow/\(number)").body.contains(FollowDoorScene.secret))
        let other = scene.browser()
        _ = try await other.get(link)
        #expect(try await scene.post(other, number, "opening", ["code": code]).status == 422, "used up")
        await scene.torg.close()
    }

    @Test func whatWasBeingWrittenIsSentAfterwards() async throws {
        let (number, link) = try await scene.open()
        let kim = scene.browser()
        _ = try await kim.get(link)
        let refused = try await scene.post(kim, number, "answer", ["message": "The left one"])
        let form = try #require(HTMLForm(refused.body, to: "/sandvik/follow/\(number)/code"))
        let sent = try await kim.send(form)
        let next = try #require(HTMLForm(sent.body, to: "/sandvik/follow/\(number)/opening"))
        let again = try await kim.send(next.with(["code": [try await scene.lastCode()]]))
        #expect(again.status == 200 && again.body.contains("The left one"))
        await scene.torg.close()
    }

    @Test func codesAreFewAndShortLived() async throws {
        let (number, link) = try await scene.open()
        let kim = scene.browser()
        _ = try await kim.get(link)
        _ = try await scene.post(kim, number, "code")
        let code = try await scene.lastCode()
        for guess in 0..<FollowCode.mostTries {
            let wrong = code == "00000\(guess)" ? "999999" : "00000\(guess)"
            // From everywhere: what counts is the code.
            let answer = try await scene.post(kim, number, "opening", ["code": wrong], from: "198.51.100.\(guess)")
            #expect(answer.status == 422 && answer.body.contains("is not right"))
        }
        #expect(try await scene.post(kim, number, "opening", ["code": code], from: "192.0.2.2").status == 422)
        _ = try await scene.post(kim, number, "code")
        let second = try await scene.lastCode()
        scene.torg.advance(minutes: 11)
        #expect(try await scene.post(kim, number, "opening", ["code": second], from: "192.0.2.3").status == 422)
        _ = try await scene.post(kim, number, "code")
        #expect(try await scene.post(kim, number, "code").status == 429, "not more than so many to one telephone")
        #expect(
            try await scene.post(kim, number, "opening", ["code": try await scene.lastCode()], from: "192.0.2.3").status
                == 303)
        await scene.torg.close()
    }

    @Test func aCodeThatIsLateIsNotSent() async throws {
        let (number, link) = try await scene.open()
        let kim = scene.browser()
        _ = try await kim.get(link)
        _ = try await scene.post(kim, number, "code")
        scene.torg.advance(minutes: 11)
        _ = try await scene.installation.deliverMessages()
        #expect(scene.texts.all.isEmpty)
        await scene.torg.close()
    }

    @Test(arguments: ["Blåbærtur", "blabartur", "BLÅBÆR-TUR!", " Blåbær  tur "])
    func anAgreedWordOpensIt(typed: String) async throws {
        let (number, link) = try await scene.open(["email": "kim@example.org"], word: FollowDoorScene.word)
        let kim = scene.browser()
        let page = try await kim.open(link)
        #expect(!page.body.contains("/code"), "there is no telephone")
        #expect(try await scene.post(kim, number, "opening", ["code": "solsikke"]).status == 422)
        #expect(try await scene.post(kim, number, "opening", ["code": typed]).status == 303)
        #expect(try await kim.get("/sandvik/follow/\(number)").body.contains(FollowDoorScene.secret))
        await scene.torg.close()
    }

    @Test func whereTheLinkItselfGoesToTheTelephoneNoCodeDoes() async throws {
        let (_, link) = try await scene.open(
            ["phone": "90012345", "by_sms": "true", "wants_updates": "true"], word: FollowDoorScene.word)
        let page = try await scene.browser().open(link)
        #expect(!page.body.contains("/code\"") && page.body.contains("/opening\""))
        await scene.torg.close()
    }

    @Test func withoutAGatewayNothingSpeaksOfACode() async throws {
        let agent = TestClient(scene.torg)
        try await agent.logIn(as: "agent")
        let fields = [
            "channel": "telephone", "direction": "in", "q1_text": FollowDoorScene.secret,
            "q1_category": scene.torg.text("Care"), "email": "kim@example.org", "phone": "+47 900 12 345",
        ]
        #expect(try await agent.submit("/sandvik/contacts", from: "/sandvik/contacts/new", fields).status == 303)
        let mail = try #require(try await scene.torg.mails().last { $0.contact != nil })
        #expect(mail.body.contains("ordet som du har avtalt") && !mail.body.contains("kode"))
        let link = try #require(mail.body.firstMatch(of: #/http://torg\.test(/sandvik/follow/([0-9-]+)\?key=\S+)/#))
        let door = try await TestClient(scene.torg).open(String(link.1)).body
        #expect(door.contains("We cannot send you a code") && !door.contains("/code\""))
        let found = try await TestClient(scene.torg).submit(
            "/sandvik/follow", from: "/sandvik/follow", ["number": String(link.2), "contact": "kim@example.org"])
        #expect(found.status == 403 && !found.body.contains("text message"))
        #expect(found.body.contains("opens only with the word"))
        await scene.torg.close()
    }

    @Test func withoutCodeAndWordOneCalls() async throws {
        let (number, link) = try await scene.open(["email": "kim@example.org"])
        let page = try await scene.browser().open(link)
        #expect(!page.body.contains("/opening\"") && !page.body.contains("/code\""))
        #expect(page.body.contains("Those who have the case then call you back") && page.body.contains("10 00 00 00"))
        // The unit agrees one; nobody else can.
        let (unit, agent) = (scene.browser(), scene.browser())
        try await unit.logIn(as: "plumber")
        try await agent.logIn(as: "agent")
        let path = "/sandvik/cases/\(number)"
        #expect(
            try await agent.submit(path + "/word", from: "/sandvik/contacts/new", ["word": FollowDoorScene.word]).status
                == 404)
        let weak = try await unit.submit(path + "/word", from: path, ["word": "123456"])
        #expect(weak.status == 422 && weak.body.contains("at least 6 letters"))
        #expect(try await unit.submit(path + "/word", from: path, ["word": FollowDoorScene.word]).status == 303)
        let history = try await unit.get(path).body
        #expect(history.contains("saved a word that opens the case") && !history.contains(FollowDoorScene.word))
        let kim = scene.browser()
        _ = try await kim.get(link)
        #expect(try await scene.post(kim, number, "opening", ["code": FollowDoorScene.word]).status == 303)
        await scene.torg.close()
    }

    @Test func neitherGuessingNorLockingOutWorks() async throws {
        let (number, link) = try await scene.open(["email": "kim@example.org"], word: FollowDoorScene.word)
        let kim = scene.browser()
        _ = try await kim.get(link)
        #expect(
            try await scene.post(kim, number, "opening", ["code": FollowDoorScene.word], from: "192.0.2.1").status
                == 303)
        // Somebody reads the mailbox, and guesses from many places.
        let thief = scene.browser()
        _ = try await thief.get(link)
        var refused = 0
        for guess in 0..<60 {
            let answer = try await scene.post(
                thief, number, "opening", ["code": "gjetning nummer \(guess)"], from: "198.51.100.\(guess)")
            if answer.status == 429 { refused += 1 }
        }
        #expect(refused >= 30, "guessing ends: \(refused)")
        #expect(
            try await scene.post(thief, number, "opening", ["code": FollowDoorScene.word], from: "198.51.100.99").status
                == 429)
        // Who has opened it from home gets in there, also with another browser.
        let again = scene.browser()
        _ = try await again.get(link)
        #expect(
            try await scene.post(again, number, "opening", ["code": FollowDoorScene.word], from: "192.0.2.1").status
                == 303)
        await scene.torg.close()
    }

    @Test func fromOnePlaceFiveGuessesAreFree() async throws {
        let (number, link) = try await scene.open(["email": "kim@example.org"], word: FollowDoorScene.word)
        let thief = scene.browser()
        _ = try await thief.get(link)
        for _ in 1...5 { #expect(try await scene.post(thief, number, "opening", ["code": "gjetning"]).status == 422) }
        #expect(try await scene.post(thief, number, "opening", ["code": FollowDoorScene.word]).status == 429)
        await scene.torg.close()
    }

    @Test func whatOpensNothingAnyMoreIsForgotten() async throws {
        let (number, link) = try await scene.open()
        let kim = scene.browser()
        _ = try await kim.get(link)
        _ = try await scene.post(kim, number, "code")
        #expect(try await scene.post(kim, number, "opening", ["code": try await scene.lastCode()]).status == 303)
        let installation = scene.installation
        #expect(try await installation.forgetCodes() == 0)
        scene.torg.advance(minutes: 11)
        #expect(try await installation.forgetCodes() == 1, "the code")
        #expect(try await installation.forgetKnownPlaces() == 0)
        scene.torg.advance(days: Int(KnownPlaces.lifetime / 86_400_000))
        #expect(try await installation.forgetKnownPlaces() == 2, "the browser and the network it was opened from")
        #expect(try await installation.forgetCodes() == 0)
        await scene.torg.close()
    }
}
