import Foundation
import Testing

@testable import Domain

@Suite struct InstantTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0),
        ("2026-07-20T09:12:00Z", 1_784_538_720_000),
        ("2026-07-20T11:12:00+02:00", 1_784_538_720_000),
        ("2026-07-20T05:42:00-03:30", 1_784_538_720_000),
        ("2026-07-20T09:12:00.5Z", 1_784_538_720_500),
        ("2026-07-20T09:12:00.123456789Z", 1_784_538_720_123),
        ("1969-12-31T23:59:59.999Z", -1),
        ("1900-01-01T00:00:00Z", -2_208_988_800_000),
        ("2999-12-31T23:59:59Z", 32_503_679_999_000),
    ])
    func reads(text: String, milliseconds: Int64) {
        #expect(Instant(iso8601: text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "2026-07-20", "2026-07-20T09:12Z", "2026-07-20T09:12:00", "2026-07-20 09:12:00Z", "2026-07-20T09:12:00z",
        "2026-07-20T24:00:00Z", "2026-07-20T09:60:00Z", "2026-07-20T09:12:60Z", "2026-02-29T00:00:00Z",
        "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-07-20T09:12:00.Z", "2026-07-20T09:12:00.1234567890Z",
        "2026-07-20T09:12:00+0200", "2026-07-20T09:12:00+02:60", "2026-07-20T09:12:00Z ", " 2026-07-20T09:12:00Z",
        "10000-01-01T00:00:00Z", "1899-12-31T23:59:59Z", "3000-01-01T00:00:00Z", "2999-12-31T23:59:59-01:00",
        "1900-01-01T00:00:00+01:00", "٢٠٢٦-07-20T09:12:00Z", "2026-07-20T09:12:00\u{0}Z", "-026-07-20T09:12:00Z",
    ])
    func refuses(text: String) {
        #expect(Instant(iso8601: text) == nil)
    }

    @Test func writesWhatItReads() throws {
        for milliseconds in stride(from: Int64(-2_208_988_800_000), to: 32_503_680_000_000, by: 99_999_999_977) {
            let instant = Instant(milliseconds: milliseconds)
            #expect(Instant(iso8601: instant.iso8601) == instant)
        }
        let instant = Instant(milliseconds: -1)
        #expect(instant.iso8601 == "1969-12-31T23:59:59.999Z")
        let json = try JSONEncoder().encode([instant])
        #expect(String(decoding: json, as: UTF8.self) == #"["1969-12-31T23:59:59.999Z"]"#)
        #expect(try JSONDecoder().decode([Instant].self, from: json) == [instant])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Instant].self, from: Data(#"["x"]"#.utf8)) }
    }

    @Test func stopsAtTheEndsOfItsRange() {
        #expect(Instant(milliseconds: .max).adding(days: 1).milliseconds == .max)
        #expect(Instant(milliseconds: 0).adding(days: .min).milliseconds == .min)
        #expect(Instant(milliseconds: 0).adding(days: 1, hours: -1, minutes: 1).milliseconds == 82_860_000)
        #expect(Instant(milliseconds: .min).iso8601.hasSuffix("Z"))
    }
}
