import Adapters
import Domain
import Support
import Testing

@testable import App

/// What is sent reads as it did when somebody last read it, in each language.
@Suite struct MailSnapshotTests {
    @Test func everyMessageReadsAsBefore() async throws {
        var snapshots = Snapshots(ending: "txt")
        for language in Catalogues.languages {
            for (name, mails) in [
                ("citizens", try await toCitizens(language)), ("sms", try await texts(language)),
                ("contractors", try await aboutContractors(language)), ("staff", try await toStaff(language)),
                ("reports", try await reports(language)), ("sight", try await aboutSight(language)),
                ("confidential", try await confidential(language)),
            ] {
                #expect(!mails.isEmpty && mails.allSatisfy { $0.language == language }, "\(name) in \(language)")
                try snapshots.check("mail-\(name).\(language)", mails.map(Self.page).joined(separator: "\n"))
            }
        }
        try snapshots.checkThatNoneIsLeft()
    }

    /// As one reads it, without the ids and keys that chance gives.
    private static func page(_ mail: OutboxMessage) -> String {
        let body = mail.body.replacing(#/(key|leader)=[\w-]+/#) { "\($0.1)=…" }
            .replacing(#/(stop|contractor)/\d+/#) { "\($0.1)/…" }
        return "=== \(mail.medium) \(mail.kind.rawValue): \(mail.subject)\n\n\(body)\n"
    }

    private func toCitizens(_ language: String) async throws -> [OutboxMessage] {
        try await toEachCitizen {
            Person(name: "Kim", email: EmailAddress("kim\($0)@example.org"), wantsUpdates: true, language: language)
        }
    }

    private func texts(_ language: String) async throws -> [OutboxMessage] {
        try await toEachCitizen {
            Person(name: "Kim", phone: PhoneNumber("4123456\($0)"), wantsUpdates: true, language: language)
        }
    }

    private func toEachCitizen(_ person: (Int) -> Person) async throws -> [OutboxMessage] {
        let torg = try await TestTorg()
        let mails = try await CitizenMessageTests.queue(in: torg, person)
        await torg.close()
        return mails
    }

    /// What the contractor gets, and what those who passed the case on get of it.
    private func aboutContractors(_ language: String) async throws -> [OutboxMessage] {
        let work = try await Contracted()
        try await work.torg.speak(language)
        let link = try await work.pass()
        var path = try await work.open(link).path
        #expect(try await work.act(path, "question", ["message": "Which lamp?"]).status == 303)
        #expect(try await work.post("contractor/message", ["message": "The one by the door."]).status == 200)
        _ = try await work.passAnother("A hole in the road")
        work.torg.advance(days: 1)
        #expect(try await work.torg.remind() > 0)
        path = try await work.open(link).path
        let handedBack = try await work.act(path, "return", ["reason": "It is the neighbour's lamp."])
        #expect(handedBack.status == 303)
        let mails = try await work.torg.mails().filter { $0.kind.rawValue.hasPrefix("contract") }
        try await work.close()
        return mails
    }

    /// New cases, one of them acute, and the days on which nobody does anything about them.
    private func toStaff(_ language: String) async throws -> [OutboxMessage] {
        let torg = try await TestTorg()
        try await torg.organise()
        try await torg.speak(language)
        var installation = torg.installation
        installation.settings.sms = SMSGateway(url: "https://sms.example.org", from: "Sandvik")
        let client = TestClient(torg, installation: installation)
        try await client.useToken(of: "agent")
        for (text, isAcute) in [("Dark street light", false), ("Hole in the road", true)] {
            let question: [String: Any] = ["text": text, "unit": torg.text("Roads"), "acute": isAcute]
            let answer = try await client.call(.post, "/contacts", ["channel": "telephone", "questions": [question]])
            #expect(answer.status == 201)
            torg.advance(days: 1)
            _ = try await torg.remind()
        }
        torg.advance(days: 1)
        _ = try await torg.remind()
        let mails = try await torg.mails()
        await torg.close()
        return mails.sorted { ($0.createdAt, $0.address) < ($1.createdAt, $1.address) }
    }

    /// Who gains sight of what is confidential, or may come to; and what else those who answer for it hear at once.
    private func aboutSight(_ language: String) async throws -> [OutboxMessage] {
        let scene = try await SecondPersonScene()
        let torg = scene.torg
        try await torg.speak(language)
        try await scene.put("handler", into: ["Roads", "Water"])
        #expect(try await scene.decide("refusal", as: "second").status == 303)
        #expect(try await scene.decide("confirmation", as: "boss").status == 303)
        let boss = try await scene.page(of: "boss")
        #expect(
            try await scene.admin.fill(boss, to: boss + "/password", ["password": ["a long enough one"]]).status == 303)
        let care = "/sandvik/admin/categories/" + torg.text("Care")
        #expect(
            try await scene.admin.fill(care, ["unit": [torg.text("Roads")], "name_\(language)": ["Care"]]).status == 303
        )
        #expect(try await scene.admin.fill(care, ["confidential": []]).status == 303)
        let second = try await scene.person("second")
        #expect(try await scene.admin.fill("/sandvik/admin/municipality", ["owner": ["\(second)"]]).status == 303)
        let admin = try await scene.person("admin")
        let asAdmin: Installation.WhoActs = { _, directory, _ in .user(try #require(directory.people[admin]?.user)) }
        try await torg.installation.write(torg.sandvik, as: asAdmin) { op in
            for news in UnitNews.allCases { try op.sight.tell(news, of: torg.id("Water"), before: op.directory) }
        }
        let leader = try await scene.page(of: "boss")
        #expect(try await scene.admin.fill(leader, ["email": ["boss@elsewhere.example"]]).status == 303)
        let mails = try await torg.mails()
        await torg.close()
        let kinds = ["address_", "sight_", "category_", "unit_", "owner_changed"]
        return mails.filter { mail in kinds.contains { mail.kind.rawValue.hasPrefix($0) } }
    }

    /// All kinds about a case that only its unit may read.
    private func confidential(_ language: String) async throws -> [OutboxMessage] {
        let torg = try await TestTorg()
        let (subject, _) = try await ConfidentialMailTests.secretCase(in: torg)
        try await torg.installation.write(torg.sandvik) { op in
            try op.tx.run("DELETE FROM outbox WHERE municipality = \(op.tenant)")
            let kinds = op.words.keys.filter { $0.hasPrefix("mail.confidential.") && $0.hasSuffix(".body") }
                .map { String($0.dropFirst("mail.confidential.".count).dropLast(".body".count)) }
            let texts = op.words.keys.filter { $0.hasPrefix("sms.confidential.") }
                .map { String($0.dropFirst("sms.confidential.".count)) }
            let colleagues: Set = ["colleague", "passed_on", "acute", "citizen_wrote"]
            for (medium, kinds) in [(OutboxMessage.Medium.mail, kinds), (.sms, texts)] {
                for kind in kinds where !["alerts", "report", "contractor_reminder"].contains(kind) {
                    let reader: CaseMessage.Reader =
                        colleagues.contains(kind)
                        ? .colleague
                        : kind.hasPrefix("contractor")
                            ? .contractor(link: "http://torg.test/sandvik/contractor/1?key=x") : .citizen(ID(7))
                    // Those words that fit all of an audience are said of a kind that has none of its own.
                    let own = try #require(
                        MessageKind(rawValue: kind)
                            ?? MessageKind.allCases.first {
                                "\($0.audience)" == kind && !op.words.has("\(medium).confidential.\($0.rawValue)")
                                    && !op.words.has("\(medium).confidential.\($0.rawValue).body")
                            })
                    let message = CaseMessage(
                        kind: own, medium: medium, reader: reader, address: "\(medium) \(kind)", language: language)
                    let event = try op.history.append(subject.wordAgreed(with: ID(7)), to: subject)
                    try op.outbox.queue(message, about: subject, because: event) { ("", "") }
                }
            }
        }
        let mails = try await torg.mails()
        await torg.close()
        return mails
    }

    private func reports(_ language: String) async throws -> [OutboxMessage] {
        let fixture = try await ReportFixture()
        try await fixture.giveCentreMailbox()
        try await fixture.torg.speak(language)
        _ = try await fixture.torg.installation.mailReports()
        for text in ["Dark street light", "Hole in the road"] {
            _ = try await fixture.newCase(["unit": fixture.torg.text("Roads"), "text": text])
        }
        fixture.torg.advance(days: 14)
        _ = try await fixture.torg.installation.mailReports()
        let mails = try await fixture.mails()
        await fixture.close()
        return mails
    }
}

extension TestTorg {
    /// The municipality and all who work there read this language.
    fileprivate func speak(_ language: String) async throws {
        try await installation.write(sandvik) { op in
            try op.tx.run("UPDATE municipalities SET language = \(language) WHERE id = \(op.tenant)")
            try op.tx.run("UPDATE users SET language = \(language) WHERE municipality = \(op.tenant)")
            try op.organisation.touch()
        }
        // What is found by words of another language is put right as after a change on the page.
        try await installation.planSearchRebuild(of: sandvik)
        try await installation.rebuild()
    }
}
