import Database
import Domain
import Testing

@testable import App
@testable import Support

/// A confidential case tells nothing to whoever has the link alone.
@Suite struct FollowDoorTests {
    private let scene: FollowDoorScene

    init() async throws { scene = try await FollowDoorScene() }

    @Test func theLinkAloneOpensNothing() async throws {
        let (number, link) = try await scene.open()
        let kim = scene.browser()
        let led = try await kim.get(link)
        #expect(led.status == 303 && led.location == "/sandvik/follow/\(number)")
        let page = try await kim.get("/sandvik/follow/\(number)")
        #expect(page.status == 200 && page.body.contains("The case is confidential"))
        for told in [FollowDoorScene.secret, "Water", "Care"] { #expect(!page.body.contains(told)) }
        #expect(page.body.contains("10 00 00 00"))
        #expect(scene.texts.all.isEmpty, "opening sends nothing: programs open links, too")
        for form in FollowCase.forms {
            let refused = try await scene.post(kim, number, form, ["reason": "One two", "message": "One two"])
            #expect(refused.status == 403 && !refused.body.contains(FollowDoorScene.secret))
            #expect(refused.body.contains("What you wrote is kept"))
        }
        #expect(try await scene.post(kim, number, "word", ["word": "mitt eget"]).status == 200)
        let words: Int? = try await scene.torg.read {
            try $0.tx.value("SELECT count(*) FROM contacts WHERE municipality = \($0.tenant) AND word_hash IS NOT NULL")
        }
        #expect(words == 0)
        await scene.torg.close()
    }

    @Test func lookingUpTellsNothing() async throws {
        let (number, _) = try await scene.open(word: FollowDoorScene.word)
        let missing = CaseNumber(year: 26, sequence: 54_321)
        func find(_ number: CaseNumber, _ contact: String, _ code: String? = nil, _ client: TestClient? = nil)
            async throws
            -> TestClient.Answer
        {
            var fields = ["number": "\(number)", "contact": contact]
            fields["code"] = code
            return try await (client ?? scene.browser()).submit(
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
        _ = try await scene.installation.deliverMessages()
        #expect(scene.texts.all.count == 2)
        let kim = scene.browser()
        #expect(try await find(number, "kim@example.org", FollowDoorScene.word, kim).status == 303)
        #expect(try await kim.get("/sandvik/follow/\(number)").body.contains(FollowDoorScene.secret))
        let byCode = scene.browser()
        #expect(try await find(number, "90012345", try await scene.lastCode(), byCode).status == 303)
        await scene.torg.close()
    }

    @Test func anOldGrantDoesNotOpenWhatHasBecomeConfidential() async throws {
        let (number, link) = try await scene.open(category: "Street light")
        let kim = scene.browser()
        #expect(try await kim.open(link).body.contains(FollowDoorScene.secret))
        try await scene.installation.write(scene.torg.sandvik) { op in
            _ = try op.tx.run("UPDATE cases SET is_confidential = 1 WHERE municipality = \(op.tenant)")
        }
        let page = try await kim.get("/sandvik/follow/\(number)")
        #expect(!page.body.contains(FollowDoorScene.secret) && page.body.contains("The case is confidential"))
        await scene.torg.close()
    }

    @Test func whoHasJustSentItReadsItForAWhileAndChoosesAWord() async throws {
        let kim = scene.browser()
        let sent = try await kim.submit(
            "/sandvik/report", from: "/sandvik/report",
            ["text": FollowDoorScene.secret, "category": scene.torg.text("Care"), "email": "kim@example.org"])
        let path = try #require(sent.location)
        let receipt = try await kim.get(path)
        #expect(receipt.body.contains(FollowDoorScene.secret) && receipt.body.contains("Choose a word below"))
        let number = try #require(CaseNumber(text: String(path.split(separator: "/")[2])))
        #expect(try await scene.post(kim, number, "word", ["word": "kort"]).status == 422)
        #expect(try await scene.post(kim, number, "word", ["word": FollowDoorScene.word]).status == 303)
        scene.torg.advance(minutes: 31)
        #expect(try await !kim.get(path).body.contains(FollowDoorScene.secret))
        let mail = try #require(try await scene.torg.mails().last { $0.contact != nil })
        let link = try #require(mail.body.firstMatch(of: #/http://torg\.test(/sandvik/follow/\S+)/#)).1
        #expect(try await !kim.open(String(link)).body.contains(FollowDoorScene.secret))
        #expect(try await scene.post(kim, number, "opening", ["code": FollowDoorScene.word]).status == 303)
        #expect(try await kim.get(path).body.contains(FollowDoorScene.secret))
        await scene.torg.close()
    }

    @Test func theStopPageTellsNothing() async throws {
        let (number, _) = try await scene.open(["email": "kim@example.org", "wants_updates": "true"])
        let mail = try #require(try await scene.torg.mails().last { $0.contact != nil })
        let stop = try #require(mail.body.firstMatch(of: #/http://torg\.test(/sandvik/stop/\S+)/#)).1
        let page = try await scene.browser().get(String(stop))
        #expect(page.status == 200)
        for told in ["\(number)", FollowDoorScene.secret, "Water", "Care"] {
            #expect(!page.body.contains(told), "\(told)")
        }
        await scene.torg.close()
    }
}
