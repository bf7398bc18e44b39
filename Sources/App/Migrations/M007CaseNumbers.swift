import Database

extension Migration {
    /// The counters of case numbers go by the two digits of the year that the numbers tell, and all of somebody's cases
    /// are found newest first.
    static let caseNumbers = Migration(7, "case numbers") { _ in
        [
            """
            INSERT INTO case_counters (municipality, year, last)
            SELECT municipality, year % 100, max(last) FROM case_counters WHERE year > 99
            GROUP BY municipality, year % 100
            """,
            "DELETE FROM case_counters WHERE year > 99",
            "CREATE INDEX cases_by_handler ON cases (municipality, handler_id, id) WHERE handler_id IS NOT NULL",
        ]
    }
}
