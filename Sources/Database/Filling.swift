extension Transaction {
    /// Makes room for many rows at once, in a database that is made for measuring: SQLite keeps a gigabyte of pages; PostgreSQL
    /// looks up no foreign keys, where the user is its superuser, and does not wait for the disk.
    public func prepareForFilling() throws {
        switch dialect {
        case .sqlite: try script("PRAGMA cache_size = -1000000")
        case .postgres:
            try script(
                """
                SET LOCAL synchronous_commit = off;
                DO $$ BEGIN
                    IF current_setting('is_superuser') = 'on' THEN SET LOCAL session_replication_role = replica; END IF;
                END $$
                """)
        }
    }
}
