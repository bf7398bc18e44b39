import Testing

@testable import App
@testable import Support

/// What is wrong with a template is found at start.
@Suite struct TemplateCheckTests {
    private func problem(_ template: String, partials: [String: String] = [:]) throws -> String? {
        let words = try Templates.tested.words("en")
        var check = TemplateCheck(files: partials.merging(["citizens/front": template]) { own, _ in own })
        do {
            try check.names(of: FrontPage.self, words: words)
            try check.rest()
            return nil
        } catch let error as TemplateError {
            return error.problem
        }
    }

    @Test func acceptsWhatThePageHas() throws {
        #expect(try problem("{{lead}} {{#notices}}{{title}}{{text}}{{promise}}{{/notices}} {{frame.base}}") == nil)
        #expect(try problem("{{^empty(notices)}}x{{/empty(notices)}}{{! anything }}") == nil)
    }

    @Test func refusesAMisspeltName() throws {
        #expect(try problem("{{laed}}") == "laed does not exist")
        #expect(try problem("{{#notices}}{{txet}}{{/notices}}") == "txet does not exist")
        #expect(try problem("{{frame.bsae}}") == "frame.bsae does not exist")
        #expect(try problem("{{#notice}}{{/notice}}") == "notice does not exist")
        #expect(try problem("{{text}}") == "text does not exist", "it is a name of the rows only")
    }

    @Test func refusesAMisspeltNameInAPartialAndInABlock() throws {
        #expect(try problem("{{>part}}", partials: ["part": "{{laed}}"]) == "laed does not exist")
        #expect(try problem("{{>prat}}") == "does not exist")
        let frame = ["frame": "{{$main}}{{/main}}"]
        #expect(try problem("{{<frame}}{{$main}}{{lead}}{{/main}}{{/frame}}", partials: frame) == nil)
        #expect(
            try problem("{{<frame}}{{$main}}{{laed}}{{/main}}{{/frame}}", partials: frame) == "laed does not exist")
    }

    /// A part's HTML is kept and shown on other pages: nothing of this one may be in it.
    @Test func refusesAPartThatLooksAroundItself() throws {
        let row = "{{#notices}}{{>cases/row}}{{/notices}}"
        #expect(try problem(row, partials: ["cases/row": "{{title}}"]) == nil)
        #expect(try problem(row, partials: ["cases/row": "{{lead}}"]) == "lead does not exist")
        #expect(try problem(row, partials: ["cases/row": "{{frame.base}}"]) == "frame.base does not exist")
    }

    @Test func refusesUnescapedText() throws {
        #expect(try problem("{{{lead}}}") != nil)
        #expect(try problem("{{& lead}}") != nil)
    }

    @Test func refusesASectionThatNoSampleFillsIn() throws {
        #expect(try problem("{{#frame.user}}{{nmae}}{{/frame.user}}") == "no sample fills in frame.user")
    }

    @Test func refusesAWordThatIsMissing() throws {
        let words = Words(language: "en", texts: ["a": "b & c"])
        #expect(try TemplateFiles.fill("<p>[[a]]</p>", of: "t", words: words, version: "1") == "<p>b &amp; c</p>")
        #expect(throws: TemplateError.self) {
            try TemplateFiles.fill("[[missing]]", of: "t", words: words, version: "1")
        }
        #expect(try TemplateFiles.fill("[[public:x.css]]", of: "t", words: words, version: "1") == "/public/x.css?v=1")
    }
}
