import Adapters
import Database
import Domain
import Testing

@testable import App
@testable import Support

/// What is acute is told at once, also when it becomes so later, and stays on top until somebody has it (R1.10).
@Suite struct AcuteTests {
    /// Torg with a gateway for text messages, and a client who registers by telephone.
    private func prepare() async throws -> (TestTorg, TestClient) {
        let torg = try await TestTorg()
        try await torg.organise()
        var installation = torg.installation
        installation.settings.sms = SMSGateway(url: "http://localhost/", from: "Torg")
        return (torg, TestClient(torg, installation: installation))
    }

    private func open(
        _ torg: TestTorg, _ client: TestClient, unit: String = "Roads", _ more: [String: Any] = [:]
    ) async throws -> String {
        try await client.useToken(of: "agent")
        let question = ["text": "Open manhole", "unit": torg.text(unit)].merging(more) { $1 }
        let answer = try await client.call(.post, "/contacts", ["channel": "telephone", "questions": [question]])
        return try #require(answer.cases.first ?? nil)
    }

    /// What was told of a case as acute: `sms +4799887766`.
    private func told(_ torg: TestTorg) async throws -> [String] {
        try await torg.read { op in
            try op.tx.rows("SELECT medium, address FROM outbox WHERE municipality = \(op.tenant) AND kind = 'acute'")
                .map { row -> String in "\(try row["medium"] as String) \(try row["address"] as String)" }.sorted()
        }
    }

    @Test func itIsToldAtOnceByMailBellAndTelephone() async throws {
        let (torg, client) = try await prepare()
        // Saturday night.
        torg.advance(days: 5, hours: 14)
        let number = try await open(torg, client, ["acute": true])
        #expect(try await told(torg) == ["mail handler@sandvik.example", "sms +4799887766"])
        let text = try await torg.mails().first { $0.address == "+4799887766" }
        #expect(text?.body.contains(number) == true && text?.body.contains("manhole") == false)
        #expect(try await torg.unread() == 1)
        try await client.useToken(of: "handler")
        _ = try await client.call(.post, "/cases/\(number)/acknowledgement", [:])
        #expect(try await torg.unread() == 0)
        await torg.close()
    }

    @Test func whatNobodyHasGoesToTheContactCentre() async throws {
        let torg = try await TestTorg()
        try await torg.organise()
        let citizen = TestClient(torg)
        let warned = try await citizen.submit(
            "/sandvik/report", from: "/sandvik/report", ["text": "Det er brann i parken"])
        #expect(warned.status == 200 && warned.body.contains("href=\"tel:110\""))
        let form = try #require(HTMLForm(warned.body, to: "/sandvik/report?send=1"))
        #expect(form.values["text"] == ["Det er brann i parken"])
        let sent = try await citizen.send(form)
        #expect(sent.status == 303)
        let receipt = try await citizen.get(try #require(sent.location))
        #expect(receipt.body.contains("href=\"tel:110\""))
        #expect(try await told(torg) == ["mail torg@sandvik.example"])
        await torg.close()
    }

    /// In hand, put aside and waiting: a second caller says that it burns.
    @Test(arguments: [nil, "parking", "waiting"] as [String?])
    func aCaseInHandThatBecomesAcuteIsToldToItsPerformerAndTheReceiver(_ aside: String?) async throws {
        let (torg, client) = try await prepare()
        let number = try await open(torg, client)
        _ = try await open(torg, client)
        try await client.useToken(of: "leader")
        let path = "/cases/\(number)"
        #expect(try await client.call(.post, path + "/acknowledgement", [:]).status == 200)
        if let aside {
            let fields = ["until": "2026-09-01", "reason": "Spring", "message": "Which one?"]
            #expect(try await client.call(.post, "\(path)/\(aside)", fields).status == 200)
        }
        try await client.useToken(of: "agent")
        let second = try await client.call(
            .post, "/contacts",
            ["channel": "telephone", "questions": [["text": "It burns", "case": number, "acute": true]]])
        #expect(second.status == 201)
        #expect(
            try await told(torg) == [
                "mail handler@sandvik.example", "mail leader@sandvik.example", "sms +4799887766",
            ])
        #expect(try await torg.unread() == 2)
        let shown = try await client.call(.get, path).json
        #expect(shown["state"] as? String == "passedOn")
        #expect(shown["handler"] as? String == torg.text("leader"))
        let list = try await client.call(.get, "/cases?state=passedOn")
        #expect(list.numbers.first == number)
        // On top until somebody has it.
        try await client.useToken(of: "handler")
        #expect(try await client.call(.post, path + "/acknowledgement", [:]).status == 200)
        #expect(try await torg.unread() == 0)
        // Nobody is told twice of the same.
        try await client.useToken(of: "agent")
        #expect(try await client.call(.post, path + "/acute", [:]).status == 200)
        #expect(try await told(torg).count == 3)
        await torg.close()
    }

    /// An event tells each address once: what sounds acute brings along what was written.
    @Test func whatACitizenWroteIsReadInTheMail() async throws {
        let (torg, client) = try await prepare()
        let number = try #require(CaseNumber(text: try await open(torg, client)))
        try await torg.installation.write(torg.sandvik) { op in
            let shown = try op.cases.load(number, in: .everything)
            let contact: ID<Contact> = try #require(
                try op.tx.value("SELECT contact_id FROM questions WHERE municipality = \(op.tenant)"))
            try AnswerAsCitizen(message: "Det brenner i kummen!").perform(
                on: FollowedCase(shown: shown, contact: contact), in: op)
        }
        let mails = try await torg.mails().filter { $0.kind == .acute && $0.medium == .mail }
        #expect(!mails.isEmpty)
        for mail in mails { #expect(mail.body.contains("\n\nDet brenner i kummen!\n\n"), "\(mail.address)") }
        await torg.close()
    }

    @Test func theContractorWhoHasItIsToldToo() async throws {
        let (torg, client) = try await prepare()
        let lamps: ID<Contractor> = ID(700)
        try await torg.installation.write(torg.sandvik) { op in
            try op.tx.run(
                """
                INSERT INTO contractors (municipality, id, name, email)
                VALUES (\(op.tenant), \(lamps), 'Lamps', 'lamps@example.org')
                """)
            try op.organisation.touch()
        }
        let number = try await open(torg, client)
        #expect(try await client.call(.post, "/cases/\(number)/routing", ["contractor": "\(lamps)"]).status == 200)
        #expect(try await client.call(.post, "/cases/\(number)/acute", [:]).status == 200)
        let mail = try #require(try await torg.mails().last { $0.address == "lamps@example.org" })
        #expect(mail.kind == .contractorTold && mail.body.contains("akutt"))
        #expect(try await told(torg).first == "mail handler@sandvik.example")
        await torg.close()
    }

    @Test(arguments: ["Det bran\u{AD}n", "bren\u{200B}ner", "BREN\u{2060}NER\u{FE0F}!", "skogs\u{200D}brann"])
    func signsThatNobodySeesDoNotHideAWord(_ text: String) {
        #expect(AcuteWords("brann, brenner").match(text))
        #expect(!AcuteWords("brann, brenner").match(text.lowercased().replacing("r", with: "l")))
    }

    @Test func whatIsNotAcuteAnyMoreIsNoNews() async throws {
        let (torg, client) = try await prepare()
        let number = try await open(torg, client, ["acute": true])
        #expect(try await torg.unread() == 1)
        #expect(try await client.call(.post, "/cases/\(number)/acute", ["acute": false]).status == 200)
        #expect(try await torg.unread() == 0)
        let alerts = try await torg.read { op -> [Bool] in
            let subject = try op.cases.load(try #require(CaseNumber(text: number)), in: .everything)
            return try op.tx.rows("SELECT * FROM alerts WHERE municipality = \(op.tenant)").map(Alert.init)
                .map { try op.alerts.stands($0, subject) }
        }
        #expect(alerts == [false])
        await torg.close()
    }

    @Test(
        arguments: [
            ("99 88 77 66", "+4799887766"), ("+47 99 88 77 66", "+4799887766"), ("22 33 44 55", nil),
        ] as [(String, String?)])
    func onlyWhatTakesTextsIsTexted(_ phone: String, _ texted: String?) async throws {
        let (torg, client) = try await prepare()
        let (handler, water): (ID<User>, ID<Unit>) = (torg.id("handler"), torg.id("Water"))
        try await torg.installation.write(torg.sandvik) { op in
            try op.tx.run("UPDATE users SET phone = \(phone) WHERE municipality = \(op.tenant) AND id = \(handler)")
            try op.tx.run("UPDATE units SET phone = \(phone) WHERE municipality = \(op.tenant) AND id = \(water)")
            try op.organisation.touch()
        }
        _ = try await open(torg, client, ["acute": true])
        _ = try await open(torg, client, unit: "Water", ["acute": true])
        let texts = try await torg.mails().filter { $0.medium == .sms }
        #expect(texts.map(\.address) == texted.map { [$0, $0] } ?? [])
        await torg.close()
    }
}
