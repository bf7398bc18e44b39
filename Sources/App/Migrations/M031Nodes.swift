import Database

extension Migration {
    /// Which process has which number in its ids, so that no two have the same. The installation's, like the jobs.
    static let nodes = Migration(31, "nodes") { _ in
        [
            """
            CREATE TABLE nodes (
                number INTEGER PRIMARY KEY CHECK (number BETWEEN 0 AND 1023),
                owner TEXT NOT NULL,
                lease_until BIGINT NOT NULL
            )
            """
        ]
    }
}
