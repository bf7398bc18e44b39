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

    @Test(arguments: [
        "kari@x.no", "Kari@X.no", "\u{200B}kari@x.no\u{FEFF}", "kari@\u{AD}x.no", "<kari@x.no>", "‹kari@x.no›",
        "‹kari@x.no>",
        "Kari <kari@x.no>", "\"Nordmann, Kari\" <kari@x.no>;", "kari@x.no <kari@x.no>", "kari@x.no<mailto:kari@x.no>",
        "mailto:kari@x.no", "MAILTO:kari@x.no?subject=Lyset", "e-post: kari@x.no", "kari@x.no.", "kari@x.no, ",
        "(kari@x.no)",
        "“kari@x.no”", "'kari@x.no'", "*kari@x.no*", "«kari@x.no»!", "[kari@x.no](", "\u{A0}kari@x.no\u{3000}",
        "<kari@x.no",
        "\u{202A}kari@x.no\u{202C}", "ｋａｒｉ＠ｘ．ｎｏ", "kari@x.no?",
    ]) func isFoundInWhatStandsAroundIt(text: String) {
        #expect(EmailAddress.typed(text)?.description == "kari@x.no")
    }

    /// What is no address, or not one alone, does not become somebody else's.
    @Test(arguments: [
        "", "kari", "<>", "Kari <>", "kari nordmann@x.no", "Kari kari@x.no", "kari@x.no per@x.no",
        "kari@x.no, per@x.no",
        "Kari <kari@x.no>, Per <per@x.no>", "Kari <kari@x.no> per@x.no", "kari@x.no:per@x.no", "kåre@x.no",
        "<kåre@x.no>",
        "mailto:", "kari@x.no\nBcc: per@x.no", "kari@@x.no", "Kari <kari nordmann@x.no>", "kari..n@x.no", "@x.no",
        "kari@x",
    ]) func isNotGuessed(text: String) {
        #expect(EmailAddress.typed(text) == nil)
    }

    @Test(arguments: ["o'hara@x.no", "_kari_@x.no", "'kari@x.no", "kari!@x.no", "kari?@x.no"])
    func signsOfItsOwnStay(text: String) {
        #expect(EmailAddress.typed(text)?.description == text)
    }

    @Test func isTheSameHoweverItWasTyped() {
        #expect(EmailAddress(" Siv@Example.ORG\n") == EmailAddress("siv@example.org"))
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
