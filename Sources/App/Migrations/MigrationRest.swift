import Database

/// What a migration leaves to be done in portions, when the tables stand: in one transaction it would take too long.
public enum MigrationRest: Sendable, CaseIterable {
    /// Everything is to be indexed anew.
    case search
    /// What happened before is to be written down.
    case history
}

extension Installation {
    public static func leftByMigrations(in database: Database) async throws -> Set<MigrationRest> {
        // Installation-wide, like the migrations.
        try await database.read(tenant: nil) { tx in
            Set(
                try MigrationRest.allCases.filter { rest in
                    let table: SQL =
                        switch rest {
                        case .search: "search_rebuilds"
                        case .history: "history_rebuilds"
                        }
                    return try tx.row("SELECT 1 FROM \(table) LIMIT 1") != nil
                })
        }
    }
}
