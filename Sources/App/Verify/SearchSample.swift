import Database
import Domain

/// Whether a sample of what can be searched for is found by its own words. What the index holds of a million follows from
/// no query; that a change was forgotten shows in the newest rows, and what a migration left out anywhere.
struct SearchSample {
    let op: Operation
    let kind: SearchKind

    /// The newest rows that are looked at.
    private static let newest = 400
    /// Places anywhere, of which the next rows are looked at.
    private static let places = 10
    private static let rowsAtPlace = 50

    /// - Parameter anywhere: gives an id within a range, for the places.
    func check(anywhere: (ClosedRange<Int64>) -> Int64, report: (Breach) -> Void) throws {
        // What is being indexed anew is found as it was.
        guard try !op.rebuilds.isRebuilding(kind.rebuild) else { return }
        guard let first: Int64 = try op.tx.value(ids("TRUE", "id", 1)),
            let last: Int64 = try op.tx.value(ids("TRUE", "id DESC", 1))
        else { return }
        var chosen = Set(try rows(ids("TRUE", "id DESC", Self.newest)))
        for _ in 0..<Self.places {
            chosen.formUnion(try rows(ids("id >= \(anywhere(first...last))", "id", Self.rowsAtPlace)))
        }
        for text in try texts(of: chosen.sorted()) where try !op.index.holds(text) {
            report(
                Breach(
                    municipality: op.municipality.slug, name: "found_by_other_words",
                    text: "\(kind.rawValue) with the id \(text.id) is found by other words than its own"))
        }
    }

    private func ids(_ condition: SQL, _ order: SQL, _ limit: Int) -> SQL {
        """
        SELECT id FROM \(kind.table) WHERE municipality = \(op.tenant) AND \(condition) ORDER BY \(order) LIMIT \(limit)
        """
    }

    private func rows(_ query: SQL) throws -> [Int64] { try op.tx.rows(query).map { try $0["id"] } }

    private func texts(of ids: [Int64]) throws -> [SearchedText] {
        switch kind {
        case .matter:
            let cases = try op.cases.load(Set(ids.map { ID($0) }), in: .everything).values.sorted { $0.id < $1.id }
            let reports = try op.cases.searchedReports(of: cases.map(\.id))
            return cases.map { op.cases.searchedText(of: $0, reports: reports[$0.id] ?? []) }
        case .contact: return try op.contacts.searchedTexts(of: ids.map { ID($0) })
        }
    }
}

extension SearchKind {
    /// Which work indexes all of it anew.
    fileprivate var rebuild: Rebuild {
        switch self {
        case .matter: .searchCases
        case .contact: .searchContacts
        }
    }
}
