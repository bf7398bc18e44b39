/// One SQL statement, or a piece of one, with its values bound and never part of the text.
///
/// ```swift
/// let open: SQL = "SELECT id, title FROM cases WHERE municipality = \(tenant: id) AND state = \(state)"
/// ```
public struct SQL: ExpressibleByStringInterpolation, Sendable {
    /// The text around the values: always one more than there are values.
    private(set) var pieces: [String]
    /// The values, in the order of their places.
    private(set) var values: [SQLValue]
    /// The municipalities this statement says it belongs to, through `\(tenant: id)`.
    public private(set) var tenants: Set<Int64>

    public init(stringLiteral value: String) {
        self.init(text: value)
    }

    public init(stringInterpolation: StringInterpolation) {
        self = stringInterpolation.sql
    }

    /// Text of our own, as in a migration. Never for anything that came from outside.
    init(text: String) {
        pieces = [text]
        values = []
        tenants = []
    }

    /// Ends an EXISTS that is to be asked for each row that is looked at. PostgreSQL would else work out the answer for all
    /// rows of its tables before the first one, also for a page of fifty.
    public static let forEachRow: SQL = " LIMIT 1 OFFSET 0"

    /// Sets the pieces one after the other, with the separator between them.
    public static func joined(_ parts: [SQL], separator: SQL = ", ") -> SQL {
        var whole: SQL = ""
        for (index, part) in parts.enumerated() {
            if index > 0 { whole.append(separator) }
            whole.append(part)
        }
        return whole
    }

    public static func + (left: SQL, right: SQL) -> SQL {
        var whole = left
        whole.append(right)
        return whole
    }

    /// The text with the places written the way the engine wants them: `?` or `$1`, `$2`, ….
    public func text(for dialect: Dialect) -> String {
        guard pieces.count > 1 else { return pieces[0] }
        var text = ""
        text.reserveCapacity(pieces.reduce(0) { $0 + $1.utf8.count + 3 })
        text += pieces[0]
        for index in 1..<pieces.count {
            switch dialect {
            case .sqlite: text += "?"
            case .postgres:
                text += "$"
                text += String(index)
            }
            text += pieces[index]
        }
        return text
    }

    mutating func append(_ other: SQL) {
        pieces[pieces.count - 1] += other.pieces[0]
        pieces.append(contentsOf: other.pieces.dropFirst())
        values.append(contentsOf: other.values)
        tenants.formUnion(other.tenants)
    }

    mutating func append(text: String) {
        pieces[pieces.count - 1] += text
    }

    mutating func append(value: SQLValue) {
        values.append(value)
        pieces.append("")
    }

    mutating func mark(tenant: Int64) {
        tenants.insert(tenant)
    }
}

extension SQL {
    /// Values of a statement that is prepared once and kept: a longer list would leave one for each of its lengths.
    static let greatestPrepared = 100

    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
        var sql: SQL = SQL(text: "")

        public init(literalCapacity: Int, interpolationCount: Int) {}

        public mutating func appendLiteral(_ literal: String) {
            sql.append(text: literal)
        }

        /// Binds a value.
        public mutating func appendInterpolation<Value: SQLConvertible>(_ value: Value) {
            sql.append(value: value.sqlValue)
        }

        /// Binds a value, or NULL.
        public mutating func appendInterpolation<Value: SQLConvertible>(_ value: Value?) {
            sql.append(value: value.sqlValue)
        }

        /// Sets another piece of SQL in, with its values.
        public mutating func appendInterpolation(_ other: SQL) {
            sql.append(other)
        }

        /// `(?, ?, ?)`, for `IN`. An empty list becomes `(NULL)`, which nothing is in.
        ///
        /// Lists of more than 8 are filled up with their last value to 16, 32 or 64, so that a few prepared statements
        /// do for all lengths: planning costs more than finding the rows of one page.
        public mutating func appendInterpolation<Value: SQLConvertible>(list: [Value]) {
            guard let last = list.last else { return sql.append(text: "(NULL)") }
            let length = [8, 16, 32, 64].first { $0 >= list.count }.map { $0 == 8 ? list.count : $0 } ?? list.count
            sql.append(text: "(")
            for index in 0..<length {
                if index > 0 { sql.append(text: ", ") }
                sql.append(value: (index < list.count ? list[index] : last).sqlValue)
            }
            sql.append(text: ")")
        }

        /// Text written in the source, such as a column's name chosen by a `switch`.
        public mutating func appendInterpolation(raw: StaticString) {
            sql.append(text: raw.description)
        }

        /// Binds a municipality's id and marks the statement as belonging to it.
        public mutating func appendInterpolation(tenant: Int64) {
            sql.append(value: .integer(tenant))
            sql.mark(tenant: tenant)
        }
    }
}
