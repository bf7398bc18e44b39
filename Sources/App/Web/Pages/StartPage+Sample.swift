extension StartPage {
    static func samples(_ words: Words) -> [Sample<StartPage>] {
        let links = [
            Link(text: "Nordre Sandvik", url: "/nordre-sandvik"), Link(text: "Sandvik kommune", url: "/sandvik"),
        ]
        return [
            Sample("municipalities", .init(language: words.language, words: words, municipalities: links)),
            Sample("empty", .init(language: words.language, words: words, municipalities: [])),
        ]
    }
}
