import Domain
import Testing

@Suite struct TypedTextTests {
    @Test(arguments: [
        ("  Mørkt i Skolegata \n", "Mørkt i Skolegata"),
        ("one\r\ntwo\rthree\u{85}four\u{2028}five\u{0B}six", "one\ntwo\nthree\nfour\nfive\nsix"),
        ("one\r\n\r\ntwo\n\nthree", "one\n\ntwo\n\nthree"),
        ("safe\u{202E}gpj.exe\u{2066}x\u{2069}", "safegpj.exex"),
        ("\u{200F}שלום\u{200F}", "\u{200F}שלום\u{200F}"),
        ("👨‍👩‍👧 ❤️", "👨‍👩‍👧 ❤️"),
        ("\u{200B}\u{200D}\u{2060}\u{AD}\u{3164}\u{2800}", ""),
        ("\u{301}\u{302}", ""),
        ("\t\u{A0} \u{3000}", ""),
        ("a\u{30A}", "a\u{30A}"),
    ])
    func isTidied(typed: String, stored: String) throws {
        #expect(try Array(TypedText.tidied(typed).unicodeScalars) == Array(stored.unicodeScalars))
    }

    @Test(arguments: [0x00, 0x07, 0x1B, 0x7F, 0x80, 0x9B, 0xFDD0, 0xFFFE, 0xFFFF, 0x1FFFE] as [UInt32])
    func whatNobodyCanSeeIsRefused(value: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(value))
        #expect(throws: TypedText.Fault.invalidCharacter(value)) { try TypedText.tidied("å\(Character(scalar))") }
        #expect(throws: TypedText.Fault.invalidCharacter(value)) { try TypedText.tidied("a\(Character(scalar))b") }
    }

    @Test func aLetterKeepsTheMarksThatScriptsNeed() throws {
        let buried = "e" + String(repeating: "\u{301}", count: 38_000) + "n"
        #expect(try TypedText.tidied(buried).unicodeScalars.count == 2 + TypedText.mostMarks)
        let spread = String(repeating: "e\u{301}\u{302}", count: 100)
        #expect(try TypedText.tidied(spread) == spread)
    }

    /// However many code points are joined to one character.
    @Test(arguments: [
        "👩\u{200D}", "e\u{200D}", "a\u{301}\u{200D}", "\u{1100}", "\u{1161}", "\u{AC00}\u{903}", "\u{903}", "\u{E0061}",
        "क\u{94D}", "\u{1F3FD}", "🇳", "\u{600}", "\u{1100}\u{11A8}", "👩\u{301}\u{903}\u{200D}",
    ])
    func noCharacterIsWithoutEnd(_ piece: String) throws {
        let tidied = try TypedText.tidied("a" + String(repeating: piece, count: 5_000) + "b")
        #expect(tidied.allSatisfy { $0.unicodeScalars.count <= TypedText.mostJoined + 1 })
        #expect(try TypedText.tidied(tidied) == tidied)
        // And many of them, one after the other.
        let long = String(repeating: piece, count: 40) + "\u{1161}\u{903}\u{200D}"
        let many = try TypedText.tidied(String(repeating: long, count: 100))
        #expect(many.allSatisfy { $0.unicodeScalars.count <= TypedText.mostJoined + 1 })
    }

    @Test func marksAreCountedAcrossWhatJoins() throws {
        let buried = String(repeating: String(repeating: "\u{301}", count: 10) + "\u{200D}", count: 3)
        let marks = try TypedText.tidied("e" + buried).unicodeScalars.count { $0 == "\u{301}" }
        #expect(marks == TypedText.mostMarks)
    }

    @Test(arguments: ["👩🏽‍❤️‍💋‍👨🏻", "👨🏻‍👩🏼‍👧🏽‍👦🏾", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇳🇴🇸🇪", "한국", "ก็", "क्ष्म्य", "བསྒྲུབས", "نَّا"])
    func whatPeopleWriteStays(_ text: String) throws {
        #expect(try Array(TypedText.tidied(text).unicodeScalars) == Array(text.unicodeScalars))
    }

    @Test(arguments: [
        ("Kari\r\nNordmann", "Kari Nordmann"), ("Kari \n\t Nordmann\n", "Kari Nordmann"), ("Kari  N", "Kari  N"),
        ("Å\u{2028}Ø", "Å Ø"),
    ])
    func aNameHasOneLine(typed: String, stored: String) throws {
        #expect(try TypedText.tidied(typed, inOneLine: true) == stored)
    }

    /// What is stored is not changed by being stored again.
    @Test func tidyingTwiceIsTidyingOnce() throws {
        let pieces = [
            "a", "é", "e\u{301}", " ", "\n", "\r\n", "\t", "\u{202E}", "\u{200B}", "😀", "\u{2800}", "æ", "👩\u{200D}",
            String(repeating: "\u{1100}", count: 40), "\u{1161}",
        ]
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let text = (0..<Int.random(in: 0...12, using: &generator)).map { _ in pieces.randomElement() ?? "" }
                .joined()
            for inOneLine in [false, true] {
                let once = try TypedText.tidied(text, inOneLine: inOneLine)
                #expect(try TypedText.tidied(once, inOneLine: inOneLine) == once, "\(text.debugDescription)")
            }
        }
    }
}
