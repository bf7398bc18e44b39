/// One row of an answer.
public struct Row: Sendable {
    let columns: Columns
    let values: [SQLValue]

    /// The column's value as the type asked for.
    ///
    /// Throws `DatabaseError.malformed` when there is no such column or its value is not of that type.
    public subscript<Value: SQLConvertible>(_ column: String) -> Value {
        get throws {
            guard let index = columns.index[column] else {
                throw DatabaseError.malformed("there is no column \(column) in this row")
            }
            guard let value = Value(sqlValue: values[index]) else {
                throw DatabaseError.malformed("column \(column) does not hold a \(Value.self)")
            }
            return value
        }
    }

    /// The names of the columns, in the order of the statement.
    public var columnNames: [String] { columns.names }
}

/// The columns of an answer, shared by all its rows.
final class Columns: Sendable {
    let names: [String]
    let index: [String: Int]

    init(_ names: [String]) {
        self.names = names
        // The first wins when two columns bear the same name, as in SQLite.
        index = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
