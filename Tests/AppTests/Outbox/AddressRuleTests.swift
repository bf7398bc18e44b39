import Adapters
import Domain
import Testing

@testable import App

/// Contacts and mails live apart, but whoever is accepted as a contact must be one that a mail can go to.
@Suite struct AddressRuleTests {
    @Test(
        arguments: [
            ("siv@example.org", true), ("o'hara+torg@example.org", true), ("x_1-2@a-b.example.no", true),
            ("post@sørlandet.no", true), ("post@xn--srlandet-j0a.no", true), ("a@b.se", true), ("Siv@Åsen.SE", true),
            ("#!$%&'*+-/=?^_`{|}~@b.se", true), (String(repeating: "a", count: 64) + "@b.se", true),
            ("a@1.example", true),
            ("åse@example.org", false), ("siv.ås@example.org", false), ("ａ@example.org", false), ("", false),
            ("@", false), ("a@", false), ("@b.se", false), ("a@b", false), ("a b@c.se", false), ("a@b c.se", false),
            ("a@@b.se", false), ("a@b@c.se", false), (".a@b.se", false), ("a.@b.se", false), ("a..b@c.se", false),
            ("a@.se", false), ("a@b.", false), ("a@b..se", false), ("a@-b.se", false), ("a@b-.se", false),
            ("a@b.se\nBcc: c@d.se", false), ("a\0@b.se", false), ("a@b.se\0", false), ("\"a b\"@c.se", false),
            ("<a@b.se>", false), ("a@b.se,c@d.se", false), ("a@[127.0.0.1]", false), ("a@127.0.0.1", false),
            ("a@b_c.se", false), ("a@b٣.se", false), ("a@b。se", false), ("a@exam\u{200B}ple.com", false),
            (String(repeating: "a", count: 65) + "@b.se", false),
            ("a@" + String(repeating: "b", count: 64) + ".se", false),
            ("a@" + String(repeating: "b.", count: 130) + "se", false),
        ] as [(String, Bool)])
    func oneRuleForBoth(_ typed: String, _ isAddress: Bool) {
        let accepted = EmailAddress(typed)
        #expect((accepted != nil) == isAddress)
        #expect((MailAddress(typed) != nil) == isAddress)
        if let accepted { #expect(MailAddress(accepted.description) != nil) }
    }

    /// What one of them takes and the other does not would be accepted and fail for good.
    @Test(arguments: ["אa.no", "aא.no", "a\u{200D}b.no", "x.a\u{300}\u{5D0}.no", "１a.no", "Ω≈.no"])
    func whatNoNetworkKnowsIsRefusedWhenItIsTyped(_ domain: String) {
        let accepted = EmailAddress("a@" + domain)
        #expect((accepted == nil) == (MailAddress("a@" + domain) == nil))
        if domain.unicodeScalars.contains("\u{5D0}") { #expect(accepted == nil) }
    }

    /// Letters of all sorts, alone, in the middle, several in a row and in several labels.
    @Test func bothSayYesToTheSame() {
        var chance = DemoChance(seed: 11)
        let letters = Array(
            "abcxyz019-.åäöæøéüßıſŀŉĳαβγждאבגاب١२日本中ก์่ı̇ǆﬁ²½ªʰ‐·ㆍ゠\u{300}\u{30A}\u{200C}\u{200D}\u{AD}_ ".unicodeScalars)
        var accepted = 0
        for _ in 0..<20_000 {
            var domain = String.UnicodeScalarView()
            for _ in 0...chance.whole(0...12) { domain.append(chance.one(of: letters)) }
            let typed = "kim@" + String(domain) + chance.one(of: [".no", ".example.se", ""])
            let email = EmailAddress(typed)
            #expect((email == nil) == (MailAddress(typed) == nil), "\(typed.debugDescription)")
            guard let email else { continue }
            accepted += 1
            #expect(MailAddress(email.description) == MailAddress(typed), "\(typed.debugDescription)")
            #expect(EmailAddress(email.description) == email)
        }
        #expect(accepted > 1_000)
    }

    @Test func aDomainWithLettersIsSentInItsOwnForm() throws {
        #expect(try #require(MailAddress("post@sørlandet.no")).description == "post@xn--srlandet-54a.no")
        #expect(EmailAddress("post@SÅNN.no")?.description == "post@sånn.no")
        let apart = try #require(EmailAddress("post@sa\u{30A}nn.no"), "as some keyboards send it")
        #expect(Array(apart.description.utf8) == Array("post@s\u{E5}nn.no".utf8))
        #expect(MailAddress("post@sa\u{30A}nn.no") == MailAddress(apart.description))
    }
}
