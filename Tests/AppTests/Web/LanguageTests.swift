import Testing

@testable import App

/// Which language a reader gets (RFC 9110, 12.5.4).
@Suite struct LanguageTests {
    @Test(arguments: [
        ("sv", "sv"), ("en;q=0.5, da;q=0.9", "da"), ("en;q=0.8,nb;q=0.8", "en"), ("de, fr", "da"), ("", "da"),
        ("nn-NO, en;q=0.9", "nb"), ("no", "nb"), ("sv-FI;q=0.3, en-GB;q=0.7", "en"), ("en;q=0, sv;q=0.1", "sv"),
        ("*", "da"), ("da;q=0, *;q=0.5", "sv"), ("fi, *;q=0.1", "da"), ("en;q=0.2, *;q=0.9", "da"), ("en;q=0", "da"),
        ("en;q=2, sv;q=0.1", "sv"), ("en;q=x, nb", "nb"), ("EN ; Q=0.9 , SV;q=0.95", "sv"), ("svx, en;q=0.1", "en"),
        ("en; q=0.1; level=1, sv;q=0.2", "sv"), (";;;,,,=,;q=1", "da"), ("en-GB;q=1, en;q=0", "en"), ("*;q=0", "da"),
    ])
    func accepted(header: String, language: String) {
        #expect(Language.choose(chosen: nil, accepted: header, default: "da") == language, "\(header)")
    }

    @Test func theChoiceOfTheReaderComesFirst() {
        #expect(Language.choose(chosen: "nb", accepted: "sv", default: "da") == "nb")
        #expect(Language.choose(chosen: "xx", accepted: "sv", default: "da") == "sv")
        #expect(Language.choose(chosen: nil, accepted: nil, default: nil) == "en")
        #expect(Language.choose(chosen: nil, accepted: "*", default: nil) == "en")
    }

    @Test func moreThanTwentyAreNobodysWish() {
        let long = (0..<20).map { "x\($0)" }.joined(separator: ",") + ",sv"
        #expect(Language.choose(chosen: nil, accepted: long, default: "da") == "da")
    }
}
