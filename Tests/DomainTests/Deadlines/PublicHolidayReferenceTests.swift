import Foundation
import Testing

@testable import Domain

/// Compares with an independent source. `holidays_reference.py` beside this file writes the reference and says how.
@Suite struct PublicHolidayReferenceTests {
    private struct Reference: Decodable {
        let first_year: Int
        let last_year: Int
        let SE: [CivilDay]
        let NO: [CivilDay]
        let DK: [CivilDay]
    }

    @Test func everyYearAgrees() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "holidays-2000-2040.json")
        let reference = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
        let years = reference.first_year...reference.last_year
        #expect(years == 2000...2040)
        for (country, days) in [
            (Country.sweden, reference.SE), (.norway, reference.NO), (.denmark, reference.DK),
        ] {
            let ours = Set(years.flatMap { country.publicHolidays(in: $0).map(\.day) })
            #expect(days.count > 400)
            #expect(ours.subtracting(days).sorted() == [], "only in Torg: \(country)")
            #expect(Set(days).subtracting(ours).sorted() == [], "missing in Torg: \(country)")
        }
    }
}
