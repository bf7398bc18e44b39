import Database
import Domain
import Testing

@testable import App
@testable import Support

/// Whose word opens a confidential case: the one that its unit or its reporter agreed last, and no other.
@Suite struct FollowWordTests {
    private let scene: FollowDoorScene

    init() async throws { scene = try await FollowDoorScene() }

    private func lastContact() async throws -> ID<Contact> {
        try await scene.torg.read { op in
            try op.tx.value("SELECT max(id) FROM contacts WHERE municipality = \(op.tenant)") ?? ID(0)
        }
    }

    @Test(arguments: [["email": "kim@example.org"], ["phone": "90012345"], [:]])
    func oneThatWasGivenFromOutsideOpensNothing(_ person: [String: String]) async throws {
        let (number, link) = try await scene.open()
        try await scene.join(number, person.merging(["word": FollowDoorScene.word]) { $1 })
        let kim = scene.browser()
        _ = try await kim.get(link)
        #expect(try await scene.post(kim, number, "opening", ["code": FollowDoorScene.word]).status == 422)
        #expect(try await scene.find(number, "kim@example.org", FollowDoorScene.word) == 403)
        // Nor when the unit says that it is the right person.
        if !person.isEmpty {
            let unit = scene.browser()
            try await unit.logIn(as: "plumber")
            let page = "/sandvik/cases/\(number)"
            let confirmation = "\(page)/reporters/\(try await lastContact())/confirmation"
            #expect(try await unit.fill(page, to: confirmation).status == 303)
        }
        #expect(try await scene.post(kim, number, "opening", ["code": FollowDoorScene.word]).status == 422)
        #expect(try await scene.find(number, "kim@example.org", FollowDoorScene.word) == 403)
        await scene.torg.close()
    }

    /// A contact that opens one confidential case, and is joined to another from outside.
    @Test func aWordForOneCaseDoesNotOpenAnotherByConfirmation() async throws {
        let (number, _) = try await scene.open()
        try await scene.join(
            number,
            [
                "email": "kim@example.org", "word": FollowDoorScene.word, "q2_text": "Something else",
                "q2_category": scene.torg.text("Care"),
            ])
        #expect(try await scene.find(number, "kim@example.org", FollowDoorScene.word) == 403)
        let unit = scene.browser()
        try await unit.logIn(as: "plumber")
        let page = "/sandvik/cases/\(number)"
        let confirmation = "\(page)/reporters/\(try await lastContact())/confirmation"
        #expect(try await unit.fill(page, to: confirmation).status == 303)
        #expect(try await scene.find(number, "kim@example.org", FollowDoorScene.word) == 403)
        await scene.torg.close()
    }

    @Test func aNewOneTakesThePlaceOfAllBefore() async throws {
        let (number, link) = try await scene.open(["email": "kim@example.org"], word: FollowDoorScene.word)
        let kim = scene.browser()
        _ = try await kim.get(link)
        #expect(try await scene.post(kim, number, "opening", ["code": FollowDoorScene.word]).status == 303)
        // One more contact of the same person, and the new word is agreed in that.
        #expect(try await scene.post(kim, number, "answer", ["message": "The left one"]).status == 303)
        let unit = scene.browser()
        try await unit.logIn(as: "plumber")
        let page = "/sandvik/cases/\(number)"
        let agreed = try await unit.submit(
            page + "/word", from: page, ["word": "Snøstorm", "contact": "\(try await lastContact())"])
        #expect(agreed.status == 303, "\(agreed.body)")
        #expect(try await scene.find(number, "kim@example.org", FollowDoorScene.word) == 403)
        #expect(try await scene.find(number, "kim@example.org", "Snøstorm") == 303)
        await scene.torg.close()
    }
}
