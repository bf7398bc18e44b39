extension SearchPage {
    static func samples(_ words: Words) -> [Sample<SearchPage>] {
        let page = { (query: String, rows: Int, message: String?) in
            SearchPage(
                frame: .staffSample(words, title: words("search.heading"), search: query), query: query,
                rows: CaseRow.samples(words, count: rows), message: message)
        }
        let filters = { (chosen: String) in
            ["list.filter.all", "search.cases", "search.contacts"].map {
                Filter(text: words($0), url: "/sandvik/search?q=lyset", isCurrent: $0 == chosen)
            }
        }
        var contacts = page("biblioteket", 0, nil)
        (contacts.filters, contacts.contacts) = (filters("search.contacts"), [ContactRow.samples(words)[0]])
        var many = page("lyset", 5, nil)
        many.filters = filters("list.filter.all")
        many.next = "?q=lyset&kind=case&after=5"
        many.contacts = ContactRow.samples(words)
        many.nextContacts = "?q=lyset&kind=contact&after=3"
        return [
            Sample("nothing", page("", 0, words("search.nothing"))),
            Sample("no-hits", page("xyz", 0, words("search.no_hits", ["query": "xyz"]))),
            Sample("contacts", contacts),
            Sample("many", many),
        ]
    }
}
