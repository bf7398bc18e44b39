import Database
import Domain

/// Which figures somebody wants to see: of which days, and by what.
struct FiguresQuery: Sendable {
    var days: ClosedRange<CivilDay>
    var by: Grouping

    enum Grouping: String, CaseIterable, Sendable {
        case category, unit, channel, day, month
    }

    /// What one line is about.
    enum Key: Hashable, Sendable {
        case category(ID<Category>?)
        case unit(ID<Unit>)
        case channel(Contact.Channel)
        case day(CivilDay)
        /// By its first day.
        case month(CivilDay)
    }

    /// How many of each kind.
    struct Numbers: Sendable, Hashable {
        private var numbers: [DailyCount.Counted: Int] = [:]

        subscript(_ counted: DailyCount.Counted) -> Int {
            get { numbers[counted, default: 0] }
            set { numbers[counted] = newValue }
        }

        var contacts: Int { self[.answered] + self[.becameCase] }
        var closed: Int { self[.closedWithMeasures] + self[.closedWithoutAction] + self[.forwarded] }
        /// Whole per cent of the contacts; nil where there are none.
        var answeredShare: Int? {
            contacts == 0 ? nil : Int((Double(self[.answered]) * 100 / Double(contacts)).rounded())
        }

        static func + (left: Numbers, right: Numbers) -> Numbers {
            var sum = left
            sum.numbers.merge(right.numbers, uniquingKeysWith: +)
            return sum
        }
    }

    /// The most days that are shown one by one.
    static let mostDays = 366

    /// Days and months in their order, else the most contacts first.
    func lines(in op: Operation) throws -> [(key: Key, numbers: Numbers)] {
        let column: SQL =
            switch by {
            case .category: "category_id"
            case .unit: "unit_id"
            case .channel: "channel"
            case .day, .month: "day"
            }
        // What became of a case belongs to no channel.
        let some: SQL = by == .channel ? "channel <> ''" : "1 = 1"
        let rows = try op.tx.rows(
            """
            SELECT \(column) AS line, counted, sum(number) AS number FROM daily_counts
            WHERE municipality = \(op.tenant) AND day >= \(days.lowerBound.number) AND day <= \(days.upperBound.number)
                AND \(some)
            GROUP BY \(column), counted ORDER BY \(column)
            """)
        var lines: [Key: Numbers] = [:]
        for row in rows {
            let counted: String = try row["counted"]
            guard let key = try key(of: row), let what = DailyCount.Counted(rawValue: counted) else { continue }
            lines[key, default: Numbers()][what] += Int(try row["number"] as Int64)
        }
        return lines.map { ($0.key, $0.value) }.sorted { left, right in
            if let (first, second) = (left.key.start, right.key.start) as? (CivilDay, CivilDay) {
                return first < second
            }
            if left.numbers.contacts != right.numbers.contacts { return left.numbers.contacts > right.numbers.contacts }
            return (left.numbers.closed, left.key.order) > (right.numbers.closed, right.key.order)
        }
    }

    private func key(of row: Row) throws -> Key? {
        switch by {
        case .category:
            let id: Int64 = try row["line"]
            return .category(id == 0 ? nil : ID(id))
        case .unit: return .unit(try row["line"])
        case .channel: return Contact.Channel(rawValue: try row["line"]).map(Key.channel)
        case .day: return .day(CivilDay(number: try row["line"]))
        case .month:
            let day = CivilDay(number: try row["line"])
            return .month(day - (day.day - 1))
        }
    }
}

extension FiguresQuery.Key {
    fileprivate var start: CivilDay? {
        switch self {
        case .day(let day), .month(let day): day
        case .category, .unit, .channel: nil
        }
    }

    /// So that equal numbers always stand in the same order.
    fileprivate var order: String {
        switch self {
        case .category(let id): id.map(\.description) ?? ""
        case .unit(let id): id.description
        case .channel(let channel): channel.rawValue
        case .day(let day), .month(let day): day.iso
        }
    }
}
