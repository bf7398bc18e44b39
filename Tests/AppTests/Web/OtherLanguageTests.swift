import Domain
import Testing

@testable import App
@testable import Support

/// A form that came back can be read in another language, and nothing that was typed is lost by it.
@Suite struct OtherLanguageTests {
    /// Presses the button of a language, as it stands on a page that came back from a form.
    private func choose(_ language: String, on page: TestClient.Answer, of action: String, _ client: TestClient)
        async throws -> TestClient.Answer
    {
        let path = String(action.prefix { $0 != "?" })
        let id = "to:" + path
        #expect(page.body.matches(of: try Regex("id=\"\(id)\"")).count == 1, "\(action)")
        #expect(page.body.contains("<button form=\"\(id)\" name=\"_language\" value=\"\(language)\""), "\(action)")
        #expect(!page.body.contains("hreflang"), "no link loses what was typed")
        let form = try #require(HTMLForm(page.body, to: action) ?? HTMLForm(page.body, to: path), "\(action)")
        var values = [ReturnedForm.language: [language]]
        if let errors = page.body.firstMatch(of: /name="_errors" value="([^"]+)"/) {
            values["_errors"] = [String(errors.1)]
        }
        return try await client.send(form.with(values))
    }

    private func contacts(_ torg: TestTorg) async throws -> Int {
        try await torg.read { op in
            try op.tx.value("SELECT count(*) FROM contacts WHERE municipality = \(op.tenant)") ?? 0
        }
    }

    @Test func aCitizensReportComesBackInTheOtherLanguageWithTextAndFault() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let action = "/sandvik/report?send=1"
        let wrong = try await client.fill(
            "/sandvik/report", to: action, ["text": ["The lamp is \"dark\""], "phone": ["abc"]])
        #expect(wrong.status == 422)
        let swedish = try await choose("sv", on: wrong, of: action, client)
        #expect(swedish.status == 422)
        #expect(swedish.body.contains("<html lang=\"sv\">"))
        #expect(swedish.body.contains("<textarea id=\"text\""))
        #expect(swedish.body.contains("The lamp is &quot;dark&quot;</textarea>"))
        let words = torg.installation.words("sv")
        #expect(swedish.body.contains(words("error.invalid_phone")), "the fault is told in that language as well")
        #expect(try await contacts(torg) == 0)
        #expect(client.cookies[SetCookie.language] == "sv", "the next page is in it too")
        let danish = try await choose("da", on: swedish, of: action, client)
        let form = try #require(HTMLForm(danish.body, to: action))
        #expect(try await client.send(form.with(["phone": []])).status == 303)
        #expect(try await contacts(torg) == 1)
        await torg.close()
    }

    /// Nothing is carried out, even where nothing is wrong with what stands in the form by now.
    @Test func aFormThatCouldGoThroughIsOnlyShown() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let action = "/sandvik/report?send=1"
        let shown = try await client.fill(
            "/sandvik/report", to: action, ["text": ["Dark"], ReturnedForm.language: ["nb"]])
        #expect(shown.status == 200)
        #expect(shown.body.contains(">Dark</textarea>"))
        #expect(try await contacts(torg) == 0)
        await torg.close()
    }

    @Test func aColleagueStaysOnTheRegisterForm() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "agent")
        let wrong = try await client.fill(
            "/sandvik/contacts/new", to: "/sandvik/contacts", ["q1_text": ["Dark again"], "phone": ["abc"]])
        #expect(wrong.status == 422)
        let norwegian = try await choose("nb", on: wrong, of: "/sandvik/contacts", client)
        #expect(norwegian.body.contains("<html lang=\"nb\">"))
        #expect(norwegian.body.contains("data-register-form"))
        #expect(norwegian.body.contains(">Dark again</textarea>"))
        #expect(norwegian.body.contains(torg.installation.words("nb")("error.invalid_phone")))
        #expect(try await contacts(torg) == 0)
        await torg.close()
    }

    /// Of the forms on one page it is the one that came back.
    @Test func oneOfTheFormsOfACaseComesBack() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.useToken(of: "agent")
        let opened = try await client.call(
            .post, "/contacts",
            ["channel": "telephone", "questions": [["text": "Dark", "category": torg.text("Street light")]]])
        let page = "/sandvik/cases/\(try #require(opened.cases[0]))"
        try await client.logIn(as: "handler")
        #expect(try await client.fill(page, to: page + "/acknowledgement").status == 303)
        for (action, field, language) in [
            ("closure", "answer", "sv"), ("parking", "reason", "nb"), ("notes", "note", "da"),
        ] {
            let wrong = try await client.submit(
                "\(page)/\(action)", from: page, [field: String(repeating: "Lang tekst. ", count: 2_000)])
            #expect(wrong.status == 422, "\(action)")
            let chosen = try await choose(language, on: wrong, of: "\(page)/\(action)", client)
            #expect(
                chosen.body.contains("<html lang=\"\(language)\">") && chosen.body.contains("Lang tekst. </textarea>"))
        }
        await torg.close()
    }

    @Test func aFormOfTheAdministrationComesBack() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        let wrong = try await client.fill(
            "/sandvik/admin/people/new", to: "/sandvik/admin/people", ["name": ["Aud Ås"], "login": [""]])
        #expect(wrong.status == 422)
        let danish = try await choose("da", on: wrong, of: "/sandvik/admin/people", client)
        #expect(danish.body.contains("<html lang=\"da\">") && danish.body.contains("value=\"Aud Ås\""))
        await torg.close()
    }

    /// What has no form any more is kept as well.
    @Test func whatCannotBeSentAgainIsKept() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "handler")
        let token = try await client.get("/sandvik/mine").formToken
        let action = "/sandvik/cases/26-10001-5/feedback"
        let late = try await client.submit(action, from: "", ["message": "We come on Friday"], token: token)
        #expect(late.status == 404)
        let swedish = try await choose("sv", on: late, of: action, client)
        #expect(swedish.status == 404)
        #expect(swedish.body.contains("<html lang=\"sv\">"))
        #expect(swedish.body.contains("<blockquote class=\"written\">We come on Friday</blockquote>"))
        await torg.close()
    }

    /// The session has ended meanwhile: what was written goes through the login page, in whatever language.
    @Test func whatIsKeptOnTheLoginPageStaysThere() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "agent")
        let token = try await client.get("/sandvik/contacts/new").formToken
        try await client.logIn(as: nil)
        let login = try await client.submit("/sandvik/contacts", from: "", ["q1_text": "Dark"], token: token)
        #expect(login.status == 401)
        let swedish = try await choose("sv", on: login, of: "/sandvik/login", client)
        #expect(swedish.body.contains("<html lang=\"sv\">") && swedish.body.contains("name=\"kept\""))
        await torg.close()
    }

    @Test(arguments: [
        ("/sandvik/contacts", "/sandvik/contacts/new"), ("/sandvik/sight/1/confirmation", "/sandvik/sight"),
        ("/sandvik/admin/people/1/password", "/sandvik/admin/people/1"),
    ])
    func theAddressOfAFormLeadsToItsPage(address: String, page: String) async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        #expect(try await client.get(address + "?language=sv").location == page + "?language=sv")
        await torg.close()
    }
}
