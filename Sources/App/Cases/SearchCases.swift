import Domain

/// Search over everything a case can be found by. A case number leads straight to its case.
enum SearchCases {
    static let routes: [Route] = [.page("/:municipality/search", for: .staff(nil), page)]

    static let page: PageHandler = { visit, op in
        var input = InputReader(["q": .text(visit.queried("q") ?? "")], from: .form)
        let query = input.text("q", max: 200) ?? ""
        if let number = CaseNumber(text: query), let found = try? op.loadCase(number, in: op.scope) {
            return .redirect(op.paths.cases(found.number))
        }
        var page = CaseList.Page(cases: [])
        let words = query.split { !$0.isLetter && !$0.isNumber }
        let isTooShort = !words.contains { $0.count >= 2 }
        if !isTooShort {
            page = try CaseList.search(
                query, scope: try op.scope, limit: WorkLists.pageSize,
                after: visit.queried("after").flatMap(CaseList.Cursor.init), in: op)
        }
        let message =
            query.isEmpty
            ? op.words("search.nothing")
            : isTooShort
                ? op.words("search.too_short")
                : page.cases.isEmpty ? op.words("search.no_hits", ["query": query]) : nil
        return .page(
            SearchPage(
                frame: try op.frame(visit, title: op.words("search.heading"), search: query), query: query,
                rows: try op.rows(for: page.cases),
                next: page.next.map { "\(op.paths.search)?q=\(URLEncoded.encode(query))&after=\($0.text)" },
                message: message))
    }
}
