/// The order in which rows were committed: a position for each, by municipality, given where its transaction ends. Whoever
/// has read up to a position has read everything before it, for good.
///
/// Ids do not tell that order: they are drawn before a transaction waits for its turn, by clocks that differ, and by imports
/// in the past. On SQLite one transaction writes at a time. On PostgreSQL they end one after another: the lock is asked for
/// in the same breath as the COMMIT, so that nobody holds it while they think (docs/decisions/0014).
public enum CommitOrder {
    /// The table, for a migration; what stands in `events` is placed in the order of its ids.
    public static func migrationStatements(_ dialect: Dialect) -> [SQL] {
        [
            """
            CREATE TABLE event_positions (
                municipality BIGINT NOT NULL,
                position BIGINT NOT NULL,
                event_id BIGINT NOT NULL,
                PRIMARY KEY (municipality, position)
            )\(dialect.clustered)
            """,
            """
            INSERT INTO event_positions (municipality, position, event_id)
            SELECT municipality, row_number() OVER (PARTITION BY municipality ORDER BY id), id FROM events
            """,
        ]
    }

    struct Placed {
        let tenant: Int64
        let id: Int64
    }

    /// One statement for each row: SQLite looks up the last position in a microsecond.
    static func insert(_ placed: Placed) -> SQL {
        """
        INSERT INTO event_positions (municipality, position, event_id)
        SELECT \(placed.tenant), coalesce(max(position), 0) + 1, \(placed.id) FROM event_positions
        WHERE municipality = \(placed.tenant)
        """
    }

    /// All in one statement. What it reads was committed before the lock was had.
    static func insertInTurn(_ placed: [Placed]) -> [SQL] {
        if placed.isEmpty { return [] }
        let tenants = array(placed.map(\.tenant))
        let ids = array(placed.map(\.id))
        return [
            // Longer than the others may take with their commits.
            "SET LOCAL lock_timeout = 5000",
            "SELECT pg_advisory_xact_lock(7307912)",
            """
            INSERT INTO event_positions (municipality, position, event_id)
            SELECT tenant, row_number() OVER (PARTITION BY tenant ORDER BY place) + coalesce((
                SELECT max(position) FROM event_positions WHERE municipality = tenant), 0), id
            FROM unnest(CAST(\(tenants) AS BIGINT[]), CAST(\(ids) AS BIGINT[])) WITH ORDINALITY AS placed (tenant, id, place)
            """,
        ]
    }

    private static func array(_ numbers: [Int64]) -> String {
        "{" + numbers.map(String.init).joined(separator: ",") + "}"
    }
}
