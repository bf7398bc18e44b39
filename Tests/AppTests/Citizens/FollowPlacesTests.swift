import Domain
import Testing

@testable import App
@testable import Support

/// Somebody with the mailbox, or in the same house, does not keep the reporter out of what they reported.
@Suite struct FollowPlacesTests {
    private let scene: FollowDoorScene
    private let home = "192.0.2.1"

    init() async throws { scene = try await FollowDoorScene() }

    /// A browser before the door, by the link.
    private func before(_ link: String, _ browser: TestClient? = nil) async throws -> TestClient {
        let client = browser ?? scene.browser()
        client.cookies = client.cookies.filter { !$0.key.contains("torg_follow") }
        _ = try await client.get(link)
        return client
    }

    private func askForCode(_ client: TestClient, _ number: CaseNumber, from address: String) async throws -> Int {
        try await scene.post(client, number, "code", from: address).status
    }

    private func open(
        _ client: TestClient, _ number: CaseNumber, _ typed: String, from address: String
    ) async throws -> Int {
        try await scene.post(client, number, "opening", ["code": typed], from: address).status
    }

    @Test func codesAreCountedForEachPlaceAndForTheTelephone() async throws {
        let (number, link) = try await scene.open(word: FollowDoorScene.word)
        let kim = try await before(link)
        #expect(try await open(kim, number, FollowDoorScene.word, from: home) == 303)
        let thief = try await before(link)
        for _ in 1...3 { #expect(try await askForCode(thief, number, from: "198.51.100.1") == 200) }
        #expect(try await askForCode(thief, number, from: "198.51.100.1") == 429)
        // One elsewhere is not kept from it, but nobody's telephone is flooded.
        for _ in 1...3 { #expect(try await askForCode(thief, number, from: "198.51.100.2") == 200) }
        #expect(try await askForCode(thief, number, from: "198.51.100.3") == 429)
        // The browser that has opened it before is known, wherever it is; and so is the network.
        let again = try await before(link, kim)
        #expect(try await askForCode(again, number, from: "203.0.113.1") == 200)
        #expect(try await open(again, number, try await scene.lastCode(), from: "203.0.113.1") == 303)
        #expect(try await askForCode(try await before(link), number, from: home) == 200)
        #expect(try await scene.installation.deliverMessages() >= 0)
        #expect(scene.texts.all.count == 8)
        await scene.torg.close()
    }

    @Test func wrongCodesFromElsewhereDoNotTakeTheRightOne() async throws {
        let (number, link) = try await scene.open()
        let kim = try await before(link)
        #expect(try await askForCode(kim, number, from: home) == 200)
        let code = try await scene.lastCode()
        let thief = try await before(link)
        for guess in 0..<8 {
            let wrong = code == "00000\(guess)" ? "999999" : "00000\(guess)"
            #expect(try await open(thief, number, wrong, from: "198.51.100.\(guess)") == 422)
        }
        #expect(try await open(thief, number, code, from: "198.51.100.50") == 422, "guessing ends")
        #expect(try await open(kim, number, code, from: home) == 303)
        await scene.torg.close()
    }

    @Test func whoSitsInTheSameHouseDoesNotLockTheReporterOut() async throws {
        let (number, link) = try await scene.open(["email": "kim@example.org"], word: FollowDoorScene.word)
        let kim = try await before(link)
        #expect(try await open(kim, number, FollowDoorScene.word, from: home) == 303)
        let neighbour = try await before(link)
        for _ in 1...5 { #expect(try await open(neighbour, number, "gjetning", from: home) == 422) }
        #expect(try await open(neighbour, number, FollowDoorScene.word, from: home) == 429)
        #expect(try await open(try await before(link, kim), number, FollowDoorScene.word, from: home) == 303)
        await scene.torg.close()
    }

    /// By number and address, and with what was just sent.
    @Test func theBrowserThatSentItIsKnownToo() async throws {
        let kim = scene.browser()
        let sent = try await kim.submit(
            "/sandvik/report", from: "/sandvik/report",
            ["text": FollowDoorScene.secret, "category": scene.torg.text("Care"), "email": "kim@example.org"],
            headers: ["X-Forwarded-For": home])
        let number = try #require(sent.location.flatMap { CaseNumber(text: String($0.split(separator: "/")[2])) })
        #expect(try await scene.post(kim, number, "word", ["word": FollowDoorScene.word], from: home).status == 303)
        func find(_ client: TestClient, _ word: String) async throws -> Int {
            try await client.submit(
                "/sandvik/follow", from: "/sandvik/follow",
                ["number": "\(number)", "contact": "kim@example.org", "code": word],
                headers: ["X-Forwarded-For": home]
            ).status
        }
        for _ in 1...6 { #expect(try await find(scene.browser(), "gjetning") == 403) }
        #expect(try await find(scene.browser(), FollowDoorScene.word) == 403, "has to wait")
        #expect(try await find(kim, FollowDoorScene.word) == 303)
        await scene.torg.close()
    }

    @Test func aCodeInTheOutboxTellsNobodyWhoseItIs() async throws {
        let (number, link) = try await scene.open()
        #expect(try await askForCode(try await before(link), number, from: home) == 200)
        let mail = try #require(try await scene.torg.mails().last { $0.kind == .followCode })
        let admin = scene.browser()
        try await admin.logIn(as: "admin")
        for page in ["/sandvik/admin/mail", "/sandvik/admin/mail?show=waiting", "/sandvik/admin/mail/\(mail.id)"] {
            let shown = try await admin.get(page)
            #expect(shown.status == 200)
            for told in ["90012345", "900 12 345", "\(number)", "kim@example.org"] {
                #expect(!shown.body.contains(told), "\(page): \(told)")
            }
        }
        await scene.torg.close()
    }
}
