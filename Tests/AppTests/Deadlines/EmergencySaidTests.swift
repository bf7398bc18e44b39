import Domain
import Testing

@testable import App
@testable import Support

/// Whom to call comes first where somebody tells of what is acute: before sending, on the receipt, in the mail (R1.10).
@Suite struct EmergencySaidTests {
    /// Whoever has the case in hand does not know what the second caller tells.
    @Test func aSecondReportOfACaseInHandIsMetWithWhomToCall() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.useToken(of: "agent")
        let question: [String: Any] = ["text": "Open manhole", "unit": torg.text("Roads"), "acute": true]
        let opened = try await client.call(.post, "/contacts", ["channel": "telephone", "questions": [question]])
        let number = try #require(opened.cases.first ?? nil)
        try await client.useToken(of: "handler")
        #expect(try await client.call(.post, "/cases/\(number)/acknowledgement", [:]).status == 200)
        torg.advance(minutes: 5)
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        for (text, isWarned) in [("Det brenner i kummen!", true), ("Is somebody on the way?", false)] {
            var fields = ["channel": "telephone", "email": "ola@example.org", "q1_text": text, "q1_case": number]
            if isWarned {
                let first = try await agent.submit("/sandvik/contacts", from: "/sandvik/contacts/new", fields)
                #expect(first.status == 200 && first.body.contains("Say first: Is anyone in danger? Call 110"))
                #expect(first.body.contains(text) && !first.body.contains("Something needs to be changed"))
                fields["emergency_seen"] = "1"
            }
            let sent = try await agent.submit("/sandvik/contacts", from: "/sandvik/contacts/new", fields)
            let page = try await agent.get(try #require(sent.location)).body
            #expect(page.contains("Say first: Is anyone in danger? Call 110") == isWarned, "\(text)")
            let receipt = try await torg.mails().last { $0.address == "ola@example.org" }
            #expect(receipt?.body.hasPrefix("Er noen i fare? Ring 110") == isWarned, "\(text)")
        }
        await torg.close()
    }

    private func makeAcute(_ torg: TestTorg) async throws {
        let leak: ID<Domain.Category> = torg.id("Water leak")
        try await torg.installation.write(torg.sandvik) { op in
            try op.tx.run(
                """
                UPDATE categories SET is_acute = 1, emergency_number = '38 00 11 00'
                WHERE municipality = \(op.tenant) AND id = \(leak)
                """)
            try op.tx.run(
                """
                UPDATE category_names SET notice = 'Call the watch, then report it here.'
                WHERE municipality = \(op.tenant) AND category_id = \(leak)
                """)
            try op.organisation.touch()
        }
    }

    /// The caller is on the line while the form is filled in.
    @Test func whoRegistersSeesWhomToCallBeforeSending() async throws {
        let torg = try await TestTorg()
        try await makeAcute(torg)
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        let path = "/sandvik/contacts/new"
        let line = "Say first: Is anyone in danger? Call 38 00 11 00 at once."
        let leak = torg.text("Water leak")
        let empty = try await agent.get(path).body
        #expect(empty.contains("data-category=\"\(leak)\" data-emergency hidden>\(line)</p>"))
        let fields = ["channel": "telephone", "q1_text": "A pipe", "q1_category": leak]
        let first = try await agent.submit("/sandvik/contacts", from: path, fields)
        #expect(first.status == 200 && first.body.contains(line) && first.body.contains("A pipe"))
        let form = try #require(HTMLForm(first.body, to: "/sandvik/contacts"))
        let sent = try await agent.send(form)
        #expect(sent.status == 303, "\(sent.body)")
        let receipt = try await agent.get(try #require(sent.location)).body
        let (call, say) = (receipt.firstRange(of: line), receipt.firstRange(of: "Say:</span>"))
        #expect(try #require(call).lowerBound < #require(say).lowerBound, "before anything else")
        #expect(!receipt.contains("then report it here"), "it has just been reported")
        // What was dealt with on the line needs no second press.
        let answered = fields.merging(["q1_answered": "true"]) { $1 }
        #expect(try await agent.submit("/sandvik/contacts", from: path, answered).status == 303)
        await torg.close()
    }

    /// By the country, whatever the language: 112 is the police in Norway.
    @Test(arguments: ["sv", "nb", "da", "en"]) func theStandardTextNamesTheCountrysNumbers(
        _ language: String
    ) async throws {
        let torg = try await TestTorg()
        try await makeAcute(torg)
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        let words = torg.installation.words(language)
        let page = try await agent.get("/sandvik/contacts/new?language=\(language)").body
        let said = try #require(page.split(separator: words("standard.acute.title")).last)
        #expect(said.contains(words("emergency.call.NO")) && !page.contains("{call}"))
        let chosen = try await agent.submit(
            "/sandvik/contacts", from: "/sandvik/contacts/new?language=\(language)",
            ["q1_text": "A pipe", "q1_category": torg.text("Water leak"), "add_question": "true"])
        let own = try #require(chosen.body.split(separator: words("standard.acute.title")).last)
        #expect(own.contains(words("emergency.call.number", ["number": "38 00 11 00"])))
        await torg.close()
    }
}
