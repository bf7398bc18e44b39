import Domain

/// Figures in the reader's words: a line for each, and the sum of all.
struct FiguresTable: Sendable {
    var columns: [String]
    var rows: [Row]
    var sum: Row

    struct Row: Sendable {
        var name: String
        /// The name for programs, where it is another: `2026-11-02`, `2026-11`.
        var code: String?
        /// Under each column but the first; nil for a share of nothing.
        var numbers: [Int?]
    }

    init(_ lines: [(key: FiguresQuery.Key, numbers: FiguresQuery.Numbers)], by: FiguresQuery.Grouping, in op: Operation)
    {
        let words = op.words
        let shown = Self.columns.filter { by != .channel || $0.isOfContacts }
        columns = [words("figures.by." + by.rawValue)] + shown.map { words("figures.column." + $0.rawValue) }
        rows = lines.map { line in
            Row(
                name: op.name(of: line.key), code: line.key.code, numbers: shown.map { $0.number(of: line.numbers) })
        }
        let all = lines.reduce(FiguresQuery.Numbers()) { $0 + $1.numbers }
        sum = Row(name: words("figures.sum"), numbers: shown.map { $0.number(of: all) })
    }

    /// Without the sum: a spreadsheet would count it in.
    var file: CSVFile {
        CSVFile(
            header: columns,
            rows: rows.map { row in [row.code ?? row.name] + row.numbers.map { $0.map(String.init) ?? "" } })
    }

    /// Raw values stand in the catalogues.
    enum Column: String, CaseIterable {
        case contacts, answered
        case answeredShare = "answered_share"
        case becameCase = "became_case"
        case closed
        case withMeasures = "with_measures"
        case withoutAction = "without_action"
        case forwarded, reopened

        var isOfContacts: Bool {
            switch self {
            case .contacts, .answered, .answeredShare, .becameCase: true
            case .closed, .withMeasures, .withoutAction, .forwarded, .reopened: false
            }
        }

        func number(of numbers: FiguresQuery.Numbers) -> Int? {
            switch self {
            case .contacts: numbers.contacts
            case .answered: numbers[.answered]
            case .answeredShare: numbers.answeredShare
            case .becameCase: numbers[.becameCase]
            case .closed: numbers.closed
            case .withMeasures: numbers[.closedWithMeasures]
            case .withoutAction: numbers[.closedWithoutAction]
            case .forwarded: numbers[.forwarded]
            case .reopened: numbers[.reopened]
            }
        }
    }

    private static let columns = Column.allCases
}

extension Operation {
    fileprivate func name(of key: FiguresQuery.Key) -> String {
        switch key {
        case .category(let id): directory.name(ofCategory: id, in: language) ?? words("figures.no_category")
        case .unit(let id): directory.name(of: id)
        case .channel(let channel): words("channel." + channel.rawValue)
        case .day(let day): DateWords(words: words).dayAndYear(.init(day))
        case .month(let day): words("figures.month", ["month": words("month.\(day.month)"), "year": "\(day.year)"])
        }
    }
}

extension FiguresQuery.Key {
    fileprivate var code: String? {
        switch self {
        case .day(let day): day.iso
        case .month(let day): String(day.iso.prefix(7))
        case .category, .unit, .channel: nil
        }
    }
}

extension DateWords.Moment {
    /// Its midnight.
    init(_ day: CivilDay) {
        let (year, month, number) = day.components
        self.init(year: year, month: month, day: number, weekday: day.weekday.rawValue)
    }
}
