import Domain
import Testing

@testable import App
@testable import Support

/// What was chosen and can no longer be is named, to whoever could choose it.
@Suite struct GoneChoiceTests {
    private func retire(_ category: String, _ torg: TestTorg, isPublic: Bool = true) async throws {
        let id: ID<Domain.Category> = torg.id(category)
        try await torg.installation.write(torg.sandvik) { op in
            try op.tx.run(
                """
                UPDATE categories SET is_active = 0, is_public = \(isPublic)
                WHERE municipality = \(op.tenant) AND id = \(id)
                """)
            try op.organisation.touch()
        }
    }

    @Test func aColleagueReadsTheNameOfTheCategoryAndTheUnit() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "agent")
        try await retire("Street light", torg)
        let answer = try await client.submit(
            "/sandvik/contacts", from: "/sandvik/contacts/new",
            ["channel": "telephone", "q1_text": "Dark", "q1_category": torg.text("Street light")])
        #expect(answer.status == 422)
        #expect(answer.body.contains("“Street light” can no longer be chosen. Choose something else."))
        #expect(answer.body.contains(" selected>Street light</option>"))
        await torg.close()
    }

    @Test func whatNeverWasIsNotNamed() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "agent")
        let answer = try await client.submit(
            "/sandvik/contacts", from: "/sandvik/contacts/new",
            ["channel": "telephone", "q1_text": "Dark", "q1_category": "4711"])
        #expect(answer.status == 422 && answer.body.contains("This no longer exists. Choose something else."))
        #expect(answer.body.contains(" selected>Choose again</option>"))
        await torg.close()
    }

    /// A citizen learns the name of nothing they could not have chosen.
    @Test func aCitizenIsToldOfPublicCategoriesAlone() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await retire("Street light", torg, isPublic: false)
        for (id, name) in [(torg.text("Street light"), "Street light"), (torg.text("Roads"), "Roads")] {
            let answer = try await client.submit(
                "/sandvik/report", from: "/sandvik/report", ["text": "Dark", "category": id, "phone": "abc"])
            #expect(answer.status == 422 && !answer.body.contains(name), "\(name)")
        }
        await torg.close()
    }

    /// How much was written is told beside how much there is room for, with digits that can be read.
    @Test func aTextThatIsTooLongIsMeasured() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        for (language, told) in [
            ("en", "You wrote 20,001 characters, and there is room for 20,000."),
            ("sv", "Du skrev 20\u{a0}001 tecken, och högst 20\u{a0}000 får plats."),
            ("da", "Du skrev 20.001 tegn, og der er plads til 20.000."),
        ] {
            let answer = try await client.submit(
                "/sandvik/report", from: "/sandvik/report?language=" + language,
                ["text": String(repeating: "x", count: 20_001)])
            #expect(answer.status == 422 && answer.body.contains(told), "\(language)")
        }
        await torg.close()
    }
}
