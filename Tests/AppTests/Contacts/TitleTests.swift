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
}
