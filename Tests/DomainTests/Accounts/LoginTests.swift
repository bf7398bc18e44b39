import Domain
import Testing

/// One login, however it is typed; and none that looks like another one.
@Suite struct LoginTests {
    @Test(arguments: [
        ("admin", "admin"), ("ADMIN", "admin"), ("Aud.Ås", "aud.ås"), ("aud.a\u{30A}s", "aud.ås"),
        ("ad\u{200B}min", "admin"), ("ad\u{AD}min", "admin"), ("ａｄｍｉｎ", "admin"), ("a\u{200D}\u{30A}se", "åse"),
        ("\u{430}dmin", "\u{430}dmin"), ("", ""),
    ])
    func folded(typed: String, folded: String) { #expect(Login.folded(typed) == folded) }

    @Test func whatMayBeGiven() {
        for good in ["admin", "aud.ås", "øst-vest_2", "a.b@example.org", "müller", "andré", "ab"] {
            #expect(Login.isPlain(good), "\(good)")
        }
        for bad in [
            "a", "Admin", "\u{430}dmin", "ad min", "ad\u{200B}min", "аd", "a\u{30A}se", "adm\u{131}n", "ad\u{301}min",
            "админ", "a/b", String(repeating: "a", count: 61), "",
        ] {
            #expect(!Login.isPlain(bad), "\(bad)")
        }
    }
}
