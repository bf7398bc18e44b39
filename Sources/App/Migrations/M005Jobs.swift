import Database

extension Migration {
    /// When each job of the schedule is due, and who has it just now.
    static let jobs = Migration(5, "jobs") { _ in
        [
            """
            CREATE TABLE jobs (
                name TEXT PRIMARY KEY,
                due_at BIGINT NOT NULL,
                lease_until BIGINT,
                owner TEXT,
                finished_at BIGINT,
                fault TEXT,
                CHECK ((lease_until IS NULL) = (owner IS NULL))
            )
            """
        ]
    }
}
