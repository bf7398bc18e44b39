import Testing

@testable import Domain

@Suite struct TextablePhoneTests {
    @Test(
        arguments: [
            ("412 34 567", Country.norway, "+4741234567"), ("912 34 567", .norway, "+4791234567"),
            ("22 33 44 55", .norway, nil), ("113", .norway, nil), ("+47 412 34 567", .denmark, "+4741234567"),
            ("+47 22 33 44 55", .norway, nil), ("070-123 45 67", .sweden, "+46701234567"),
            ("+46 (0)70 123 45 67", .norway, "+46701234567"), ("08-123 456 78", .sweden, nil),
            ("20 12 34 56", .denmark, "+4520123456"), ("+44 7700 900123", .norway, "+447700900123"),
            ("+1234", .norway, nil),
        ] as [(String, Country, String?)])
    func onlyWhatTakesTexts(_ typed: String, _ country: Country, _ number: String?) throws {
        #expect(try #require(PhoneNumber(typed)).textable(in: country) == number)
    }
}
