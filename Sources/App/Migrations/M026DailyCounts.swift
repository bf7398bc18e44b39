import Database

extension Migration {
    /// The order in which the history was committed, how far each consumer has read it, and what the first one keeps:
    /// contacts and endings by day. The consumers read what there is by themselves, beside the server's work.
    static let dailyCounts = Migration(26, "daily_counts") { dialect in
        CommitOrder.migrationStatements(dialect) + [
            """
            CREATE TABLE event_cursors (
                municipality BIGINT NOT NULL REFERENCES municipalities (id),
                consumer TEXT NOT NULL,
                position BIGINT NOT NULL,
                PRIMARY KEY (municipality, consumer)
            )
            """,
            // Of endings, which belong to a case, the channel is empty; a category that is none is 0.
            """
            CREATE TABLE daily_counts (
                municipality BIGINT NOT NULL REFERENCES municipalities (id),
                day BIGINT NOT NULL,
                counted TEXT NOT NULL,
                channel TEXT NOT NULL,
                category_id BIGINT NOT NULL,
                unit_id BIGINT NOT NULL,
                number BIGINT NOT NULL CHECK (number > 0),
                PRIMARY KEY (municipality, day, counted, channel, category_id, unit_id)
            )\(dialect.clustered)
            """,
            // Whoever saw all cases or led a unit could count them already.
            """
            UPDATE roles SET permissions = permissions || ' figures.read'
            WHERE permissions LIKE '%case.see_all%' OR permissions LIKE '%unit.lead%' OR permissions LIKE '%admin.municipality%'
            """,
        ]
    }
}
