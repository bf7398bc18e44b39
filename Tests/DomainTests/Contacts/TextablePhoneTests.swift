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

/// Without the +, and with the 0 of home behind the country's code.
@Suite struct MendedPhoneTests {
    @Test(
        arguments: [
            ("47 900 12 345", Country.norway, "+4790012345"), ("4741234567", .norway, "+4741234567"),
            ("47 900 12 345", .sweden, "+4790012345"), ("46 70 123 45 67", .sweden, "+46701234567"),
            ("46 070 123 45 67", .sweden, "+46701234567"), ("+46 070-123 45 67", .sweden, "+46701234567"),
            ("46 70 123 45 67", .norway, "+46701234567"), ("45 20 12 34 56", .denmark, "+4520123456"),
            ("45 20 12 34 56", .norway, "+4520123456"), ("0047 900 12 345", .denmark, "+4790012345"),
            // A Norwegian mobile number may begin with another country's code, or its own.
            ("47 12 34 56", .norway, "+4747123456"), ("45 12 34 56", .norway, "+4745123456"),
            ("46 12 34 56", .norway, "+4746123456"), ("47 12 34 56", .denmark, "+4547123456"),
            ("47 22 33 44 55", .norway, nil), ("46 8 123 456 78", .sweden, nil), ("47 900 12 34", .norway, nil),
            ("47 900 12 345 6", .norway, nil), ("49 151 23456789", .norway, nil),
        ] as [(String, Country, String?)])
    func mended(_ typed: String, _ country: Country, _ number: String?) throws {
        #expect(try #require(PhoneNumber(typed)).textable(in: country) == number)
    }

    @Test func textsNeedATelephoneThatTakesThem() {
        let person = { (phone: String?, bySMS: Bool) in
            Person(email: EmailAddress("a@b.no"), phone: phone.flatMap(PhoneNumber.init), bySMS: bySMS)
                .textingFault(in: .norway)
        }
        #expect(person("22 33 44 55", false) == nil)
        #expect(person("900 12 345", true) == nil)
        #expect(person("22 33 44 55", true) == "phone_takes_no_sms")
        #expect(person(nil, true) == "sms_needs_phone")
    }
}
