import Testing

@testable import Domain

@Suite struct CaseNumberTests {
    private static let samples = [
        (26, 10_001), (26, 10_423), (0, 10_001), (99, 99_999), (26, 123_456), (5, 9_999_999_999),
    ]
    .map { CaseNumber(year: $0, sequence: $1) }

    private static func digits(_ number: CaseNumber) -> [Character] { number.description.filter { $0 != "-" } }

    @Test func isWrittenWithYearSequenceAndCheckDigit() {
        // The check digits are those of python-stdnum, an implementation of its own.
        let known = [
            "26-10423-4", "07-10001-1", "26-10001-5", "99-99999-2", "26-123456-9", "05-9999999999-0",
        ]
        for text in known { #expect(CaseNumber(text: text)?.description == text) }
        #expect(CaseNumber(year: 2007, sequence: 10_001).description == "07-10001-1")
        #expect(CaseNumber(year: 1999, sequence: 10_001).year == 99)
        #expect(CaseNumber(year: -1, sequence: 10_001).year == 99)
    }

    @Test func isReadAsItIsWritten() {
        for number in Self.samples {
            let text = number.description
            #expect(CaseNumber(text: text) == number, "\(text)")
            #expect(CaseNumber(text: text.filter { $0 != "-" }) == number)
            #expect(CaseNumber(text: text.map(String.init).joined(separator: " ")) == number)
            #expect(CaseNumber(text: "  " + text.map { $0 == "-" ? "–" : String($0) }.joined() + "\u{a0}") == number)
        }
    }

    @Test func everySingleWrongDigitIsRefused() {
        for number in Self.samples {
            let digits = Self.digits(number)
            for place in digits.indices {
                for wrong in "0123456789" where wrong != digits[place] {
                    var changed = digits
                    changed[place] = wrong
                    #expect(CaseNumber(text: String(changed)) == nil, "\(String(changed))")
                }
            }
        }
    }

    @Test func everySwapOfNeighboursIsRefused() {
        for number in Self.samples {
            let digits = Self.digits(number)
            for place in digits.indices.dropLast() where digits[place] != digits[place + 1] {
                var changed = digits
                changed.swapAt(place, place + 1)
                #expect(CaseNumber(text: String(changed)) == nil, "\(String(changed))")
            }
        }
    }

    @Test func aMisheardNumberIsNearTheRightOne() throws {
        for number in Self.samples {
            let digits = Self.digits(number)
            for place in digits.indices {
                var changed = digits
                changed[place] = digits[place] == "9" ? "0" : "9"
                #expect(try #require(CaseNumber.misheard(String(changed))).contains(number), "\(String(changed))")
            }
            for place in digits.indices.dropLast() where digits[place] != digits[place + 1] {
                var changed = digits
                changed.swapAt(place, place + 1)
                #expect(try #require(CaseNumber.misheard(String(changed))).contains(number), "\(String(changed))")
            }
            #expect(CaseNumber.misheard(number.description) == nil)
        }
        #expect(CaseNumber.misheard("26-10423-7")?.first?.description == "26-10423-4")
        #expect(CaseNumber.misheard("10423") == nil)
    }

    @Test(arguments: [
        "26-10423-4", "2026-10423-4", "2026104234", "2026 10423 4", "26\u{2011}10423\u{2011}4",
        "26 – 10423 – 4",
        "26\u{AD}-10423\u{200B}-4", "\u{FEFF}26-10423-4\u{200E}", "Sak 26-10423-4",
        "Re: SV: [26-10423-4] Hull i veien 12",
        "Sv: Ärende 2026-10423-4, gatan 7-9", "10423-4", "sag 10423-4?",
        "Din sak (26‑10423‑4): Vi har svart deg 20.11.2026",
        "https://torg.example.org/sandvik/cases/26-10423-4", "ring 070-123 45 67 om 26-10423-4",
    ]) func isReadAmongOtherWords(text: String) {
        #expect(CaseNumber(in: text, year: 2026) == CaseNumber(year: 26, sequence: 10_423))
    }

    @Test func withoutItsYearItIsThisYearsOrLastYears() {
        let old = CaseNumber(year: 25, sequence: 10_423)
        #expect(CaseNumber(in: "10423-\(old.checkDigit)", year: 2026) == old)
        #expect(CaseNumber(in: "10423-\(old.checkDigit)", year: 2027) == nil)
        // The one with its year comes first, wherever it stands.
        #expect(CaseNumber(in: "10423-\(old.checkDigit) og 26-10423-4", year: 2026)?.year == 26)
    }

    @Test(arguments: [
        "070-123 45 67", "2026-11-29", "26-10423-7", "3-10423-4", "26-10423-4-1", "1-26-10423-4", "9026-10423-4",
        "10423", "0423-4",
        "12-13", "tlf 26104234",
    ]) func otherNumbersAreNone(text: String) {
        #expect(CaseNumber(in: text, year: 2026) == nil)
    }

    @Test(arguments: [
        "Sak 26 10423 4", "sak 26104234", "Saksnr. 2026 10423 4", "ärende 2026104234, tack", "26 104234 igjen",
        "sak 2610423 4", "sak\u{A0}26\u{A0}10423\u{A0}4.", "ring 90012345 om 26104234", "tlf 26104234",
        "Sak 26-10423-4",
    ]) func withoutDashesItMayBeOneAmongOtherWords(text: String) {
        #expect(CaseNumber(typed: text, year: 2026) == CaseNumber(year: 26, sequence: 10_423))
    }

    @Test(arguments: [
        "sak 26104235", "sak 26/10423/4", "sak 26.10423.4", "sak 26 104 23 4", "ring 900 12 345", "24104234 ring",
        "10423 4 x",
        "sak 26 10423 4", String(repeating: "26", count: 40) + "x",
    ]) func whatHasAnotherYearOrCheckDigitIsNone(text: String) {
        #expect(CaseNumber.undashed(in: text, year: text.hasPrefix("sak 26 10423 4") ? 2028 : 2026).isEmpty)
    }

    @Test func noMoreThanThreeAreFoundWithoutDashes() {
        let many = (10_001...10_020).map { CaseNumber(year: 26, sequence: $0).description.filter { $0 != "-" } }
        #expect(
            CaseNumber.undashed(in: many.joined(separator: ", "), year: 2026).map(\.sequence) == [
                10_001, 10_002, 10_003,
            ])
    }

    @Test func isMisheardAmongOtherWordsToo() {
        #expect(CaseNumber.misheard("Sak 26-10423-7")?.first?.description == "26-10423-4")
        #expect(CaseNumber.misheard("2026-10423-7")?.first?.description == "26-10423-4")
        #expect(CaseNumber.isWritten(in: "Sak 26-10423-7") && !CaseNumber.isWritten(in: "070-123 45 67"))
    }

    @Test func otherTextIsNoNumber() {
        let text = CaseNumber(year: 26, sequence: 10_001).description
        var wrong = [
            "", "-", "26", "26-10001", "0", "00000000", String(repeating: "0", count: 13), text + "x", "x" + text,
            text.replacing("1", with: "١"), text.replacing("-", with: "/"), text + "\n", "26-10001-\u{301}",
        ]
        // The check digit is right, but no case has such a number.
        wrong += [0, 9_999, 1].map { CaseNumber(year: 26, sequence: $0).description }
        wrong.append(CaseNumber(year: 26, sequence: 10_000_000_000).description)
        for text in wrong { #expect(CaseNumber(text: text) == nil, "\(text)") }
    }

    @Test func sortsByYearAndSequence() {
        let numbers = [(25, 99_999), (26, 10_001), (26, 10_002), (26, 9_999_999_999), (27, 10_001)]
        let keys = numbers.map { CaseNumber(year: $0, sequence: $1).sortKey }
        #expect(keys == keys.sorted() && Set(keys).count == keys.count)
    }
}
