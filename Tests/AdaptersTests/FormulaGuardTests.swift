import Adapters
import Foundation
import Testing

@Suite struct FormulaGuardTests {
    @Test(arguments: [
        ("plain", "plain"), ("x,=1+1,y", "x,'=1+1,y"), ("x;\t@A1", "x;\t'@A1"), ("=1", "'=1"), ("'=1", "''=1"),
        ("\"=1\"", "'\"=1\""), ("＝1", "'＝1"), ("a, ＋1", "a,' ＋1"), ("one\n-two", "one\n'-two"), ("-5", "-5"),
        ("5", "5"),
        ("2026-07-20", "2026-07-20"), ("", ""), ("a,,=1", "a,,'=1"), ("x|%y", "x|'%y"), ("it's", "it's"),
    ])
    func formulasAreDisarmed(text: String, written: String) {
        #expect(FormulaGuard.disarmed(text) == written)
        #expect(FormulaGuard.restored(written) == text)
    }

    /// Every form of a sign that begins a formula, behind everything that programs skip: by Unicode's own tables.
    @Test func noFormOfAFormulaIsLeft() {
        let forms = (0x21...0xFFFF).compactMap(Unicode.Scalar.init).filter { scalar in
            scalar == "\u{2212}"
                || ["=", "+", "-", "@", "%", "|"].contains(String(scalar).decomposedStringWithCompatibilityMapping)
        }
        #expect(forms.count >= 23)
        let skipped = (0...0xFFFF).compactMap(Unicode.Scalar.init).filter { scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator:
                return !"\t\n\r".unicodeScalars.contains(scalar)
            default: return scalar.properties.isDefaultIgnorableCodePoint
            }
        }
        #expect(skipped.count > 100)
        let texts = forms.map { "\($0)1" } + skipped.enumerated().map { "\($1)\(forms[$0 % forms.count])1" }
        for text in texts where Int64(text) == nil {
            #expect(FormulaGuard.disarmed(text) == "'" + text, "\(text.debugDescription)")
            #expect(FormulaGuard.disarmed("x,\(text);y") == "x,'\(text);y", "\(text.debugDescription)")
            #expect(FormulaGuard.restored("x,'\(text);y") == "x,\(text);y")
        }
    }

    /// No program sees a formula, at whatever sign it parts the fields; and what was meant can be had again.
    @Test func noPieceBeginsAsAFormula() {
        let signs = [
            "=", "+", "-", "@", "%", "＝", "'", "\"", " ", ",", ";", "\t", "|", "\n", "a", "1", "\u{A0}",
            "\u{200B}", "\u{FEFF}", "\u{3000}", "\u{1}", "\u{2212}", "\u{FE66}", "\u{FF5C}",
        ]
        for _ in 0..<2_000 {
            let text = (0..<Int.random(in: 0...10)).map { _ in signs.randomElement() ?? "" }.joined()
            let written = FormulaGuard.disarmed(text)
            #expect(FormulaGuard.restored(written) == text)
            guard Int64(text) == nil else { continue }
            for delimiter in [",", ";", "\t", "|", "\n"] as [Character] {
                for piece in written.split(separator: delimiter) {
                    let first = piece.unicodeScalars.first {
                        !" \u{A0}\"\u{200B}\u{FEFF}\u{3000}\u{1}".unicodeScalars.contains($0)
                    }
                    #expect(
                        first.map { "=+-@%＝\u{2212}\u{FE66}\u{FF5C}".unicodeScalars.contains($0) } != true,
                        "\(text.debugDescription)")
                }
            }
        }
    }
}
