import Database
import Domain

/// The table `daily_counts`.
extension FiguresFacade {
    func add(_ counts: DailyCounts) throws {
        for (key, number) in counts {
            try tx.send(
                """
                INSERT INTO daily_counts (municipality, day, counted, channel, category_id, unit_id, number)
                VALUES (\(tenant), \(key.day.number), \(key.counted.rawValue), \(key.channel?.rawValue ?? ""),
                    \(key.category?.rawValue ?? 0), \(key.unit), \(number))
                ON CONFLICT (municipality, day, counted, channel, category_id, unit_id)
                DO UPDATE SET number = daily_counts.number + excluded.number
                """)
        }
    }

    /// What is kept of some days. Throws for what is not readable.
    func dailyCounts(of days: ClosedRange<CivilDay>) throws -> DailyCounts {
        let rows = try tx.rows(
            """
            SELECT day, counted, channel, category_id, unit_id, number FROM daily_counts
            WHERE municipality = \(tenant) AND day >= \(days.lowerBound.number) AND day <= \(days.upperBound.number)
            """)
        return try rows.reduce(into: [:]) { counts, row in
            let (counted, channel): (String, String) = (try row["counted"], try row["channel"])
            guard let what = DailyCount.Counted(rawValue: counted),
                channel.isEmpty || Contact.Channel(rawValue: channel) != nil
            else { throw DatabaseError.malformed("unknown: \(counted) \(channel)") }
            let category: Int64 = try row["category_id"]
            let key = DailyCount(
                day: CivilDay(number: try row["day"]), counted: what, channel: Contact.Channel(rawValue: channel),
                category: category == 0 ? nil : ID(category), unit: try row["unit_id"])
            counts[key] = try row["number"]
        }
    }

    /// The first and the last day of which anything is kept.
    func countedDays() throws -> ClosedRange<CivilDay>? {
        let row = try tx.row(
            "SELECT min(day) AS first, max(day) AS last FROM daily_counts WHERE municipality = \(tenant)")
        guard let first: Int = try row?["first"], let last: Int = try row?["last"] else { return nil }
        return CivilDay(number: first)...CivilDay(number: last)
    }

    func forgetDailyCounts(of days: ClosedRange<CivilDay>) throws {
        try tx.run(
            """
            DELETE FROM daily_counts
            WHERE municipality = \(tenant) AND day >= \(days.lowerBound.number) AND day <= \(days.upperBound.number)
            """)
    }
}
