import Domain
import Foundation
import Support
import Testing

@testable import App

/// Callers and cases are found however a number or a name is written, at every place where somebody looks.
@Suite struct FoundTests {
    private func encoded(_ text: String) -> String { URLEncoded.encode(text) }

    /// Registers at the desk and returns the case's number.
    private func register(_ torg: TestTorg, _ client: TestClient, _ fields: [String: String]) async throws -> String {
        let base = ["channel": "telephone", "q1_text": "Lyset er mørkt", "q1_unit": torg.text("Roads")]
        let sent = try await client.submit(
            "/sandvik/contacts", from: "/sandvik/contacts/new", base.merging(fields) { $1 })
        #expect(sent.status == 303, "\(fields)")
        let page = try await client.get(try #require(sent.location)).body
        return try #require(page.firstMatch(of: /\d\d-\d{5}-\d/).map { String($0.0) })
    }

    private static let ways = [
        "900 12 345", "90012345", "+47 900 12 345", "004790012345", "47 900 12 345", "900\u{2011}12\u{2011}345",
        "\u{202A}+47\u{a0}900\u{202f}12 345\u{202C}", "900\u{AD}12\u{200B}345", "tlf. 900 12 345 (mobil)",
        "+47 (0) 900 12 345", "47 (0)900 12 345", "９００ １２ ３４５",
    ]

    /// Of neighbours' telephones, with their country's code.
    @Test(arguments: [
        [
            "+46 70-123 45 67", "0046701234567", "46 70 123 45 67", "+46 (0)70 123 45 67", "46 (0)70-123 45 67",
            "46070-1234567", "0046 (0) 70 1234567",
        ],
        ["+45 20 12 34 56", "004520123456", "4520123456", "45 20 12 34 56", "+45 (0) 20123456", "45 (0)20 12 34 56"],
    ])
    func soIsOneFromAnotherCountry(_ ways: [String]) async throws {
        let torg = try await TestTorg()
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        var cases: [String] = []
        for way in ways {
            cases.append(try await register(torg, agent, ["phone": way]))
            cases.append(try await register(torg, agent, ["q1_text": "Ring meg på \(way), takk"]))
        }
        for way in ways {
            let found = try await agent.get("/sandvik/search?q=" + encoded(way)).body
            #expect(cases.filter { !found.contains($0) } == [], "\(way)")
        }
        await torg.close()
    }

    @Test func aNumberIsFoundAsFarAsItHasBeenTyped() async throws {
        let torg = try await TestTorg()
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        let number = try await register(torg, agent, ["name": "Siv", "phone": "900 12 345"])
        for typed in ["90012", "900 12", "900 12 3", "+47 900 12", "47 900 12 34", "900\u{A0}12"] {
            #expect(try await agent.get("/sandvik/search?q=" + encoded(typed)).body.contains(number), "\(typed)")
        }
        for typed in ["900 13", "12 345", "900 12 346"] {
            #expect(try await !agent.get("/sandvik/search?q=" + encoded(typed)).body.contains(number), "\(typed)")
        }
        await torg.close()
    }

    @Test func anAddressIsFoundHoweverItIsPasted() async throws {
        let torg = try await TestTorg()
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        let number = try await register(torg, agent, ["name": "Kari", "email": "Kari <kari@x.no>"])
        for way in ["\u{200B}kari@x.no", "‹kari@x.no›", "mailto:kari@x.no", "kari@x.no.", "Kari <kari@x.no>,"] {
            let looked = try await agent.submit(
                "/sandvik/contacts", from: "/sandvik/contacts/new",
                ["channel": "telephone", "email": way, "q1_text": "x", "find_person": "on"])
            #expect(looked.body.contains(number), "\(way)")
            let followed = try await TestClient(torg).submit(
                "/sandvik/follow", from: "/sandvik/follow", ["number": number, "contact": way])
            #expect(followed.status == 303, "\(way)")
        }
        await torg.close()
    }

    @Test(arguments: [0, 3, 8]) func aCallerIsFoundByAnyWayOfWritingTheNumber(_ registered: Int) async throws {
        let torg = try await TestTorg()
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        let case1 = try await register(torg, agent, ["name": "Siv", "phone": Self.ways[registered]])
        let case2 = try await register(torg, agent, ["q1_text": "Ring meg på 900 12 345 eller 22334455 etter 16.30"])
        let stranger = TestClient(torg)
        for way in Self.ways {
            let searched = try await agent.get("/sandvik/search?q=" + encoded(way)).body
            #expect(searched.contains(case1) && searched.contains(case2), "\(way)")
            let looked = try await agent.submit(
                "/sandvik/contacts", from: "/sandvik/contacts/new",
                ["channel": "telephone", "phone": way, "q1_text": "x", "find_person": "on"])
            #expect(looked.body.contains(case1), "\(way)")
        }
        for way in [Self.ways[1], Self.ways[6]] {
            let followed = try await stranger.submit(
                "/sandvik/follow", from: "/sandvik/follow", ["number": "Re: [\(case1)] Lyset", "contact": way])
            #expect(followed.status == 303, "\(way)")
        }
        for typed in ["22 33 44 55", "+4722334455", "22 33 44 55 Ring"] {
            #expect(try await agent.get("/sandvik/search?q=" + encoded(typed)).body.contains(case2), "\(typed)")
        }
        try await agent.useToken(of: "agent")
        let found = try await agent.call(.get, "/cases?text=" + encoded("+47 900 12 345"))
        #expect(found.body.contains(case1) && found.body.contains(case2))
        let none = try await agent.get("/sandvik/search?q=" + encoded("900 12 346")).body
        #expect(!none.contains(case1) && !none.contains(case2))
        await torg.close()
    }

    /// "None" is said of what was looked up, and of nothing else.
    @Test func nobodyIsToldThatThereIsNothingWhereNothingCouldBeRead() async throws {
        let torg = try await TestTorg()
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        let number = try await register(torg, agent, ["name": "Siv", "phone": "900 12 345"])
        func find(_ fields: [String: String]) async throws -> TestClient.Answer {
            try await agent.submit(
                "/sandvik/contacts", from: "/sandvik/contacts/new",
                ["channel": "telephone", "q1_text": "x", "find_person": "true"].merging(fields) { $1 })
        }
        let none = "No open cases that you can see"
        for phone in ["22 33 44 55 / 900 12 345", "90012345 ext 12", "900 12 345, 22 33 44 55"] {
            let found = try await find(["phone": phone])
            #expect(found.status == 200 && found.body.contains("name=\"join\" value=\"\(number)\""), "\(phone)")
        }
        let unknown = try await find(["phone": "900 12 346"])
        #expect(unknown.status == 200 && unknown.body.contains(none))
        for (field, typed) in [("phone", "not known"), ("email", "siv@"), ("phone", "")] {
            let unread = try await find([field: typed])
            #expect(unread.status == 422 && !unread.body.contains(none), "\(field) \(typed)")
            #expect(unread.body.contains("id=\"\(field)-error\""), "\(field) \(typed)")
        }
        await torg.close()
    }

    @Test func aCaseIsFoundByItsNumberAmongOtherWords() async throws {
        let torg = try await TestTorg()
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        let number = try await register(torg, agent, ["name": "T.E."])
        let parts = number.split(separator: "-")
        let subjects = [
            "Sak " + parts.joined(separator: " "), "sak " + parts.joined(), "Saksnr. 20" + parts.joined(separator: " "),
            "Sak \(number)", "SV: [\(number)] Vi har mottatt det", "20\(number)", "\(parts[1])-\(parts[2])",
            parts.joined(separator: "\u{2011}"), parts.joined(separator: " – "), "\u{200E}\(number)\u{200E}",
        ]
        for typed in subjects {
            let searched = try await agent.get("/sandvik/search?q=" + encoded(typed))
            #expect(searched.location == "/sandvik/cases/\(number)", "\(typed)")
            let joined = try await agent.submit(
                "/sandvik/contacts", from: "/sandvik/contacts/new",
                ["channel": "visit", "q1_text": "Det er fremdeles mørkt", "q1_case": typed])
            #expect(joined.status == 303, "\(typed)")
        }
        #expect(try await agent.get("/sandvik/search?q=T.E.").body.contains(number))
        // Where it is somebody's telephone as well, both are shown.
        let caller = try await register(torg, agent, ["phone": parts.joined()])
        let both = try await agent.get("/sandvik/search?q=" + encoded("ring " + parts.joined()))
        #expect(both.status == 200 && both.body.contains(number) && both.body.contains(caller))
        #expect(try await agent.get("/sandvik/search?q=070-123+45+67").body.contains("No case and no contact contains"))
        try await agent.useToken(of: "agent")
        #expect(try await agent.call(.get, "/cases?text=" + encoded("Re: \(number) og mer")).body.contains(number))
        let joined = try await agent.call(
            .post, "/contacts", ["channel": "visit", "questions": [["text": "Mer", "case": "Sak \(number)"]]])
        #expect(joined.status == 201)
        await torg.close()
    }

    @Test func aFilterByWhatNeverWasIsAMistake() async throws {
        let torg = try await TestTorg()
        let agent = TestClient(torg)
        try await agent.useToken(of: "agent")
        for filter in ["unit=1", "handler=1", "category=1", "text=x&unit=1"] {
            let refused = try await agent.call(.get, "/cases?" + filter)
            #expect(refused.status == 422 && refused.body.contains("unknown"), "\(filter)")
        }
        #expect(try await agent.call(.get, "/cases?unit=" + torg.text("Water")).status == 200)
        await torg.close()
    }

    @Test func whoMayReadFindsFromTheMomentItBecomesConfidential() async throws {
        let torg = try await TestTorg()
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        let number = try await register(torg, agent, ["q1_text": "Ekorn på loftet", "q1_unit": torg.text("Roads")])
        let confidential = try #require(CaseNumber(text: number))
        func found(as login: String?) async throws -> Bool {
            try await torg.installation.read(
                torg.sandvik,
                as: { _, directory, _ in
                    .user(try #require(directory.people.values.first { $0.user.login == login }?.user))
                }
            ) { op in
                // Nothing is hidden but by the index itself.
                let scope = try op.scope
                var open = CaseScope(condition: "1 = 1")
                open.confidentialUnits = scope.confidentialUnits
                return try !CaseList.search("ekorn", scope: open, limit: 5, after: nil, in: op).cases.isEmpty
            }
        }
        func finders() async throws -> [String] {
            var finders: [String] = []
            for login in ["agent", "handler", "plumber"] where try await found(as: login) { finders.append(login) }
            return finders
        }
        #expect(try await finders() == ["agent", "handler", "plumber"])
        // Joined by a question of a confidential category, it becomes confidential.
        let sent = try await agent.submit(
            "/sandvik/contacts", from: "/sandvik/contacts/new",
            [
                "channel": "visit", "q1_text": "Flere ekorn", "q1_case": number, "q1_confidential": "on",
            ])
        #expect(sent.status == 303)
        #expect(try await finders() == ["handler"])
        // It goes to another unit.
        let water: ID<Domain.Unit> = torg.id("Water")
        try await torg.installation.write(torg.sandvik, as: { _, _, _ in .system }) { op in
            _ = try op.cases.change(confidential) {
                try $0.passOn(to: water, handler: nil, note: nil, calendar: op.directory.calendar, at: op.now)
            }
        }
        #expect(try await finders() == ["plumber"])
        await torg.close()
    }
}
