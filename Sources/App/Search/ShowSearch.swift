import Database
import Domain

/// Search over everything that can be found: cases and contacts. A case number, alone or within other words, leads
/// straight to its case.
enum ShowSearch {
    static let routes: [Route] = [.page(.search, for: .staff(nil), page)]

    /// Contacts below the cases, where both are shown.
    private static let contactsBeside = 20
    /// In characters.
    private static let longest = 200

    static let page: PageHandler = { visit, op in
        var input = InputReader(["q": .text(beginning(of: visit.queried("q") ?? ""))], from: .form)
        let query = input.line("q", max: longest) ?? ""
        if let number = CaseNumber(in: query, year: op.today.year), let url = try path(to: number, in: op) {
            return .redirect(url)
        }
        let kind = visit.queried("kind").flatMap(SearchKind.init)
        let after = visit.queried("after").flatMap(CaseList.Cursor.init)
        let found = try misheard(query, in: op) ?? search(query, kind, after, in: op)
        // Without dashes it may be a telephone number: then that finds something else as well.
        for number in CaseNumber.undashed(in: query, year: op.today.year)
        where found.contacts.contacts.isEmpty && found.cases.cases.allSatisfy({ $0.number == number }) {
            if let url = try path(to: number, in: op) { return .redirect(url) }
        }
        return .page(try shown(found, query, kind, visit, in: op))
    }

    /// Of a long text that was pasted in, the words at its beginning.
    private static func beginning(of typed: String) -> String {
        let kept = typed.prefix(longest)
        return String(kept.endIndex < typed.endIndex ? kept.wholeWords : kept)
    }

    private struct Found {
        var cases = CaseList.Page(cases: [])
        var contacts = ContactList.Page()
        var message: String?

        var isEmpty: Bool { cases.cases.isEmpty && contacts.contacts.isEmpty }
    }

    private static func shown(
        _ found: Found, _ query: String, _ kind: SearchKind?, _ visit: Visit, in op: Operation
    ) throws -> SearchPage {
        let path = "\(op.paths(.search))?q=\(URLEncoded.encode(query))"
        let more = { (kind: SearchKind, next: CaseList.Cursor?) in
            next.map { "\(path)&kind=\(kind.rawValue)&after=\($0.text)" }
        }
        let isNarrowed = kind != nil || !found.isEmpty && found.message == nil
        let filter = { (text: String, narrowed: SearchKind?) in
            Filter(
                text: op.words(text), url: path + (narrowed.map { "&kind=\($0.rawValue)" } ?? ""),
                isCurrent: narrowed == kind)
        }
        return SearchPage(
            frame: try op.frame(visit, title: op.words("search.heading"), search: query), query: query,
            filters: isNarrowed
                ? [
                    filter("list.filter.all", nil), filter("search.cases", .matter),
                    filter("search.contacts", .contact),
                ] : [],
            rows: try op.cases.rows(for: found.cases.cases), next: more(.matter, found.cases.next),
            contacts: try found.contacts.contacts.map { try ContactRow($0, in: op) },
            nextContacts: more(.contact, found.contacts.next), message: found.message)
    }

    /// Of the case with exactly this number. Nothing else leads to what is kept back, and there only to that it exists.
    private static func path(to number: CaseNumber, in op: Operation) throws -> String? {
        try ((try? op.cases.load(number, in: op.scope)) ?? op.cases.caseKeptBack(number)).map {
            op.paths(.case, $0.number)
        }
    }

    /// - Parameter kind: what alone is looked for; everything unless told.
    private static func search(
        _ query: String, _ kind: SearchKind?, _ after: CaseList.Cursor?, in op: Operation
    ) throws -> Found {
        guard query.unicodeScalars.contains(where: \.isWordPart) else {
            return Found(message: op.words("search.nothing"))
        }
        var found = Found()
        if kind != .contact {
            found.cases = try CaseList.search(
                query, scope: try op.scope, limit: WorkLists.pageSize, after: after, in: op)
        }
        // Further pages are of one kind; those of cases had no name for it once.
        if kind == .contact || kind == nil && after == nil {
            let limit = kind == .contact ? WorkLists.pageSize : contactsBeside
            found.contacts = try ContactList(text: query, limit: limit, after: after).load(in: op)
        }
        if found.isEmpty { found.message = op.words("search.no_hits", ["query": query]) }
        return found
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
            let other = try search(query, nil, nil, in: op)
            guard other.isEmpty, !found.isEmpty else { return nil }
        }
        let key = found.isEmpty ? "search.wrong_number" : "search.wrong_number.near"
        return Found(cases: .init(cases: found), message: op.words(key, ["query": query]))
    }
}
