import Adapters
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

    /// No program sees a formula, at whatever sign it parts the fields; and what was meant can be had again.
    @Test func noPieceBeginsAsAFormula() {
        let signs = ["=", "+", "-", "@", "%", "＝", "'", "\"", " ", ",", ";", "\t", "|", "\n", "a", "1", "\u{A0}"]
        for _ in 0..<2_000 {
            let text = (0..<Int.random(in: 0...10)).map { _ in signs.randomElement() ?? "" }.joined()
            let written = FormulaGuard.disarmed(text)
            #expect(FormulaGuard.restored(written) == text)
            guard Int64(text) == nil else { continue }
            for delimiter in [",", ";", "\t", "|", "\n"] as [Character] {
                for piece in written.split(separator: delimiter) {
                    let first = piece.first { !" \u{A0}\"".contains($0) }
                    #expect(first.map { "=+-@%＝".contains($0) } != true, "\(text.debugDescription)")
                }
            }
        }
    }
}
