import Testing

@testable import Domain

@Suite struct AgreedWordTests {
    @Test(
        arguments: [
            ("Blåbærtur", "blabartur"), (" blåbær-TUR! ", "blabartur"), ("bla\u{30A}bærtur", "blabartur"),
            ("Crème brûlée", "cremebrulee"), ("Straße 14", "strasse14"), ("ЧОРНИЦЯ", "чорниця"),
        ])
    func howItIsTypedDoesNotMatter(_ typed: String, _ folded: String) throws {
        #expect(try #require(AgreedWord(typed)).folded == folded)
    }

    @Test(arguments: ["", "kort", "123456", "20120101", "aaaaaaaa", "abababab", "!!!!!!!!", "      "])
    func whatIsGuessedAtOnceIsNone(_ typed: String) { #expect(AgreedWord(typed) == nil) }

    @Test func itHasAnEnd() {
        #expect(AgreedWord(String(repeating: "abc", count: 20)) != nil)
        #expect(AgreedWord(String(repeating: "abc", count: 21)) == nil)
        #expect(AgreedWord(String(repeating: "a\u{301}", count: 100_000)) == nil)
    }
}
