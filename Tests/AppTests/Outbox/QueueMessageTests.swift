import Testing

@testable import App

@Suite struct QueueMessageTests {
    @Test(arguments: [
        ("Hej\n\n\n\nSlut", "Hej\n\nSlut"), ("\n \nHej\nSlut\n\n", "Hej\nSlut"), ("a\n\nb\n\n\nc", "a\n\nb\n\nc"),
        ("  å  b  ", "å  b"), ("\n\n", ""), ("", ""), ("a\n \n \nb", "a\n \n \nb"),
    ])
    func aPartThatHadNothingToSayLeavesNoHole(_ text: String, _ expected: String) {
        #expect(OutboxFacade.withoutGaps(text) == expected)
    }
}
