import Database
import Domain

/// A column that holds one of a list of words. The list grows, and stands in a Swift type alone (docs/decisions/0015): that
/// refuses what is not in it on the way in and out, and this finds what came in by another way.
struct StoredList: Sendable {
    let table: SQL
    let column: SQL
    let values: [String]

    private init<List: CaseIterable & RawRepresentable<String>>(_ table: SQL, _ column: SQL, _: List.Type) {
        self.table = table
        self.column = column
        values = List.allCases.map(\.rawValue)
    }

    static let all: [StoredList] = [
        StoredList("contacts", "channel", Contact.Channel.self),
        StoredList("cases", "outcome", Outcome.self),
        StoredList("measures", "kind", Measure.Kind.self),
        StoredList("outbox", "kind", MessageKind.self),
        StoredList("outbox", "medium", OutboxMessage.Medium.self),
        StoredList("outbox", "missed", OutboxMessage.Missed.self),
        StoredList("outbox", "state", OutboxMessage.State.self),
        StoredList("report_settings", "report", FollowUpReport.self),
        StoredList("alerts", "kind", Alert.Kind.self),
        StoredList("contractor_links", "outcome", ContractorLink.Outcome.self),
        StoredList("readings", "kind", Reading.Kind.self),
        StoredList("sight_grants", "state", SightGrant.State.self),
        StoredList("tellings", "how", TellingWay.self),
        StoredList("daily_counts", "counted", DailyCount.Counted.self),
        StoredList("tasks", "lane", TaskLane.self),
        StoredList("tasks", "state", StoredTask.State.self),
        StoredList("retention_rules", "class", RetentionClass.self),
    ]

    var place: String { "\(table.text(for: .sqlite)).\(column.text(for: .sqlite))" }

    /// Selects the values that are not in the list, and how many rows have each.
    func unknown(in tenant: ID<Municipality>) -> SQL {
        """
        SELECT \(column) AS value, count(*) AS number FROM \(table)
        WHERE municipality = \(tenant) AND \(column) NOT IN \(list: values) GROUP BY \(column) ORDER BY \(column)
        """
    }
}

extension Installation {
    func checkLists(of municipality: ID<Municipality>, _ slug: String, _ report: (Breach) -> Void) async throws {
        for list in StoredList.all {
            let found = try await database.read(tenant: municipality.rawValue) { tx in
                try tx.rows(list.unknown(in: municipality) + " LIMIT \(Self.mostBreaches)")
            }
            for row in found {
                let (value, number): (String, Int) = (try row["value"], try row["number"])
                let text = "\(list.place) holds \"\(value.prefix(40))\" in \(number) row(s)"
                report(
                    Breach(municipality: slug, name: "unknown_value", text: text + ", which this Torg does not know"))
            }
        }
    }
}
