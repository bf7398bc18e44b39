import Database
import Domain

extension Invariant {
    /// Of the search index: that it holds everything and nothing else, and shows nobody what they may not read.
    static let search: [Invariant] = [
        Invariant("case_found_by_others", .numberedCase, "stands in the search index of those who may not read it") {
            tenant in
            """
            SELECT cases.number AS subject FROM cases JOIN search_texts
                ON search_texts.municipality = cases.municipality AND search_texts.id = cases.id
            WHERE cases.municipality = \(tenant) AND coalesce(search_texts.reader, 0)
                <> CASE WHEN cases.is_confidential = 1 THEN cases.unit_id ELSE 0 END
            ORDER BY cases.id
            """
        },
        Invariant("contact_found_by_others", .contact, "tells of a confidential case in the search index of everybody")
        {
            tenant in
            """
            SELECT DISTINCT texts.id AS subject FROM cases
                JOIN questions ON questions.municipality = cases.municipality AND questions.case_id = cases.id
                JOIN \(SearchKind.contact.texts) texts
                    ON texts.municipality = questions.municipality AND texts.id = questions.contact_id
            WHERE cases.municipality = \(tenant) AND cases.is_confidential = 1 AND texts.reader IS NULL ORDER BY texts.id
            """
        },
        missing("case_not_searchable", .matter, "is missing from the search index"),
        missing("contact_not_searchable", .contact, "is missing from the search index"),
        orphaned("search_without_case", .matter, "of the search index finds no case"),
        orphaned("search_without_contact", .contact, "of the search index finds no contact"),
    ]

    private static func missing(_ name: String, _ kind: SearchKind, _ explanation: String) -> Invariant {
        Invariant(name, kind == .matter ? .numberedCase : .contact, explanation) { tenant in
            """
            SELECT \(kind.shown) AS subject FROM \(kind.table) WHERE municipality = \(tenant)
                AND NOT EXISTS (SELECT 1 FROM \(kind.texts) texts
                    WHERE texts.municipality = \(kind.table).municipality AND texts.id = \(kind.table).id)
            ORDER BY id
            """
        }
    }

    private static func orphaned(_ name: String, _ kind: SearchKind, _ explanation: String) -> Invariant {
        Invariant(name, .row, explanation) { tenant in
            """
            SELECT id AS subject FROM \(kind.texts) texts WHERE municipality = \(tenant)
                AND NOT EXISTS (SELECT 1 FROM \(kind.table) WHERE \(kind.table).municipality = texts.municipality
                    AND \(kind.table).id = texts.id)
            ORDER BY id
            """
        }
    }
}

extension SearchKind {
    /// Where the entities stand that are found.
    var table: SQL {
        switch self {
        case .matter: "cases"
        case .contact: "contacts"
        }
    }

    /// The column by which `torg verify` names one.
    fileprivate var shown: SQL { self == .matter ? "number" : "id" }
}
