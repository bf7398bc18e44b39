@testable import Domain

/// Every function of the domain that goes through typed text. A new one is added here.
enum DomainFunctions {
    private static let kari = Person(
        name: "Kari Nordmann", email: EmailAddress("kari@example.org"), phone: PhoneNumber("900 12 345"))

    static let all: [TextFunction] =
        [Country.norway, .sweden].map { country in
            TextFunction("ContactDetails.masked \(country)") { _ = ContactDetails.masked($0, in: country) }
        } + [
            TextFunction("ContactDetails.masked of a person") { _ = ContactDetails.masked($0, of: kari, in: .norway) },
            // A name has 200 signs at most, and may be made of what stands in the text.
            TextFunction("ContactDetails.masked of a hostile person") { text in
                let name = String(String.UnicodeScalarView(text.unicodeScalars.suffix(100)))
                _ = ContactDetails.masked(text, of: Person(name: name), in: .norway)
                _ = ContactDetails.masked(text, of: Person(name: name + " " + name), in: .norway)
            },
            TextFunction("ContactDetails.telephones") { _ = ContactDetails.telephones(in: $0, country: .norway) },
            TextFunction("PersonalNumber.masked") { _ = PersonalNumber.masked($0) },
            TextFunction("EmailAddress") { _ = EmailAddress($0) },
            TextFunction("EmailAddress.typed") { _ = EmailAddress.typed($0) },
            TextFunction("EmailAddress.typed, in brackets") { _ = EmailAddress.typed("<" + $0 + ">") },
            TextFunction("foldedName") { _ = $0.foldedName },
            TextFunction("PhoneNumber") { _ = PhoneNumber($0) },
            TextFunction("PhoneNumber.typed") { _ = PhoneNumber.typed($0) },
            TextFunction("CaseNumber(text:)") { _ = CaseNumber(text: $0) },
            TextFunction("CaseNumber(in:)") { _ = CaseNumber(in: $0, year: 2026) },
            TextFunction("CaseNumber(typed:)") { _ = CaseNumber(typed: $0, year: 2026) },
            TextFunction("CaseNumber.undashed") { _ = CaseNumber.undashed(in: $0, year: 2026) },
            TextFunction("CaseNumber.isWritten") { _ = CaseNumber.isWritten(in: $0) },
            TextFunction("CaseNumber.misheard") { _ = CaseNumber.misheard($0) },
            TextFunction("Position.coordinates") { _ = Position.coordinates(in: $0) },
            TextFunction("TypedText.tidied") { _ = try? TypedText.tidied($0) },
            TextFunction("TypedText.tidied, one line") { _ = try? TypedText.tidied($0, inOneLine: true) },
            TextFunction("trimmed") { _ = $0.trimmed },
            TextFunction("isBlank") { _ = $0.isBlank },
            TextFunction("words") { _ = $0.words },
            TextFunction("FoldedText") { text in
                let folded = FoldedText(text)
                _ = folded.masking(folded.scalars.indices.map { $0..<($0 + 1) })
            },
            TextFunction("Alphabet.key") { _ = Alphabet.swedish.key($0) },
            TextFunction("Alphabet.key, aa") { _ = Alphabet.danishNorwegian.key($0) },
            TextFunction("DatePattern") { _ = try? DatePattern($0) },
            TextFunction("DatePattern.read") { _ = try? DatePattern("yyyy-MM-dd").read($0) },
            TextFunction("Instant(iso8601:)") { _ = Instant(iso8601: $0) },
            TextFunction("CivilDay(iso:)") { _ = CivilDay(iso: $0) },
            TextFunction("Municipality.isSlug") { _ = Municipality.isSlug($0) },
            TextFunction("AgreedWord") { _ = AgreedWord($0) },
            TextFunction("PhoneNumber.textable") { _ = PhoneNumber($0)?.textable(in: .norway) },
            TextFunction("Login.folded") { _ = Login.folded($0) },
            TextFunction("Login.isPlain") { _ = Login.isPlain($0) },
            TextFunction("NewPassword.fault") { text in
                _ = NewPassword(known: ["kari", "Sandvik kommune"]) { _ in false }.fault(in: text)
            },
            TextFunction("ID(text:)") { _ = ID<Case>(text: $0) },
        ]
}
