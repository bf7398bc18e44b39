import Domain
import Testing

@Suite struct BlankTests {
    @Test(arguments: [
        ("", ""), ("  ", ""), ("a", "a"), (" a b ", "a b"), ("\r\n\ta\r\n", "a"), ("\u{A0}å\u{2003}", "å"),
        ("e\u{301} ", "e\u{301}"), ("\u{FEFF}a\u{200B} ", "a"), (" 👩‍👧 ", "👩‍👧"),
    ])
    func whiteSpaceAroundATextGoes(_ text: String, _ trimmed: String) {
        #expect(text.trimmed == trimmed)
        #expect(text.isBlank == trimmed.isEmpty)
    }
}
