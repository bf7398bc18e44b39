import CLibPQ
import Foundation

/// The answer to one statement.
final class PostgreSQLResult {
    private let result: OpaquePointer

    init(_ result: OpaquePointer) {
        self.result = result
    }

    deinit {
        PQclear(result)
    }

    /// The SQLSTATE when the statement failed.
    var errorState: String? {
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: nil
        default: field("C") ?? "XX000"
        }
    }

    /// A part of the error by its letter (`postgres_ext.h`): C state, M message, n constraint, t table, c column.
    func field(_ code: Character) -> String? {
        guard let ascii = code.asciiValue, let text = PQresultErrorField(result, Int32(ascii)) else { return nil }
        return String(cString: text)
    }

    /// What was done, such as `COMMIT`.
    var command: String { String(cString: PQcmdStatus(result)) }

    /// How many rows a change touched.
    var affected: Int {
        // A SELECT counts its rows here too; it touches none.
        PQresultStatus(result) == PGRES_TUPLES_OK && command.hasPrefix("SELECT")
            ? 0 : Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    func rows(limit: Int) throws -> [Row] {
        let width = PQnfields(result)
        let columns = Columns((0..<width).map { String(cString: PQfname(result, $0)) })
        let types = (0..<width).map { PQftype(result, $0) }
        return try (0..<min(Int(PQntuples(result)), limit)).map { row in
            Row(columns: columns, values: try (0..<width).map { try value(row: Int32(row), column: $0, type: types) })
        }
    }

    private func value(row: Int32, column: Int32, type types: [Oid]) throws -> SQLValue {
        guard PQgetisnull(result, row, column) == 0, let text = PQgetvalue(result, row, column) else { return .null }
        // The numbers of the types are fixed: pg_type.dat.
        switch types[Int(column)] {
        case 16: return .integer(text.pointee == 0x74 ? 1 : 0)
        case 20, 21, 23, 26: return .integer(strtoll(text, nil, 10))
        case 700, 701, 1700:
            guard let number = Double(String(cString: text)) else { break }
            return .real(number)
        case 17:
            let content = UnsafeBufferPointer(start: text, count: Int(PQgetlength(result, row, column)))
            guard let blob = Self.bytes(hex: content) else { break }
            return .blob(blob)
        default: return .text(String(cString: text))
        }
        throw DatabaseError.malformed("the server's value cannot be read")
    }

    /// `\x0aff…`, as the server writes bytes.
    private static func bytes(hex: UnsafeBufferPointer<CChar>) -> [UInt8]? {
        guard hex.count >= 2, hex.count.isMultiple(of: 2), hex[1] == 0x78 else { return nil }
        func digit(_ character: CChar) -> UInt8? {
            switch character {
            case 0x30...0x39: UInt8(character - 0x30)
            case 0x61...0x66: UInt8(character - 0x61 + 10)
            default: nil
            }
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(hex.count / 2 - 1)
        for index in stride(from: 2, to: hex.count, by: 2) {
            guard let high = digit(hex[index]), let low = digit(hex[index + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        return bytes
    }
}
