import Domain
import Foundation
@testable import Support
import Testing

@testable import App

/// The texts that a municipality may word itself.
@Suite struct EditableTextTests {
    private static func placeholders(_ text: String) -> Set<String> {
        Set(text.matches(of: /\{([^{}]*)\}/).map { String($0.1) })
    }

    @Test func everyDefaultExistsAndKeepsToItsPlaceholders() throws {
        let catalogues = try Templates.tested.catalogues
        #expect(Set(EditableText.all.map(\.key)).count == EditableText.all.count)
        for text in EditableText.all {
            #expect(Set(text.needed).isSubset(of: text.placeholders), "\(text.key)")
            for language in Catalogues.languages {
                let words = try #require(catalogues[language])
                #expect(!text.name(words).isEmpty)
                for name in text.placeholders { #expect(words.has("placeholder." + name), "\(name) in \(language)") }
                guard text.hasDefault else { continue }
                #expect(words.has(text.key), "\(text.key) in \(language)")
                let fault = text.fault(in: words(text.key), field: language)
                #expect(fault == nil, "\(text.key) in \(language): \(fault?.code ?? "")")
                #expect(!text.isLine || !words(text.key).contains("\n"), "\(text.key)")
            }
        }
    }

    @Test func everyMailToCitizensAndEveryStateCanBeWorded() {
        let keys = Set(EditableText.all.map(\.key))
        let mails: [CitizenMessage] = [
            .receipt, .passedOn, .acknowledged, .parked(until: TestTorg.start), .feedback(""), .question(""), .answer,
            .forwarded, .reopened,
        ]
        for mail in mails {
            #expect(keys.isSuperset(of: [mail.kind.subjectKey, mail.kind.bodyKey]))
        }
        for state in CaseState.allCases { #expect(keys.contains("state.public.\(state.rawValue)")) }
    }

    @Test func theWordingIsShownWithExamplesBesideTorgsOwn() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        let path = "/sandvik/admin/texts/mail.answer.body"
        let form = try #require(HTMLForm(try await client.get(path).body, to: path))
        #expect(form.values["en"] == [""])
        let looked = try await client.send(form.with(["en": ["Dear you, {answer} ({number})"], "preview": ["true"]]))
        #expect(looked.status == 200)
        #expect(looked.body.contains("Dear you, The lamp was replaced today. Thank you for telling us! (26-10423-4)"))
        #expect(try await torg.installation.read(torg.sandvik) { $0.directory.texts.isEmpty })

        let kept = try #require(HTMLForm(looked.body, to: path))
        #expect(try await client.send(kept.with(["preview": []])).status == 303)
        let list = try await client.get("/sandvik/admin/texts?show=own")
        #expect(list.body.contains("Dear you, {answer} ({number})"))
        #expect(try await client.fill(path, ["_method": ["DELETE"]]).status == 303)
        #expect(try await torg.installation.read(torg.sandvik) { $0.directory.texts.isEmpty })
    }

    @Test func theListShowsWhatTheTextsSayAfterTheGreeting() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        let list = try await client.get("/sandvik/admin/texts?show=mail&language=nb")
        #expect(!list.body.contains("Hei!"))
        #expect(list.body.contains("Du meldte fra om: {title} Her er svaret vårt: {answer}"))
        await torg.close()
    }

    @Test func torgsOwnWordsAreNotStoredAsTheMunicipalitys() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        let own = torg.installation.words("en")("mail.receipt.subject")
        let saved = try await client.fill("/sandvik/admin/texts/mail.receipt.subject", ["en": [own]])
        #expect(saved.status == 303)
        #expect(try await torg.installation.read(torg.sandvik) { $0.directory.texts.isEmpty })
    }

    @Test func noticesArePartedByEmptyLines() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        let saved = try await client.fill(
            "/sandvik/admin/texts/front.notices", ["nb": ["Fare?\nRing 110.\n\nByggesaker tar vi ikke her."]])
        #expect(saved.status == 303)
        let notices = try await torg.installation.read(torg.sandvik, language: "en") {
            $0.administration.notices("front.notices")
        }
        #expect(notices.map(\.title) == ["Fare?", nil])
        #expect(notices.map(\.text) == ["Ring 110.", "Byggesaker tar vi ikke her."])
    }
}
