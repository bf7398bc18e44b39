import Domain
import Testing

@testable import App
@testable import Support

/// The door asks for what there is, names it so, and keeps no secret on the page.
@Suite struct DoorWordsTests {
    private let scene: FollowDoorScene
    init() async throws { scene = try await FollowDoorScene() }

    @Test func withoutAGatewayOnlyTheWordIsSpokenOf() async throws {
        let (number, link) = try await scene.open(word: FollowDoorScene.word)
        let client = TestClient(scene.torg)
        _ = try await client.get(link)
        let door = try await client.get("/sandvik/follow/\(number)").body
        #expect(door.contains("<label for=\"code\">Agreed word</label>"))
        let wrong = try await client.submit(
            "/sandvik/follow/\(number)/opening", from: "/sandvik/follow/\(number)", ["code": "Solbærsaft"])
        #expect(wrong.status == 422)
        #expect(wrong.body.contains("The word is not right.") && !wrong.body.contains("ode is valid"))
        #expect(!wrong.body.contains("Solbærsaft"))
        await scene.torg.close()
    }

    @Test func afterTheLastTryTheWordIsNotReadable() async throws {
        let (number, link) = try await scene.open(word: FollowDoorScene.word)
        let client = scene.browser()
        _ = try await client.get(link)
        var status = 422
        var tries = 0
        while status == 422, tries < 50 {
            let wrong = try await scene.post(client, number, "opening", ["code": "Solbærsaft"])
            (status, tries) = (wrong.status, tries + 1)
            #expect(!wrong.body.contains("Solbærsaft"))
        }
        #expect(status == 429)
        await scene.torg.close()
    }

    @Test func whoeverFindsNoCaseIsToldOnceWhomToCall() async throws {
        let installation = scene.torg.installation
        for client in [TestClient(scene.torg, installation: installation), scene.browser()] {
            let answer = try await client.submit(
                "/sandvik/follow", from: "/sandvik/follow",
                ["number": "26-10001-5", "contact": "kim@example.org", "code": "Solbærsaft"])
            #expect(answer.status == 403)
            #expect(answer.body.matches(of: /(?i)call us/).count == 1)
            #expect(answer.body.contains("href=\"tel:"))
            #expect(!answer.body.contains("Solbærsaft"))
        }
        await scene.torg.close()
    }
}
