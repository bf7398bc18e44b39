import Foundation
import Testing

@testable import App
@testable import Support

/// What every page must keep to, whatever it shows.
@Suite struct PageMarkupTests {
    private static func html<Content: Page>(of page: Content.Type, _ templates: Templates) -> [(String, String)] {
        Catalogues.languages.flatMap { language in
            page.samples(templates.words(language)).map { sample in
                ("\(page.template).\(sample.name).\(language)", templates.render(sample.page))
            }
        }
    }

    private static func all() throws -> [(name: String, html: String)] {
        let templates = try Templates.tested
        return Templates.pages.flatMap { html(of: $0, templates).map { (name: $0.0, html: $0.1) } }
    }

    @Test func nothingStandsInline() throws {
        for (name, html) in try Self.all() {
            #expect(!html.contains("style=\""), "\(name): Content-Security-Policy forbids it")
            #expect(!html.contains(#/\son[a-z]+="/#), "\(name): Content-Security-Policy forbids it")
            #expect(!html.contains(#/<script(?![^>]*src=)/#), "\(name): Content-Security-Policy forbids it")
        }
    }

    @Test func everyPageHasOneHeadingAndALanguage() throws {
        for (name, html) in try Self.all() {
            #expect(html.matches(of: #/<h1[ >]/#).count == 1, "\(name)")
            #expect(html.contains("<html lang=\"\(name.suffix(2))\">"), "\(name)")
            #expect(!html.contains("[["), "\(name)")
            #expect(!html.contains("{{"), "\(name)")
            #expect(!html.contains("TemplateValue"), "\(name) shows a value that is no text")
        }
    }

    @Test func everyFormCarriesTheToken() throws {
        for (name, html) in try Self.all() {
            let forms = html.matches(of: #/(?s)<form[^>]*method="post".*?</form>/#)
            for form in forms {
                #expect(form.output.contains("name=\"form\" value=\"sample\""), "\(name): \(form.output.prefix(80))")
            }
        }
    }

    @Test func everyIdStandsOnceAndEveryReferenceLeadsSomewhere() throws {
        for (name, html) in try Self.all() {
            let ids = html.matches(of: #/\sid="([^"]+)"/#).map { String($0.1) }
            let twice = Dictionary(grouping: ids, by: \.self).filter { $0.value.count > 1 }.keys
            #expect(twice.isEmpty, "\(name): \(twice.sorted())")
            let references = html.matches(of: #/(?:for|aria-describedby|aria-labelledby)="([^"]+)"/#)
                .flatMap { $0.1.split(separator: " ").map(String.init) }
            for reference in references { #expect(ids.contains(reference), "\(name): \(reference)") }
            for link in html.matches(of: #/href="#([^"]+)"/#) {
                #expect(ids.contains(String(link.1)), "\(name): #\(link.1)")
            }
        }
    }

    @Test func whatPeopleWriteIsEscaped() throws {
        let templates = try Templates.tested
        let words = templates.words("en")
        var page = CaseListPage(
            frame: .staffSample(words, title: "<script>alert(1)</script>"), heading: "<b>\"&'", summary: "", rows: [],
            empty: "")
        page.rows = CaseRow.samples(words, count: 1)
        page.rows[0].title = "<img src=x onerror=alert(1)>"
        page.rows[0].url = "\"><script>"
        let html = templates.render(page)
        #expect(!html.contains("<script>"))
        #expect(!html.contains("<img"))
        #expect(!html.contains("<b>"))
        #expect(html.contains("&lt;img src=x onerror=alert(1)&gt;"))
    }

    @Test func typedTextComesBackUntouched() throws {
        let templates = try Templates.tested
        let words = templates.words("en")
        let typed = "first\n  second, with room before it\n\n{{third}} [[report.heading]]"
        let page = ReportPage(
            frame: .citizenSample(words, title: ""), words: words, input: FormInput(values: ["text": [typed]]),
            promise: "", categories: [])
        #expect(templates.render(page).contains(">\(typed)</textarea>"))
    }

    @Test func anEmptyFieldOfARowDoesNotShowThePagesOwn() throws {
        let templates = try Templates.tested
        let words = templates.words("en")
        let page = FollowCasePage(
            frame: .citizenSample(words, title: ""), number: "1", title: "", status: "", statusText: "", steps: [],
            events: [TimelineRow(what: "it happened", when: "", instant: "")], facts: [], text: "the citizen's words")
        let html = templates.render(page)
        #expect(html.matches(of: #/the citizen's words|the citizen&#39;s words/#).count == 1)
    }
}
