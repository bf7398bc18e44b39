import Domain
import Foundation
import Testing

@Suite struct DatePatternTests {
    private static func read(_ text: String, _ pattern: String) throws -> String {
        let moment = try DatePattern(pattern).read(text)
        return "\(moment.day) \(moment.second)"
    }

    @Test(arguments: [
        ("12/31/2018 11:55:30 PM", "MM/dd/yyyy hh:mm:ss a", "2018-12-31 86130"),
        ("01/02/2019 12:00:00 AM", "MM/dd/yyyy hh:mm:ss a", "2019-01-02 0"),
        ("01/02/2019 12:30:00 pm", "MM/dd/yyyy hh:mm:ss a", "2019-01-02 45000"),
        ("2025-03-03 09:15", "yyyy-MM-dd HH:mm", "2025-03-03 33300"),
        ("2025-03-03", "yyyy-MM-dd", "2025-03-03 0"), ("20250303", "yyyyMMdd", "2025-03-03 0"),
        ("3.3.2025 9.05", "d.M.yyyy H.mm", "2025-03-03 32700"),
        ("13.12.2025 19.05", "d.M.yyyy H.mm", "2025-12-13 68700"),
        ("2025-03-03T09:15:01", "yyyy-MM-dd'T'HH:mm:ss", "2025-03-03 33301"),
        ("3/3/2025 9:05 AM", "M/d/yyyy h:mm a", "2025-03-03 32700"),
        ("kl 09 den 29/02/2024", "'kl' HH 'den' dd/MM/yyyy", "2024-02-29 32400"),
        ("år 2025-01-01", "'år' yyyy-MM-dd", "2025-01-01 0"),
    ]) func reads(text: String, pattern: String, expected: String) throws {
        #expect(try Self.read(text, pattern) == expected)
    }

    @Test(arguments: [
        ("2025-3-03", "yyyy-MM-dd", DatePattern.Misreading.notAsWritten), ("", "yyyy-MM-dd", .notAsWritten),
        ("2025-03-03 ", "yyyy-MM-dd", .notAsWritten), ("25-03-03", "yyyy-MM-dd", .notAsWritten),
        ("2025-03-03 09:15", "yyyy-MM-dd", .notAsWritten), ("٢٠٢٥-03-03", "yyyy-MM-dd", .notAsWritten),
        ("01/02/2019 11:00:00 XM", "MM/dd/yyyy hh:mm:ss a", .notAsWritten),
        ("2025-02-29", "yyyy-MM-dd", .noSuchDay), ("2025-13-01", "yyyy-MM-dd", .noSuchDay),
        ("2025-00-00", "yyyy-MM-dd", .noSuchDay), ("0025-01-01", "yyyy-MM-dd", .noSuchDay),
        ("9999-01-01", "yyyy-MM-dd", .noSuchDay), ("2025-01-01 24:00", "yyyy-MM-dd HH:mm", .noSuchTime),
        ("2025-01-01 23:60", "yyyy-MM-dd HH:mm", .noSuchTime),
        ("01/02/2019 00:10:00 AM", "MM/dd/yyyy hh:mm:ss a", .noSuchTime),
        ("01/02/2019 13:10:00 PM", "MM/dd/yyyy hh:mm:ss a", .noSuchTime),
    ]) func saysNo(text: String, pattern: String, why: DatePattern.Misreading) throws {
        let pattern = try DatePattern(pattern)
        #expect(throws: why) { try pattern.read(text) }
    }

    @Test(arguments: [
        ("MM/dd/yy", DatePattern.Fault.unknown(letters: "yy")), ("yyyy-MM", .missing("dd")),
        ("dd/MM", .missing("yyyy")), ("yyyy-MM-dd hh:mm", .missing("a")), ("yyyy-MM-dd HH:mm a", .missing("hh")),
        ("yyyy-MM-dd ss", .missing("mm")), ("yyyy-MM-dd mm", .missing("HH")),
        ("yyyy-MM-dd yyyy", .twice(letters: "yyyy")), ("yyyy-MM-dd'T", .quote),
        ("yyyy-MM-dd HH:mm:ss Z", .unknown(letters: "Z")), ("", .missing("yyyy")),
    ]) func refusesAPatternThatSaysTooLittle(pattern: String, fault: DatePattern.Fault) {
        #expect(throws: fault) { try DatePattern(pattern) }
    }

    @Test func aTimeThatTheClocksSkippedIsNone() throws {
        let stockholm = try #require(TimeZone(identifier: "Europe/Stockholm"))
        let pattern = try DatePattern("yyyy-MM-dd HH:mm:ss")
        func instant(_ text: String) throws -> String? { stockholm.instant(of: try pattern.read(text))?.iso8601 }
        #expect(try instant("2025-03-30 01:59:59") == "2025-03-30T00:59:59.000Z")
        #expect(try instant("2025-03-30 02:00:00") == nil)
        #expect(try instant("2025-03-30 02:59:59") == nil)
        #expect(try instant("2025-03-30 03:00:00") == "2025-03-30T01:00:00.000Z")
        // Shown twice in autumn: the first of the two.
        #expect(try instant("2025-10-26 02:30:15") == "2025-10-26T00:30:15.000Z")
        #expect(try instant("1969-12-31 23:59:59") == "1969-12-31T22:59:59.000Z")
    }
}
