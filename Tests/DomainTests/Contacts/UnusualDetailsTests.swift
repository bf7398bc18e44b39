import Testing

@testable import Domain

/// Addresses and numbers that are written as hardly anybody writes them, and what looks like them and must stay readable.
@Suite struct UnusualDetailsTests {
    private static let phones = [
        "９００１２３４５", "９00-12345", "９００ １２ ３４５", "٩٠٠١٢٣٤٥", "𝟗𝟎𝟎𝟏𝟐𝟑𝟒𝟓",
        "90012345".map { "\($0)\u{FE0F}\u{20E3}" }.joined(),
        "⑨⓪⓪①②③④⑤", "9\u{335}0\u{335}0\u{335}12345", "900\u{200B}12\u{200B}345", "9\u{AD}00 12 345",
        "900_12_345", "900,12,345", "900·12·345", "900•12•345", "900:12:345", "900|12|345", "900~12~345", "900*12*345",
        "900 12345", "90012 345", "22_33_44_55", "22:33:44:55", "65,43,32,21", "900\n12\n345", "900 12\n345",
        "900 \n 12 345",
        "+47\n900 12 345", "＋４７ 900 12 345", "+47:900:12:345",
        // From Sweden, everywhere.
        "070-123 45 67", "0701234567", "070 123 45 67", "0701-23 45 67", "08-123 456 78", "0223-123 45",
    ]

    @Test(arguments: phones) func telephoneIsMasked(phone: String) {
        for country in Country.allCases where country != .sweden {
            #expect(ContactDetails.masked("Call (\(phone)), now.", in: country) == "Call (••••••), now.", "\(country)")
            #expect(ContactDetails.masked("\(phone)", in: country) == "••••••")
        }
    }

    @Test(arguments: ["900 12 345", "22 33 44 55", "900_12_345"]) func telephoneOfNeighboursIsMaskedInSweden(
        phone: String
    ) {
        #expect(ContactDetails.masked("Ring \(phone).", in: .sweden) == "Ring ••••••.")
    }

    @Test(arguments: [
        "kari＠example.no", "kari﹫example.no", "kari @ example.no", "kari@ example.no", "kari @example.no",
        "kari@example。no", "kari@example．no", "kari@example｡no", "kari@\nexample.no", "kari\n@example.no",
        "kari@example .no", "kari@example . no", "kari@exam\u{AD}ple.no", "kari\u{200B}@example.no",
        "\"kari x\"@example.no", "\"kari\"@example.no", "kari@[127.0.0.1]", "kari@[IPv6:fe80::1]",
        "kari(at)example.no", "kari (AT) example.no", "kari[at]example.no", "kari%40example.no",
        "ｋａｒｉ＠ｅｘａｍｐｌｅ．ｎｏ", "k\u{308}ari@example.no",
    ])
    func addressIsMasked(address: String) {
        for country in Country.allCases {
            let masked = ContactDetails.masked("Write (\(address)), please.", in: country)
            #expect(masked == "Write (••••••), please.")
        }
    }

    @Test(arguments: [
        "01.01.90-12345", "01 01 90 12345", "01.01.90 12345", "01/01/90-12345", "01-01-90-12345", "01_01_90_12345",
        "01.01.1990-12345", "01011990 12345", "010190_12345", "010190:12345", "010190/12345", "010190 123 45",
        "０１０１９０１２３４５", "０１.０１.９０-12345", "٠١٠١٩٠١٢٣٤٥", "0\u{FE0F}\u{20E3}10190 12345", "010190\u{200B}12345",
        "𝟎𝟏𝟎𝟏𝟗𝟎-𝟏𝟐𝟑𝟒𝟓",
        // Denmark and Sweden.
        "01.01.90-1234", "01 01 90 1234", "90 01 01-1234", "1990-01-01-1234", "1990 01 01 1234", "19900101_1234",
        "01.01.1990-1234",
    ])
    func personalNumberIsMasked(number: String) {
        #expect(PersonalNumber.masked("I am (\(number)), hello.") == "I am (••••••), hello.")
    }

    @Test(arguments: [
        // Days and times.
        "23.11.2026", "23.11.26", "23/11-2026", "2026-11-23", "23.11.2026 14:30", "23.11.26 1430", "2026-11-23 1430",
        "23.11.2026 1430", "20260723 kl. 14", "12:30-14:00", "12:30:45", "08:15 20:30", "22.30-23.30",
        "kl. 08.00-16.00",
        "2026-11-23T12:30:45", "01.11.2026-30.11.2026", "1.11.-30.11.2026", "08-16", "07-22", "2024-2025", "24/7",
        // Sums and measures.
        "kr 12 500,00", "kr 125 500,00", "kr 12.500,00", "12,500,000", "22,500,000", "22'500'000", "1 500 000", "2 x 4",
        "50 %", "12,5 m²", "1:50000", "3,5", "100³", "½",
        // Numbers of cases, streets, places and things.
        "26-10123-8", "26-10423-4 and 26-10424-2", "Strandgata 14", "Strandgata 14-16", "Strandgata 14, 16, 18 and 20",
        "lamp 104, 112, 117", "lamp 21,23,25,27", "4612 Kristiansand", "123 45 Stockholm", "gnr. 42 bnr. 107",
        "org. 912 345 678", "556036-0793 AB", "RV 41, E 18, FV 4520", "Storgata ２",
        "12\n14\n16\n18", "lamps:\n21\n23\n25\n27\n", "1. road\n2. pole\n3. lamp", "IMG_20260720_123456.jpg",
        "58.146123, 7.995123", "59.02 10.02", "595033.1234 6644345.12", "32V 261130 6644345",
        // What is no address.
        "3 @ 5", "@torg", "a@b", "Ring us. No, wait", "see (at) once", "a (at) b", "100 %40", "\"quoted\" @ home",
    ])
    func staysReadable(text: String) {
        for country in Country.allCases {
            #expect(ContactDetails.masked(PersonalNumber.masked(text), in: country) == text, "\(country)")
        }
    }

    /// In Sweden an area code is written so.
    @Test func propertiesStayReadable() {
        for text in ["0301-207/324", "0301-207/3/24", "gnr. 207/324"] {
            for country in [Country.norway, .denmark] {
                #expect(ContactDetails.masked(PersonalNumber.masked(text), in: country) == text)
            }
        }
    }

    @Test func whatStandsAroundStays() {
        let text = "ｆｕｌｌ\u{200B}　width２ “kari＠example.no” – ９００１２３４５…"
        #expect(ContactDetails.masked(text, in: .norway) == "ｆｕｌｌ\u{200B}　width２ “••••••” – ••••••…")
    }

    @Test func whatIsKnownIsFoldedToo() {
        let text = "kari ＠ example.no, ９００_12_345"
        #expect(ContactDetails.masked(text, in: .norway) { ["kari@example.no", "90012345"].contains($0) } == text)
    }

    @Test func personIsMaskedInOtherForms() {
        let kari = Person(
            name: "Kari Nordmann", email: EmailAddress("kari@example.org"), phone: PhoneNumber("900 12 345"))
        for text in ["Ｋａｒｉ Nord\u{AD}mann", "kari＠example．org", "９００１２３４５", "900_12_345", "900\n12\n345"] {
            #expect(ContactDetails.masked(text, of: kari, in: .norway) == "••••••", "\(text)")
        }
    }
}
