import Foundation
import Mustache

/// All templates, parsed once per language with the words already in place, so that a page costs no look-up of words.
///
/// Everything is read and checked when the server starts: a template that names what its page does not have, or a word
/// that a catalogue lacks, stops the start instead of showing as a hole on somebody's page.
struct Templates: Sendable {
    let catalogues: Catalogues
    private let libraries: [String: Library]
    private let keptParts = KeptParts()

    /// The templates in one language. Where a page shows a part, its HTML is put in: what makes it stands apart.
    private struct Library {
        let pages: MustacheLibrary
        let parts: MustacheLibrary
    }

    /// Every kind of page there is.
    static let pages: [any Page.Type] = [
        FrontPage.self, ReportPage.self, FollowFormPage.self, FollowCasePage.self, FollowDoorPage.self, LoginPage.self,
        CaseListPage.self, SearchPage.self, CasePage.self, ExistencePage.self, RegisterPage.self, ContactPage.self,
        FormPage.self, ListPage.self,
        SecretPage.self, OutgoingMailPage.self, MailPreviewPage.self, ErrorPage.self, StartPage.self,
        SendAgainPage.self, OwnPasswordPage.self, StopPage.self, FollowUpPage.self, ReportIndexPage.self,
        FiguresPage.self, ContractorCasePage.self, ContractorEndPage.self, AlertsPage.self, WatchPage.self,
    ]

    /// Every kind of part there is.
    static let parts: [any Part.Type] = [CaseRow.self, FormField.self, RunningText.self]

    /// - Parameters:
    ///   - resources: the folder that holds `Templates`, `Languages` and `Public`; nil for those that come with Torg.
    ///   - version: goes into the addresses of style sheet and script; nil for one made of their contents, so that a
    ///     browser may keep them for ever and still gets new ones at once.
    /// - Throws: `TemplateError` for whatever is wrong with a template; what reading a file throws.
    init(resources: URL? = nil, version: String? = nil) throws {
        guard let resources = resources ?? Bundle.module.resourceURL else {
            throw TemplateError(template: "-", problem: "the resources are not where they should be")
        }
        let catalogues = try Catalogues(directory: resources.appending(path: "Languages"))
        let files = try TemplateFiles.read(directory: resources.appending(path: "Templates"))
        let version = try version ?? TemplateFiles.version(of: resources.appending(path: "Public"))

        EscapedText.register()
        var libraries: [String: Library] = [:]
        for words in catalogues.all.values {
            var parsed: [String: MustacheTemplate] = [:]
            for (name, text) in files {
                let filled = try TemplateFiles.fill(text, of: name, words: words, version: version)
                do {
                    parsed[name] = try MustacheTemplate(string: EscapedText.pragma + filled)
                } catch {
                    throw TemplateError(template: name, problem: "\(error)")
                }
            }
            let parts = MustacheLibrary(templates: parsed)
            for part in Templates.parts {
                parsed[part.template] = try MustacheTemplate(string: TemplateValue.PartValue.template)
            }
            libraries[words.language] = Library(pages: MustacheLibrary(templates: parsed), parts: parts)
        }
        self.catalogues = catalogues
        self.libraries = libraries

        var check = TemplateCheck(files: files)
        for page in Templates.pages { try check.names(of: page, words: words("sv")) }
        try check.rest()
    }

    func words(_ language: String) -> Words { catalogues.words(language) }

    /// The page as HTML, in the language of its frame.
    func render<Content: Page>(_ page: Content) -> String {
        guard let library = libraries[words(page.frame.language).language] else { return "" }
        let value = TemplateValue.make(of: page) { part in
            keptParts.html(of: part, language: page.frame.language) {
                html(TemplateValue(of: part), type(of: part).template, library.parts)
            }
        }
        return html(value, Content.template, library.pages)
    }

    private func html(_ value: Any, _ template: String, _ library: MustacheLibrary) -> String {
        let html = library.render(value, withTemplate: template)
        assert(html != nil, "No template \(template)")
        return html ?? ""
    }
}

/// Why the templates cannot be used.
struct TemplateError: Error, CustomStringConvertible {
    let template: String
    let problem: String
    var description: String { "Template \(template): \(problem)" }
}
