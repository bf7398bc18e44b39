import Domain
import Testing

/// Long enough, not among the commonest, not what everybody knows about the account.
@Suite struct NewPasswordTests {
    private static let list: Set<String> = ["password", "dragon", "qwertyuiop", "michael", "football", "illililili"]

    private let rule = NewPassword(
        known: ["ingrid.hansen", "Ingrid Hansen", "ih@example.org", "Sandvik kommune"]
    ) { Self.list.contains($0) }

    @Test(arguments: [
        "dragon2026", "Dragon-2026!!", "123dragon!!", "DRAGONDRAGON", "p@ssw0rd2026", "P4ssword!!", "qwertyuiop",
        "passwordpassword", "1234567890", "9876543210", "abcdefghijkl", "aaaaaaaaaaaa", "abababababab", "2026202620",
        "m1chael-2026", "1111111111",
    ])
    func common(password: String) { #expect(rule.fault(in: password) == "password_common") }

    @Test(arguments: [
        "ingrid.hansen", "IngridHansen1", "hansen-2026", "sandvik-2026", "Sandvik kommune", "torgtorg26",
        "torg-sandvik",
        "ih@example.org", "sandvikpassword",
    ])
    func own(password: String) { #expect(rule.fault(in: password) == "password_own_words") }

    @Test(arguments: [
        "jeg bor i sandvik og liker fisk", "tre blå lamper", "k7!vq0xz2m", "håndball på torget",
        "correct horse battery",
        String(repeating: "lang setning ", count: 5) + "slutt", "ｆｕｌｌ width øks",
    ])
    func good(password: String) { #expect(rule.fault(in: password) == nil) }

    @Test func lengthsAreThoseOfCharacters() {
        #expect(rule.fault(in: "kort") == "password_too_short")
        #expect(rule.fault(in: "åøæåøæxqz") == "password_too_short")
        #expect(rule.fault(in: "åøæåøæxqzk") == nil)
        // The same letter in two ways is one character, and a letter with many marks is not ten of them.
        #expect(rule.fault(in: "a\u{30A}øæxqzkv1") == "password_too_short")
        #expect(rule.fault(in: "a" + String(repeating: "\u{301}", count: 300)) == "password_too_short")
        #expect(rule.fault(in: String(repeating: "abcdefghij klm", count: 14)) == nil)
        #expect(rule.fault(in: String(repeating: "x", count: 201)) == "too_long")
        #expect(rule.fault(in: "a" + String(repeating: "\u{301}", count: 38_000)) == "too_long")
    }
}
