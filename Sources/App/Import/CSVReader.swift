import Foundation

/// Reads CSV as RFC 4180 has it, one record at a time, from a file of any size.
///
/// Written by hand, because what is at hand reads a whole file into memory, and because one broken record must not
/// take the rest with it: when a quote is broken, its first line is set aside and reading goes on with the next.
/// Beyond the RFC it takes CR or LF alone as the end of a record, and skips empty lines and a byte order mark.
struct CSVReader {
    /// A record longer than this is taken for a quote that was never closed. Bounds the memory.
    static let longestRecord = 1_000_000
    /// So many bytes may be gone through in vain, and four more for each that was not: where nearly every line begins
    /// what never ends, reading on with the next line would go through the same again and again.
    private static let mostInVain = 8_000_000
    /// The byte order mark of UTF-8.
    static let mark: [UInt8] = [0xef, 0xbb, 0xbf]

    private let delimiter: UInt8
    private let chunk: () throws -> [UInt8]
    private var text: CSVText
    /// What has been read of the file and not yet been used.
    private var buffer: [UInt8] = []
    /// Where the present record begins in the buffer.
    private var start = 0
    private var line = 1
    private var isAtEnd = false
    private var isAtBeginning = true
    private var inVain = 0
    /// Bytes that lie behind, for showing how far it is.
    private(set) var consumed = 0

    /// - Parameter chunk: the next bytes of the file, none at its end.
    init(delimiter: UInt8 = UInt8(ascii: ","), encoding: TextEncoding = .utf8, chunk: @escaping () throws -> [UInt8]) {
        self.delimiter = delimiter
        self.chunk = chunk
        text = CSVText(encoding: encoding)
    }

    /// The next record, or nil at the end.
    mutating func next() throws -> CSVRecord? {
        if isAtBeginning { try skipMark() }
        while let byte = try byte(at: 0) {
            guard Self.isLineEnd(byte) else { return try record() }
            try endLine(at: 0)
        }
        return nil
    }

    /// A byte order mark says UTF-8, whatever else was said: that is how what was set aside can be read again.
    private mutating func skipMark() throws {
        isAtBeginning = false
        let mark = Self.mark
        for (index, expected) in mark.enumerated() where try byte(at: index) != expected { return }
        text.encoding = .utf8
        drop(mark.count)
    }

    private mutating func record() throws -> CSVRecord {
        var fields: [[UInt8]] = []
        var at = 0
        while true {
            let field: [UInt8]
            switch try self.field(at: at) {
            case .read(let bytes, let end): (field, at) = (bytes, end)
            case .broken(let end): return try setAside(.brokenQuotes, read: end)
            case .unclosed(let end): return try setAside(.unclosedQuote(line: line + lineEnds(before: at)), read: end)
            case .tooLong(let end): return try setAside(.tooLong(bytes: Self.longestRecord), read: end)
            }
            fields.append(field)
            guard let byte = try byte(at: at), byte == delimiter else { break }
            at += 1
        }
        let (texts, fault) = text.decode(fields)
        let record = CSVRecord(line: line, fields: texts, fault: fault)
        line += fields.reduce(0) { $0 + Self.lineEnds(in: $1) }
        try endLine(at: at)
        return record
    }

    private enum Field {
        /// Where it ends: at a delimiter, at a line end or at the end of the file.
        case read([UInt8], end: Int)
        case broken(end: Int)
        /// The quotes with which it begins are not closed before the end of the file, or within the longest record.
        case unclosed(end: Int)
        case tooLong(end: Int)
    }

    private mutating func field(at beginning: Int) throws -> Field {
        guard try byte(at: beginning) == Self.quote else {
            var at = beginning
            while at <= Self.longestRecord, let byte = try byte(at: at), byte != delimiter, !Self.isLineEnd(byte) {
                // Within a field that is not quoted RFC 4180 allows no quote, but many write 5" and mean just that.
                at += 1
            }
            if at > Self.longestRecord { return .tooLong(end: at) }
            return .read(Array(buffer[(start + beginning)..<(start + at)]), end: at)
        }
        var field: [UInt8] = []
        var at = beginning + 1
        while at <= Self.longestRecord, let byte = try byte(at: at) {
            at += 1
            guard byte == Self.quote else {
                field.append(byte)
                continue
            }
            guard let after = try self.byte(at: at) else { return .read(field, end: at) }
            if after == Self.quote {
                field.append(after)
                at += 1
            } else {
                return after == delimiter || Self.isLineEnd(after) ? .read(field, end: at) : .broken(end: at)
            }
        }
        return .unclosed(end: at)
    }

    /// Gives up the present record: its first line goes, as one field, and reading goes on with the next line. All that
    /// was gone through goes when it was too much already.
    private mutating func setAside(_ fault: RowFault, read: Int) throws -> CSVRecord {
        var end = 0
        while let byte = try byte(at: end), !Self.isLineEnd(byte), end < Self.longestRecord { end += 1 }
        if read > end, inVain + read > Self.mostInVain + consumed * 4 {
            end = read
            while end < read + Self.longestRecord, let byte = try byte(at: end), !Self.isLineEnd(byte) { end += 1 }
        } else {
            inVain += read
        }
        let row = Array(buffer[start..<(start + end)])
        let (texts, _) = text.decode([row])
        let record = CSVRecord(line: line, fields: texts, fault: fault, isUndivided: true)
        line += Self.lineEnds(in: row)
        drop(end)
        // Of a line without end only the beginning is kept, and the rest is no row.
        while let byte = try byte(at: 0), !Self.isLineEnd(byte) { drop(1) }
        try endLine(at: 0)
        return record
    }

    private func lineEnds(before end: Int) -> Int { Self.lineEnds(in: Array(buffer[start..<(start + end)])) }

    /// Drops everything up to the line end at `end`, and the line end itself.
    private mutating func endLine(at end: Int) throws {
        guard let byte = try byte(at: end), Self.isLineEnd(byte) else { return drop(end) }
        let isPair = try byte == Self.carriageReturn && self.byte(at: end + 1) == Self.newline
        drop(end + (isPair ? 2 : 1))
        line += 1
    }

    private mutating func drop(_ count: Int) {
        start += count
        consumed += count
    }

    private mutating func byte(at offset: Int) throws -> UInt8? {
        while start + offset >= buffer.count {
            if isAtEnd { return nil }
            buffer.removeFirst(start)
            start = 0
            let more = try chunk()
            if more.isEmpty { isAtEnd = true } else { buffer += more }
        }
        return buffer[start + offset]
    }

    private static let quote = UInt8(ascii: "\"")
    private static let newline = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == newline || byte == carriageReturn }

    private static func lineEnds(in field: [UInt8]) -> Int {
        var count = 0
        for (index, byte) in field.enumerated() where isLineEnd(byte) {
            if byte == carriageReturn, index + 1 < field.count, field[index + 1] == newline { continue }
            count += 1
        }
        return count
    }
}

/// Makes text of a record's bytes.
private struct CSVText {
    var encoding: TextEncoding

    func decode(_ fields: [[UInt8]]) -> ([String], RowFault?) {
        var fault: RowFault?
        let texts = fields.map { bytes in
            if bytes.contains(0) { fault = .holdsNUL }
            switch encoding {
            case .utf8:
                if let text = String(validating: bytes, as: UTF8.self) { return text }
                fault = .notUTF8
                // So that whoever looks at what was set aside sees most likely what was meant.
                return Self.decode(bytes, .windowsCP1252)
            case .latin1: return Self.decode(bytes, .isoLatin1)
            case .windows1252: return Self.decode(bytes, .windowsCP1252)
            }
        }
        return (texts, fault)
    }

    private static func decode(_ bytes: [UInt8], _ encoding: String.Encoding) -> String {
        if bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
        return String(bytes: bytes, encoding: encoding) ?? String(decoding: bytes, as: UTF8.self)
    }
}
