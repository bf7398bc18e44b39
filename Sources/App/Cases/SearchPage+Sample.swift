extension SearchPage {
    static func samples(_ words: Words) -> [Sample<SearchPage>] {
        let page = { (query: String, rows: Int, message: String?) in
            SearchPage(
                frame: .staffSample(words, title: words("search.heading"), search: query), query: query,
                rows: CaseRow.samples(words, count: rows), message: message)
        }
        var many = page("lyset", 5, nil)
        many.next = "?q=lyset&after=5"
        return [
            Sample("nothing", page("", 0, words("search.nothing"))),
            Sample("no-hits", page("xyz", 0, words("search.no_hits", ["query": "xyz"]))),
            Sample("many", many),
        ]
    }
}
