import Testing

@testable import Domain

@Suite struct ContactDetailsTests {
    @Test(arguments: [
        ("22334455", Country.norway), ("22 33 44 55", .norway), ("900 11 222", .norway), ("22.33.44.55", .norway),
        ("900-11-222", .norway), ("22 33-44 55", .norway), ("9001 1222", .norway), ("+47 900 11 222", .norway),
        ("0047 90011222", .norway), ("47 22 33 44 55", .norway), ("4790011222", .norway),
        ("+47 (0)22 33 44 55", .sweden),
        ("+4790011222", .denmark), ("20 30 40 50", .denmark), ("20304050", .denmark), ("+45 20 30 40 50", .norway),
        ("070-123 45 67", .sweden), ("0701234567", .sweden), ("08-12 34 56", .sweden), ("08/123 456 78", .sweden),
        ("070 - 123 45 67", .sweden), ("0223-12345", .sweden),
        ("+46 70 123 45 67", .denmark),
        ("+46 (0)70-123 45 67", .sweden), ("+49 151 1234 5678", .norway), ("0044 20 7946 0018", .sweden),
        ("kim@example.org", .norway), ("Kim.Å+torg@post.example.org", .denmark), ("kim@åsen.se", .sweden),
    ])
    func isMasked(text: String, country: Country) {
        let masked = ContactDetails.masked("Call (\(text)), please. Or \(text).", in: country)
        #expect(!masked.contains { ("0"..."9").contains($0) } && !masked.contains("@"), "\(masked)")
        #expect(masked.hasPrefix("Call (") && masked.hasSuffix(", please. Or ••••••."), "\(masked)")
    }

    @Test(arguments: [
        // Numbers of cases, streets, places and things.
        "26-10423-4", "case 26-10423-4 and 26-10424-2", "Strandgata 14", "Strandgata 14-16", "4612 Kristiansand",
        "gnr. 42 bnr. 107", "lamp 1204", "pole 12-345-678", "org. 912 345 678", "5 lamps, 3 poles, 11 metres",
        "RV 41, E 18, FV 4520",
        // Days, times, spans.
        "2026-07-20", "20.07.2026", "20/7-2026", "20260720", "2024-2025", "1999 2026", "22.30-23.30", "kl. 08.00-16.00",
        "08:15 20:30", "24. desember 2026",
        // Positions and sums.
        "58.146123, 7.995123", "59.02 10.02", "1 500 000", "12 345,50", "112", "116 117",
        // What is no address.
        "3 @ 5", "@torg", "a@b",
    ])
    func stays(text: String) {
        for country in Country.allCases { #expect(ContactDetails.masked(text, in: country) == text) }
    }

    @Test func whatIsKnownStays() {
        let text = "Call us on 38 00 00 00, him on 900 11 222; roads@sandvik.example, kim@example.org"
        let masked = ContactDetails.masked(text, in: .norway) { $0 == "38000000" || $0.hasPrefix("roads@") }
        #expect(masked == "Call us on 38 00 00 00, him on ••••••; roads@sandvik.example, ••••••")
    }

    @Test func severalAreMaskedEach() {
        #expect(
            ContactDetails.masked("22334455 900 11 222\n+47 22 33 44 55, Strandgata 14", in: .norway)
                == "•••••• ••••••\n••••••, Strandgata 14")
        #expect(ContactDetails.masked("(046) 12 34 56", in: .sweden) == "(••••••")
    }
}
