import Testing

@testable import Domain

@Suite struct EmailAddressTests {
    private static let long = String(repeating: "a", count: 64)
    private static let label = String(repeating: "b", count: 63)

    @Test(arguments: [
        "a@b.se", "siv@åsen.se", "o'hara+torg@example.org", "x_1-2@a-b.example.no", "\(long)@b.se",
        "a@\(label).se", "a@xn--bcher-kva.example", "post@sørlandet.no", "#!$%&'*+-/=?^_`{|}~@b.se",
    ]) func isAnAddress(text: String) {
        #expect(EmailAddress(text)?.description == text)
    }

    @Test(arguments: [
        "", "@", "a@", "@b.se", "a@b", "a b@c.se", "a@b c.se", "a@@b.se", "a@b@c.se", ".a@b.se", "a.@b.se",
        "a..b@c.se", "a@.se", "a@b.", "a@b..se", "a@-b.se", "a@b-.se", "a@b.se\nBcc: c@d.se", "a\u{0}@b.se",
        "a@b.se\u{0}", "\"a b\"@c.se", "<a@b.se>", "a@b.se,c@d.se", "a@b.se;", "a@[127.0.0.1]", "a@b_c.se",
        "siv.ås@exempel.se",
        "a@127.0.0.1", "a@b٣.se",
        "\(long)a@b.se", "a@\(label)b.se", "a@" + String(repeating: "\(label).", count: 4) + "se",
    ]) func isNoAddress(text: String) {
        #expect(EmailAddress(text) == nil)
    }

    @Test func isTheSameHoweverItWasTyped() {
        #expect(EmailAddress(" Siv@Example.ORG\n") == EmailAddress("siv@example.org"))
    }
}

@Suite struct PhoneNumberTests {
    @Test(arguments: [
        ("070-123 45 67", "0701234567"), ("+47 22 33 44 55", "+4722334455"), ("0047 22334455", "+4722334455"),
        ("(08) 12 34 56", "08123456"), ("08/123.456", "08123456"), ("+46 (0)70 123 45 67", "+46701234567"),
        ("0046(0)701234567", "+46701234567"), ("112", "112"), ("+123456789012345", "+123456789012345"),
        ("22\u{a0}33\t44–55", "22334455"), ("(0)70 123", "070123"),
    ]) func isKeptAsDigits(text: String, kept: String) {
        #expect(PhoneNumber(text)?.description == kept)
    }

    @Test(arguments: [
        "", "+", "12", "00", "0012", "1234567890123456", "070-12x", "ring mig", "+46+70", "46+70123", "12\n34",
        "٠٧٠١٢٣٤٥", "123\u{301}", "1234 ext 5", "12,34", "#31#123",
    ]) func isNoNumber(text: String) {
        #expect(PhoneNumber(text) == nil)
    }

    @Test(arguments: [
        ("004722334455", Country.sweden, "+47 22 33 44 55"), ("+4790011222", .norway, "+47 900 11 222"),
        ("38000000", .norway, "38 00 00 00"), ("90011222", .norway, "900 11 222"),
        ("90011222", .denmark, "90 01 12 22"),
        ("+4512345678", .norway, "+45 12 34 56 78"), ("0701234567", .sweden, "070-123 45 67"),
        ("+46701234567", .denmark, "+46 70-123 45 67"), ("08123456", .sweden, "08-12 34 56"),
        ("0812345678", .sweden, "08-123 456 78"), ("046123456", .sweden, "046-12 34 56"),
        ("022312345", .sweden, "0223-123 45"), ("112", .norway, "112"), ("112", .sweden, "112"),
        ("+4722", .norway, "+4722"), ("+4915112345678", .norway, "+4915112345678"), ("01", .sweden, ""),
    ]) func isReadInGroups(text: String, country: Country, grouped: String) {
        #expect(PhoneNumber(text)?.grouped(in: country) ?? "" == grouped)
    }

    @Test(arguments: [
        (
            "4790012345", Country.norway,
            [
                "900 12 345", "90012345", "+47 900 12 345", "004790012345", "0047 900 12 345", "47 900 12 345",
                "(+47) 90012345",
                "900\u{2011}12\u{2011}345", "\u{202A}+47\u{a0}900\u{202f}12\u{2009}345\u{202C}",
                "900\u{AD}12\u{200B}345",
                "tlf. 900 12 345 (mobil)", "Mobil: 900/12/345.", "tel:+4790012345", "(900) 12 345", "9 0 0 1 2 3 4 5",
            ]
        ),
        ("4722334455", .norway, ["22 33 44 55", "+47 22 33 44 55", "22-33-44-55", "2233 4455", "hjemme 22.33.44.55"]),
        ("4522334455", .denmark, ["22 33 44 55", "+45 22 33 44 55", "45 22334455", "+45 (0) 22 33 44 55"]),
        (
            "46701234567", .sweden,
            [
                "070-123 45 67", "0701234567", "+46701234567", "+46 (0)70 123 45 67", "0046 70 1234567",
                "46 70 123 45 67",
                "+46 070-123 45 67", "mobil 070\u{2013}123 45 67",
            ]
        ),
        ("46701234567", .norway, ["+46 70 123 45 67", "46 701234567"]),
        ("4790012345", .sweden, ["+47 900 12 345", "47 900 12 345"]),
        ("4681234567", .sweden, ["08-123 45 67", "+46 8 123 45 67", "(08) 1234567"]),
        ("46112", .sweden, ["112"]), ("12125551212", .denmark, ["+1 212 555 1212", "001 (212) 555-1212"]),
    ]) func hasOneKeyHoweverItIsWritten(key: String, country: Country, ways: [String]) {
        for way in ways { #expect(PhoneNumber.typed(way)?.lookupKey(in: country) == key, "\(way)") }
    }

    @Test(arguments: [
        "Storgata 12, 0155 Oslo", "kari2000@example.org", "Sal 112", "22 33 44 55 eller 900 12 345", "ring mig", "",
        "4630 Sandvik",
        "#31#90012345x",
    ]) func wordsWithDigitsAreNoNumber(text: String) {
        #expect(PhoneNumber.typed(text) == nil)
    }
}

@Suite struct PersonTests {
    @Test func whoToldNothingIsAnonymous() {
        #expect(Person().isAnonymous && Person(wantsUpdates: true, language: "nb").isAnonymous)
        #expect(!Person(name: "Siv").isAnonymous)
        #expect(!Person(email: EmailAddress("a@b.se")).isAnonymous)
        #expect(!Person(phone: PhoneNumber("112")).isAnonymous)
    }
}
