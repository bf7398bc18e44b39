import Domain
import Foundation
import Testing

@testable import App

@Suite struct CSVReaderTests {
    /// Reads the bytes in pieces of `size`, so that every place may lie at the end of one.
    static func read(
        _ bytes: [UInt8], delimiter: Character = ",", encoding: TextEncoding = .utf8, pieces size: Int = 7
    ) throws -> [CSVRecord] {
        var rest = bytes[...]
        var reader = CSVReader(delimiter: delimiter.asciiValue ?? 0x2c, encoding: encoding) {
            let piece = rest.prefix(size)
            rest = rest.dropFirst(size)
            return Array(piece)
        }
        var records: [CSVRecord] = []
        while let record = try reader.next() { records.append(record) }
        #expect(reader.consumed == bytes.count)
        return records
    }

    static func fields(_ text: String, pieces size: Int = 7) throws -> [[String]] {
        try read(Array(text.utf8), pieces: size).map(\.fields)
    }

    @Test(arguments: [1, 2, 3, 1000]) func readsWhatRFC4180Allows(pieces: Int) throws {
        let cases: [(String, [[String]])] = [
            ("a,b,c\r\nd,e,f\r\n", [["a", "b", "c"], ["d", "e", "f"]]),
            ("a,b,c\r\nd,e,f", [["a", "b", "c"], ["d", "e", "f"]]),
            ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
            ("a,b\rc,d", [["a", "b"], ["c", "d"]]),
            ("\"a\",\"b \"\"c\"\" d\",\"e,f\"\r\n", [["a", "b \"c\" d", "e,f"]]),
            ("a,\"two\r\nlines\",c\r\nd,e,f", [["a", "two\r\nlines", "c"], ["d", "e", "f"]]),
            ("\"\",,\"\"\n,\n", [["", "", ""], ["", ""]]),
            ("\"\"\"\"", [["\""]]),
            ("a,b,\n", [["a", "b", ""]]),
            (" a , b \n", [[" a ", " b "]]),
            ("\n\r\n\na\n\n\nb\n\n", [["a"], ["b"]]),
            ("\u{feff}a,å\n", [["a", "å"]]),
            ("5\" pipe,6\n", [["5\" pipe", "6"]]),
            ("", []), ("\u{feff}", []), ("\n", []),
        ]
        for (text, expected) in cases {
            #expect(try Self.fields(text, pieces: pieces) == expected, "\(text.debugDescription)")
        }
    }

    @Test func knowsTheLineOnWhichARecordBegins() throws {
        let records = try Self.read(Array("a\n\n\"b\r\nb\rb\nb\",x\r\nc\n".utf8))
        #expect(records.map(\.line) == [1, 3, 7])
    }

    @Test func setsABrokenQuoteAsideAndReadsOnWithTheNextLine() throws {
        for broken in ["1,\"two", "1,\"two\"x,3", "\"", "1,\"a\" ,2"] {
            let records = try Self.read(Array("a,b\n\(broken)\n3,\"four\"\n5,six\n".utf8))
            #expect(records.map(\.fields) == [["a", "b"], [broken], ["3", "four"], ["5", "six"]], "\(broken)")
            #expect(records.map { $0.fault == .brokenQuotes } == [false, true, false, false])
            #expect(records.map(\.line) == [1, 2, 3, 4])
        }
    }

    @Test func aQuoteThatNeverEndsDoesNotFillTheMemory() throws {
        let lines = String(repeating: "no quote at all\n", count: 100_000)
        let records = try Self.read(Array("a\n\"open\n\(lines)".utf8), pieces: 65_536)
        #expect(records.count == 100_002)
        #expect(records[1].fault == .unclosedQuote(line: 2))
        #expect(records[100_001] == CSVRecord(line: 100_002, fields: ["no quote at all"]))
    }

    @Test func aQuoteThatIsNeverClosedNamesItsLine() throws {
        let records = try Self.read(Array("a,b\n1,2\n\"three\nfour\",\"five\n6,7\n".utf8))
        #expect(
            records[2]
                == CSVRecord(
                    line: 3, fields: ["\"three"], fault: .unclosedQuote(line: 4), isUndivided: true))
        #expect(records[2].fault?.detail.contains("line 4 ") == true)
        #expect(records.last?.fields == ["6", "7"])
    }

    /// Each line ends what the line before had opened, and opens anew: gone through again for each, a file of a few
    /// hundred kilobytes would take hours.
    @Test func linesThatOpenQuotesAreNotReadAgainAndAgain() throws {
        let line = "x\",\"\n"
        let count = 60_000
        let began = ContinuousClock.now
        let records = try Self.read(Array(String(repeating: line, count: count).utf8), pieces: 65_536)
        #expect(ContinuousClock.now - began < .seconds(60))
        #expect(records.allSatisfy { $0.isUndivided })
        // All of it is set aside, in order, none of it twice.
        let text = records.map { $0.fields[0] }.joined(separator: "\n")
        #expect(text.trimmed == String(repeating: line, count: count).trimmed)
        #expect(zip(records, records.dropFirst()).allSatisfy { $0.line < $1.line })
    }

    @Test func aRowWithoutEndIsTooLong() throws {
        let records = try Self.read(
            Array(("a\n" + String(repeating: ",", count: 1_500_000) + "\nb\n").utf8), pieces: 65_536)
        #expect(records.count == 3)
        #expect(records[1].fault == .tooLong(bytes: 1_000_000))
        #expect(records.map(\.line) == [1, 2, 3])
        #expect(records.last?.fields == ["b"])
    }

    @Test func readsTheEncodingItIsTold() throws {
        #expect(try Self.read([0x47, 0xe5, 0x72, 0x64, 0x0a], encoding: .latin1)[0].fields == ["Gård"])
        #expect(try Self.read([0x93, 0xc5, 0x94, 0x0a], encoding: .windows1252)[0].fields == ["“Å”"])
        let wrong = try Self.read([0x61, 0x0a, 0x47, 0xe5, 0x72, 0x64, 0x0a, 0x62])
        #expect(wrong.map(\.fault) == [nil, .notUTF8, nil])
        // A byte order mark tells better than the mapping.
        #expect(try Self.read([0xef, 0xbb, 0xbf, 0xc3, 0xa5], encoding: .latin1)[0].fields == ["å"])
    }

    @Test func readsOtherDelimiters() throws {
        #expect(try Self.read(Array("a;b,c;\"d;e\"".utf8), delimiter: ";")[0].fields == ["a", "b,c", "d;e"])
        #expect(try Self.read(Array("a\tb c".utf8), delimiter: "\t")[0].fields == ["a", "b c"])
    }

    @Test func refusesNUL() throws {
        #expect(try Self.read([0x61, 0x00, 0x62])[0].fault == .holdsNUL)
    }
}
