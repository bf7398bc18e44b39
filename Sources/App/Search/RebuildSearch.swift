import Database
import Domain

/// Works out anew by what cases and callers are found, after a migration or a change of the rules (a new libstemmer, another
/// language of the municipality): in portions, each of which is stored with how far it has come. Stopped in the middle,
/// it goes on where it was; meanwhile what has not been reached is not found.
extension Installation {
    private static let portion = 500

    /// Everything of one municipality, when the next rebuilding runs.
    public func planSearchRebuild(of municipality: ID<Municipality>) async throws {
        try await database.write(tenant: municipality.rawValue) { tx in
            try tx.run(
                """
                INSERT INTO search_rebuilds (municipality, contacts_after, cases_after)
                VALUES (\(municipality), \(Int64.min + 1), \(Int64.min + 1))
                ON CONFLICT (municipality) DO UPDATE SET contacts_after = excluded.contacts_after,
                    cases_after = excluded.cases_after
                """)
        }
    }

    /// Does what is planned.
    ///
    /// - Parameter progress: gets how many more contacts and cases are done, portion by portion.
    /// - Returns: how many cases were indexed.
    @discardableResult
    public func rebuildSearch(progress: @escaping @Sendable (Int) -> Void = { _ in }) async throws -> Int {
        let planned: [ID<Municipality>] = try await database.read(tenant: nil) { tx in
            try tx.rows("SELECT municipality FROM search_rebuilds ORDER BY municipality").map { try $0["municipality"] }
        }
        var cases = 0
        for municipality in planned {
            while case let count = try await writeAsSystem(municipality, { try $0.renewLookupKeys(Self.portion) }),
                count > 0
            {
                progress(count)
            }
            while case let count = try await writeAsSystem(municipality, { try $0.indexNext(Self.portion) }), count > 0
            {
                progress(count)
                cases += count
            }
            try await database.write(tenant: municipality.rawValue) { tx in
                try tx.run("DELETE FROM search_rebuilds WHERE municipality = \(municipality)")
            }
        }
        return cases
    }

    func writeAsSystem(
        _ municipality: ID<Municipality>, _ body: @escaping @Sendable (Operation) throws -> Int
    ) async throws -> Int {
        try await write(municipality, as: { _, _, _ in .system }, body)
    }
}

extension Operation {
    /// - Returns: how many contacts were looked at.
    fileprivate func renewLookupKeys(_ count: Int) throws -> Int {
        let rows = try tx.rows(
            """
            SELECT id, phone, phone_key FROM contacts WHERE municipality = \(tenant) AND phone IS NOT NULL AND id > (
                SELECT contacts_after FROM search_rebuilds WHERE municipality = \(tenant))
            ORDER BY id LIMIT \(count)
            """)
        for row in rows {
            let phone: String = try row["phone"]
            let (id, known): (ID<Contact>, String?) = (try row["id"], try row["phone_key"])
            guard let key = lookupKey(of: PhoneNumber(phone)), key != known else { continue }
            try tx.run("UPDATE contacts SET phone_key = \(key) WHERE municipality = \(tenant) AND id = \(id)")
        }
        guard let last: ID<Contact> = try rows.last?["id"] else { return 0 }
        try tx.run("UPDATE search_rebuilds SET contacts_after = \(last) WHERE municipality = \(tenant)")
        return rows.count
    }

    /// - Returns: how many cases were indexed.
    fileprivate func indexNext(_ count: Int) throws -> Int {
        let cases = try tx.rows(
            """
            SELECT * FROM cases WHERE municipality = \(tenant) AND id > (
                SELECT cases_after FROM search_rebuilds WHERE municipality = \(tenant))
            ORDER BY id LIMIT \(count)
            """
        ).map(Case.init)
        guard let last = cases.last?.id else { return 0 }
        let reports = try searchedReports(of: cases.map(\.id))
        for found in cases { try indexForSearch(found, reports: reports[found.id] ?? []) }
        try tx.run("UPDATE search_rebuilds SET cases_after = \(last) WHERE municipality = \(tenant)")
        return cases.count
    }
}
