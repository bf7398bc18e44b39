import Domain

/// Search over everything a case can be found by. A case number, alone or within other words, leads straight to its case.
enum SearchCases {
    static let routes: [Route] = [.page("/:municipality/search", for: .staff(nil), page)]

    static let page: PageHandler = { visit, op in
        var input = InputReader(["q": .text(visit.queried("q") ?? "")], from: .form)
        let query = input.line("q", max: 200) ?? ""
        if let number = CaseNumber(in: query, year: op.today.year), let url = try path(to: number, in: op) {
            return .redirect(url)
        }
        let (page, message) = try misheard(query, in: op) ?? search(query, visit, in: op)
        // Without dashes it may be a telephone number: then that finds something else as well.
        for number in CaseNumber.undashed(in: query, year: op.today.year)
        where page.cases.allSatisfy({ $0.number == number }) {
            if let url = try path(to: number, in: op) { return .redirect(url) }
        }
        return .page(
            SearchPage(
                frame: try op.frame(visit, title: op.words("search.heading"), search: query), query: query,
                rows: try op.rows(for: page.cases),
                next: page.next.map { "\(op.paths.search)?q=\(URLEncoded.encode(query))&after=\($0.text)" },
                message: message))
    }

    /// Of the case with exactly this number. Nothing else leads to what is kept back, and there only to that it exists.
    private static func path(to number: CaseNumber, in op: Operation) throws -> String? {
        try ((try? op.loadCase(number, in: op.scope)) ?? op.caseKeptBack(number)).map { op.paths.cases($0.number) }
    }

    private typealias Found = (page: CaseList.Page, message: String?)

    private static func search(_ query: String, _ visit: Visit, in op: Operation) throws -> Found {
        guard query.unicodeScalars.contains(where: \.isWordPart) else {
            return (.init(cases: []), op.words("search.nothing"))
        }
        let page = try CaseList.search(
            query, scope: try op.scope, limit: WorkLists.pageSize,
            after: visit.queried("after").flatMap(CaseList.Cursor.init), in: op)
        return (page, page.cases.isEmpty ? op.words("search.no_hits", ["query": query]) : nil)
    }

    /// A number that was heard wrongly, with the cases it may have been. Nil for what is no number. Unless it is grouped
    /// as one it may be a telephone number, which has as many digits: then only when nothing else is found.
    private static func misheard(_ query: String, in op: Operation) throws -> Found? {
        guard let near = CaseNumber.misheard(query) else { return nil }
        let found = try near.compactMap { number in
            try op.tx.row(
                """
                SELECT * FROM cases
                WHERE municipality = \(op.tenant) AND number = \(number.sortKey) AND \(try op.scope.condition)
                """
            ).map(Case.init)
        }
        if !CaseNumber.isWritten(in: query) {
            let other = try CaseList.search(query, scope: try op.scope, limit: 1, after: nil, in: op)
            guard other.cases.isEmpty, !found.isEmpty else { return nil }
        }
        let key = found.isEmpty ? "search.wrong_number" : "search.wrong_number.near"
        return (.init(cases: found), op.words(key, ["query": query]))
    }
}
