import Database
import Domain

/// Works out anew by what cases, contacts and callers are found, after a migration or a change of the rules (a new
/// libstemmer, another language of the municipality) or of a category. What has not been reached is not found, or found
/// as it was.
extension Installation {
    /// Everything of one municipality, when the next rebuilding runs.
    public func planSearchRebuild(of municipality: ID<Municipality>) async throws {
        try await write(municipality, as: { _, _, _ in .system }) { try $0.rebuilds.reindexEverything() }
    }
}

extension RebuildFacade {
    /// The municipality writes in another language: words have other stems, and categories other names.
    func reindexEverything() throws {
        for kind in [Rebuild.lookupKeys, .searchCases, .searchContacts] { try plan(kind) }
    }

    /// A category's cases are found by its name, and so is what was answered at once in it; that is found by its unit alone
    /// where it is confidential. Of a large category these are too many for the transaction that changes it.
    func reindex(_ category: Category, since before: Category) throws {
        let (language, fallback) = (municipality.language, municipality.language)
        let isRenamed =
            category.name(in: language, fallback: fallback) != before.name(in: language, fallback: fallback)
        if isRenamed { try plan(.searchCases, of: category.id) }
        let isOthers =
            category.isConfidential != before.isConfidential || category.isConfidential && category.unit != before.unit
        if isRenamed || isOthers { try plan(.searchContacts, of: category.id) }
    }

    /// What was answered at once in a confidential category without a unit of its own is the contact centre's.
    func reindexForAnotherCentre() throws {
        for category in directory.categories.values where category.isConfidential && category.unit == nil {
            try plan(.searchContacts, of: category.id)
        }
    }

    func renewLookupKeys(_ portion: RebuildPortion) throws -> RebuildProgress {
        let rows = try tx.rows(
            """
            SELECT id, phone, phone_key FROM contacts
            WHERE municipality = \(tenant) AND phone IS NOT NULL AND id > \(portion.after) ORDER BY id LIMIT \(portion.limit)
            """)
        for row in rows {
            let phone: String = try row["phone"]
            let (id, known): (ID<Contact>, String?) = (try row["id"], try row["phone_key"])
            guard let key = op.contacts.lookupKey(of: PhoneNumber(phone)), key != known else { continue }
            try tx.run("UPDATE contacts SET phone_key = \(key) WHERE municipality = \(tenant) AND id = \(id)")
        }
        return try rows.last.map { (rows.count, try $0["id"]) }
    }

    func indexCases(_ portion: RebuildPortion) throws -> RebuildProgress {
        let category: SQL = portion.category.map { " AND category_id = \($0)" } ?? ""
        let rows = try tx.rows(
            """
            SELECT * FROM cases WHERE municipality = \(tenant)\(category) AND id > \(portion.after)
            ORDER BY id LIMIT \(portion.limit)
            """)
        let cases = try rows.compactMap { try op.cases.readable($0, Case.init) }
        let reports = try op.cases.searchedReports(of: cases.map(\.id))
        for found in cases { try op.cases.index(found, reports: reports[found.id] ?? []) }
        return try rows.last.map { (rows.count, try $0["id"]) }
    }

    func indexContacts(_ portion: RebuildPortion) throws -> RebuildProgress {
        guard let category = portion.category else {
            let ids = try contactIDs(after: portion.after, portion.limit)
            try op.contacts.index(ids)
            return ids.last.map { (ids.count, $0.rawValue) }
        }
        // A stretch of contacts, whatever they are about: no index has a category's.
        let stretch = try contactIDs(after: portion.after, portion.limit * 20)
        guard let end = stretch.last else { return nil }
        let asked: [ID<Contact>] = try tx.rows(
            """
            SELECT DISTINCT contact_id FROM questions
            WHERE municipality = \(tenant) AND contact_id > \(portion.after) AND contact_id <= \(end)
                AND category_id = \(category) AND case_id IS NULL
            ORDER BY contact_id LIMIT \(portion.limit)
            """
        ).map { try $0["contact_id"] }
        try op.contacts.index(asked)
        let last = asked.count == portion.limit ? asked[portion.limit - 1] : end
        return (asked.count, last.rawValue)
    }

    private func contactIDs(after: Int64, _ limit: Int) throws -> [ID<Contact>] {
        try tx.rows(
            "SELECT id FROM contacts WHERE municipality = \(tenant) AND id > \(after) ORDER BY id LIMIT \(limit)"
        ).map { try $0["id"] }
    }
}
