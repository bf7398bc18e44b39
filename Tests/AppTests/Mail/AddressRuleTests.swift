import Adapters
import Domain
import Testing

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
}
