import Domain

/// The installation's own first page: its municipalities, or how to make one.
struct StartPage: Page {
    static let template = "web/start"

    var frame: Frame
    var heading: String
    var lead: String?
    /// What to type where there is no municipality yet.
    var command: String?
    var municipalities: [Link] = []
}

extension StartPage {
    init(language: String, words: Words, municipalities: [Link]) {
        let heading = words(municipalities.isEmpty ? "start.empty.heading" : "start.heading")
        let frame = Frame(
            language: language,
            languages: LanguageLink.all(to: "/?", current: language), municipality: "Torg", base: "", title: heading,
            form: "")
        self.init(
            frame: frame, heading: heading, lead: municipalities.isEmpty ? words("start.empty.text") : nil,
            command: municipalities.isEmpty ? "torg seed demo" : nil, municipalities: municipalities)
    }

    /// `/`: a single municipality needs no choice.
    static let routes: [Route] = [
        Route(.get, "/") { visit, installation in
            let all = try await Directories.all(in: installation.database)
            if all.count == 1 { return .redirect(SitePath(municipality: all[0].slug)(.front)) }
            let language = Language.choose(
                chosen: visit.language, accepted: visit.headers[.acceptLanguage], default: nil)
            // Each has its own alphabet; who reads the list looks for a name in the one of their language.
            let links = all.sorted(in: Alphabet(language: language) ?? .english, by: \.name).map {
                Link(text: $0.name, url: SitePath(municipality: $0.slug)(.front))
            }
            return .page(StartPage(language: language, words: installation.words(language), municipalities: links))
        }
    ]
}
