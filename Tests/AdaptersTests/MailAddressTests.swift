import Adapters
import Testing

@Suite struct MailAddressTests {
    @Test(
        arguments: [
            ("asa@example.com", "asa@example.com"),
            ("  Asa.Sjoblom+torg@Sub.Example.COM ", "Asa.Sjoblom+torg@sub.example.com"),
            ("o'neil@example.com", "o'neil@example.com"), ("a_b-c@1.example", "a_b-c@1.example"),
            ("info@öland.se", "info@xn--land-4qa.se"), ("info@RÅBY.example", "info@xn--rby-ula.example"),
        ] as [(String, String)])
    func accepted(_ typed: String, _ kept: String) throws {
        #expect(try MailAddress(parsing: typed).description == kept)
    }

    @Test(
        arguments: [
            ("", MailAddressError.empty), ("   ", .empty), ("asa", .noAtSign), ("@example.com", .localPart),
            ("a..b@example.com", .localPart), (".a@example.com", .localPart), ("a.@example.com", .localPart),
            ("åsa@example.com", .localPart), ("\"a b\"@example.com", .localPart), ("Asa <asa@example.com>", .localPart),
            ("<asa@example.com>", .localPart), ("a b@example.com", .localPart), ("a(c)@example.com", .localPart),
            ("a,b@example.com", .localPart), ("a@b@example.com", .domain), ("a@example.com, b@example.com", .domain),
            ("a@example.com b@example.com", .domain), ("a@localhost", .domain), ("a@[127.0.0.1]", .domain),
            ("a@127.0.0.1", .domain), ("a@-a.example", .domain), ("a@a-.example", .domain), ("a@a..example", .domain),
            ("a@example.com.", .domain), ("a@.example.com", .domain), ("a@exa_mple.com", .domain),
            ("a@example.com\r\nRCPT TO:<b@example.com>", .domain), ("a@example.com\n", .domain),
            ("a\0@example.com", .localPart),
            ("a@example.com\0", .domain), ("a@example。com", .domain), ("a@exam\u{200B}ple.com", .domain),
            (String(repeating: "a", count: 65) + "@example.com", .localPart),
            ("a@" + String(repeating: "b", count: 64) + ".example", .domain),
            ("a@" + String(repeating: "b.", count: 130) + "example", .tooLong),
        ] as [(String, MailAddressError)])
    func refused(_ typed: String, _ reason: MailAddressError) {
        #expect(throws: reason) { try MailAddress(parsing: typed) }
        #expect(MailAddress(typed) == nil)
    }

    @Test func domainsAreTheSameInAnyCase() {
        #expect(MailAddress("a@EXAMPLE.com") == MailAddress("a@example.com"))
        #expect(MailAddress("a@example.com")?.domain == "example.com")
    }
}
