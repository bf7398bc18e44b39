import Database
import Domain

/// `GET /search`: what a search finds, by kind.
enum SearchApi {
    static let routes: [Route] = [
        .api(.get, "/search") { call, op in
            let text = call.input.line("q", max: 200, required: true)
            let kinds = kinds(&call.input)
            let limit = call.input.wholeNumber("limit", in: 1...50) ?? 10
            try call.input.finish()
            return try .json(
                Answer(groups: kinds.map { try Group(kind: $0.rawValue, items: hits($0, text ?? "", limit, in: op)) }))
        }
    ]

    /// Words of the interface for kinds that nothing is kept of yet: no mistake, and nothing to find.
    static let empty: Set<String> = [
        "person", "organisation", "template", "text", "script", "article", "service", "form", "announcement", "staff",
        "unit", "address",
    ]

    /// Those named, with commas between, in the order of the kinds; all unless any are named.
    private static func kinds(_ input: inout InputReader) -> [SearchKind] {
        guard let line = input.line("kinds", max: 200) else { return SearchKind.allCases }
        let words = Set(line.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmed })
        let known = SearchKind.allCases.filter { words.contains($0.rawValue) }
        if !words.subtracting(known.map(\.rawValue)).subtracting(empty).isEmpty { input.fail("kinds", "unknown") }
        return known
    }

    private static func hits(_ kind: SearchKind, _ text: String, _ limit: Int, in op: Operation) throws -> [Hit] {
        switch kind {
        case .matter:
            let found = try CaseList.search(text, scope: try op.scope, limit: limit, after: nil, in: op).cases
            return zip(found, try op.cases.rows(for: found)).map { found, row in
                Hit(id: "\(found.id)", title: row.title, text: row.sub, number: row.number, url: row.url)
            }
        case .contact:
            return try ContactList(text: text, limit: limit).load(in: op).contacts.map { shown in
                let row = try ContactRow(shown, in: op)
                return Hit(
                    id: "\(shown.contact.id)", title: row.title, text: "\(row.when) · \(row.sub)", number: row.number,
                    url: row.url)
            }
        }
    }

    private struct Answer: Encodable {
        var groups: [Group]
    }

    private struct Group: Encodable {
        var kind: String
        var items: [Hit]
    }

    private struct Hit: Encodable {
        var id: String
        var title: String
        var text: String
        /// Of the case, or of the one that a contact belongs to.
        @OrNull var number: String?
        /// Of its page, on the same host.
        var url: String
    }
}
