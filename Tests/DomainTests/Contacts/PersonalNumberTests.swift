import Testing

@testable import Domain

/// Made-up numbers, none of them given to anybody.
@Suite struct PersonalNumberTests {
    @Test(arguments: [
        // SE: with and without the century, over a hundred years old, samordningsnummer.
        "19990229-0000", "199902290000", "9902290000", "120101+0000", "19120161-0000", "991261-0000",
        // NO: fødselsnummer, D-number, help number, test number.
        "31129900000", "311299 00000", "71129900000", "31529900000", "31929900000", "31779900000",
        // DK.
        "311299-0000", "3112990000", "311299 0000",
        // As people type.
        "311299 - 0000", "311299--0000", "311299  00000", "19990229 – 0000", "311299 -0000", "311299‑0000",
    ])
    func numbersAreMasked(number: String) {
        #expect(PersonalNumber.masked("I am \(number), and it is dark.") == "I am ••••••, and it is dark.")
        #expect(PersonalNumber.masked(number) == "••••••")
        #expect(PersonalNumber.masked("(\(number))\n\(number)") == "(••••••)\n••••••")
    }

    @Test(arguments: [
        "26-10423-4", "the 3 lamps at 14", "58.146, 7.995", "2026-07-20", "order 1234567", "5012345678901234",
        "4400990000", "99009900000", "32139900000", "20261301-0000", "", "311299 ... 0000", "311299 --- 0000",
        "31.12.99, 0000", "311299\n0000",
        "0046 8 123 45 67",
    ])
    func otherNumbersStay(text: String) { #expect(PersonalNumber.masked(text) == text) }
}
