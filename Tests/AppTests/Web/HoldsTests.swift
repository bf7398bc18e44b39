import Testing

@testable import App

@Suite struct HoldsTests {
    @Test(arguments: [
        ("", "", true), ("a", "", true), ("", "a", false), ("aab", "ab", true), ("abab", "abab", true),
        ("ababac", "abac", true), ("aaaa", "aab", false), ("Blåbær", "åb", true), ("Blåbær", "ab", false),
        ("abcabcabd", "abcabd", true), ("ab", "abc", false),
    ])
    func aTextStandsInAnother(_ page: String, _ text: String, _ isThere: Bool) {
        #expect(page.holds(text) == isThere)
    }
}
