import Testing

@testable import App

@Suite struct TitleTests {
    private static let long =
        "The lamp by the northern door of the school in Elvegata has been dark since the great storm"

    @Test(arguments: [
        ("A lamp is out", "A lamp is out"), ("A lamp is out. It is dark", "A lamp is out"),
        ("\n\nA lamp\nis out", "A lamp"), (". see below. More", ". see below"), ("Mr. Å. is out", "Mr"),
        ("På 3.5 meters höjd", "På 3.5 meters höjd"), ("\r\nLamp out\r\nby the school", "Lamp out"),
        ("", ""), ("\n", ""), ("Ends with.", "Ends with."),
        (long, "The lamp by the northern door of the school in Elvegata has been dark since…"),
    ])
    func aCaseIsCalledByItsFirstSentenceOrLine(_ text: String, _ title: String) {
        #expect(QuestionInput.title(of: text) == title)
    }

    /// Also where one character is made of many.
    @Test(arguments: ["👩🏽‍❤️‍💋‍👨🏻", "e\u{301}\u{302}\u{303}\u{304}", "🇳🇴", "\u{1100}\u{1161}\u{11A8}"])
    func aTitleIsBoundedInCodePointsToo(_ character: String) {
        let title = QuestionInput.title(of: String(repeating: character, count: 500))
        #expect(title.count <= 80 && title.unicodeScalars.count <= 241 && title.hasSuffix("…"))
        #expect(QuestionInput.title(of: "Lampe" + character) == "Lampe" + character)
    }
}
