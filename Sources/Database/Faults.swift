extension Database {
    /// What the engine itself finds wrong with the file and the search index; at best nothing.
    ///
    /// SQLite is asked for damaged pages, missing values, references to nothing, and a search index that does not hold
    /// what its table says, which keeps writers waiting for a moment. (A connection that only reads does not know
    /// the CHECK constraints.) PostgreSQL watches over these itself.
    public func faults() async throws -> [String] {
        guard dialect == .sqlite else { return [] }
        var faults = try await read(tenant: nil) { tx in
            let broken: [String] = try tx.rows("PRAGMA integrity_check(100)").map { try $0["integrity_check"] }
            let references = try tx.rows("PRAGMA foreign_key_check").prefix(100).map { row in
                let (table, parent): (String, String) = (try row["table"], try row["parent"])
                return "a row of \(table) refers to a missing row of \(parent)"
            }
            return broken.filter { $0 != "ok" } + references
        }
        for kind in SearchKind.allCases {
            do {
                try await write(tenant: nil) { tx in
                    _ = try tx.savepoint {
                        try tx.run("INSERT INTO \(kind.index) (\(kind.index), rank) VALUES ('integrity-check', 1)")
                    }
                }
            } catch DatabaseError.failed(let detail) {
                faults.append("the search index of each \(kind.rawValue) does not hold what it should: \(detail)")
            }
        }
        return faults
    }
}
