import Synchronization
import Testing

@testable import App
@testable import Support

@Suite struct PartTests {
    private static let row = CaseRow(
        number: "26-10001-4", url: "/m/cases/26-10001-4", title: "A lamp is out", sub: "", due: "Late", dueKind: .late,
        state: "New", with: "Roads")

    @Test func aPartIsRenderedOncePerLanguage() {
        let kept = KeptParts()
        let rendered = Mutex(0)
        let html = { (row: CaseRow, language: String) in
            kept.html(of: row, language: language) {
                rendered.withLock { $0 += 1 }
                return language + row.title
            }
        }
        #expect(html(Self.row, "sv") == "svA lamp is out")
        #expect(html(Self.row, "sv") == "svA lamp is out")
        #expect(html(Self.row, "da") == "daA lamp is out")
        var other = Self.row
        other.title = "Two lamps are out"
        #expect(html(other, "sv") == "svTwo lamps are out")
        #expect(rendered.withLock { $0 } == 3)
    }

    @Test func aCaseNumberInASentenceIsNotBroken() {
        let two = RunningText("Sak 26-10001-5 og 26-10002-3.").pieces
        #expect(two.map(\.text) == ["Sak ", " og ", "."] && two.map(\.number) == ["26-10001-5", "26-10002-3", nil])
        #expect(RunningText("Ring 22-33-44.").pieces == [.init(text: "Ring 22-33-44.")])
    }

    @Test func whatIsKeptHasALimit() {
        let kept = KeptParts()
        let megabyte = String(repeating: "x", count: 1 << 20)
        for number in 0..<50 {
            var row = Self.row
            row.number = String(number)
            #expect(kept.html(of: row, language: "sv") { megabyte } == megabyte)
        }
        #expect(kept.bytes <= 4 << 20)
    }

    @Test(arguments: [
        ("plain æøå 😀", "plain æøå 😀"), ("", ""),
        ("<b a='1' c=\"2\">&</b>", "&lt;b a=&#39;1&#39; c=&quot;2&quot;&gt;&amp;&lt;/b&gt;"),
        ("é<", "é&lt;"), ("e\u{301}<\u{301}", "e\u{301}&lt;\u{301}"),
    ])
    func textIsEscapedByByte(text: String, escaped: String) {
        #expect(EscapedText().escapeText(text) == escaped)
    }

    /// An attacker's combining accent must not make a bracket another letter than the browser's.
    @Test func aBracketWithAnAccentIsEscapedOnThePage() throws {
        var row = Self.row
        row.title = "<\u{301}script>"
        let words = try Templates.tested.words("nb")
        var page = CaseListPage.samples(words)[0].page
        page.rows = [row]
        let html = try Templates.tested.render(page)
        #expect(html.contains("&lt;\u{301}script&gt;"))
    }
}
