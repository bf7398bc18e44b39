import Database
import Domain
import Foundation
import Support
import Testing

@testable import App

enum RealRequests {
    static let file = Project.file("../shared/data/myla311_requests_2018-12.csv").standardizedFileURL
}

/// The ten thousand real requests beside the project's folder. The numbers were counted from the file by a program
/// of its own, with another language's CSV reader and time zones.
@Suite(
    .enabled(
        if: FileManager.default.fileExists(atPath: RealRequests.file.path),
        "../shared/data/myla311_requests_2018-12.csv is not here"))
struct RealRequestsTests {
    private static func task() throws -> ImportRequests {
        let mapping = try String(contentsOf: Project.file("mappings/myla311.yaml"), encoding: .utf8)
        let rejected = try TestFolder.make().appending(path: "rejected.csv")
        return ImportRequests(
            file: RealRequests.file.path, mapping: try RequestMapping(yaml: mapping), municipality: "sandvik",
            rejectedFile: rejected.path)
    }

    @Test func everyRequestIsThereOnceWithItsOwnTimes() async throws {
        let torg = try await TestTorg()
        let summary = try await Self.task().perform(in: torg.installation)
        #expect(summary.read == 10_000)
        #expect(summary.added == 10_000)
        #expect(summary.rejected == 0)
        #expect(
            summary.byState == ["Closed": 9_568, "Cancelled": 403, "Open": 16, "Referred Out": 10, "Pending": 3])
        #expect(summary.byChannel == ["telephone": 5_065, "self_service": 4_895, "email": 24, "letter": 16])
        #expect(
            summary.byCategory == [
                "Grovavfall": 4_688, "Tagging": 2_061, "Forsøpling": 1_006, "Hvitevarer": 796, "Teltleirer": 509,
                "Elektronisk avfall": 387, "Døde dyr": 225, "Annet": 148, "Ett gatelys": 101, "Flere gatelys": 62,
                "Sløsing med vann": 12, "Tilbakemeldinger": 5,
            ])
        #expect(
            summary.byUnit == [
                "Bureau of Sanitation": 7_629, "Office of Community Beautification": 2_061,
                "Bureau of Street Lighting": 163, "Information Technology Agency": 130,
                "Department of Water and Power": 12, "Bureau of Street Services": 5,
            ])
        #expect(summary.remarks["ClosedDate lies before CreatedDate; UpdatedDate was taken"] == 2)
        try await expectStored(in: torg)

        let before = try await Totals(in: torg)
        let again = try await Self.task().perform(in: torg.installation)
        #expect(again.added == 0)
        #expect(again.known == 10_000)
        #expect(try await Totals(in: torg) == before)
        let breaches = try await torg.breaches()
        #expect(breaches == [])
        await torg.close()
    }

    private func expectStored(in torg: TestTorg) async throws {
        func number(_ sql: @escaping @Sendable (ID<Municipality>) -> SQL) async throws -> Int64? {
            try await torg.installation.read(torg.sandvik) { op in try op.tx.value(sql(op.tenant)) }
        }
        #expect(try await number { "SELECT count(*) FROM contacts WHERE municipality = \($0)" } == 10_000)
        #expect(
            try await number { "SELECT sum(created_at) FROM cases WHERE municipality = \($0)" }
                == 15_461_283_661_241_000)
        #expect(
            try await number { "SELECT sum(closed_at) FROM cases WHERE municipality = \($0)" } == 15_437_585_160_070_000
        )
        #expect(
            try await number { "SELECT sum(done_at) FROM measures WHERE municipality = \($0)" }
                == 13_752_422_842_814_000)
        #expect(try await number { "SELECT count(lat) FROM cases WHERE municipality = \($0)" } == 9_995)
        #expect(
            try await number { "SELECT count(*) FROM cases WHERE municipality = \($0) AND outcome = 'measures_taken'" }
                == 8_893)
        #expect(
            try await number { "SELECT count(*) FROM cases WHERE municipality = \($0) AND outcome = 'no_action'" }
                == 1_078)
        #expect(
            try await number { "SELECT count(*) FROM cases WHERE municipality = \($0) AND outcome = 'forwarded'" } == 10
        )
        #expect(
            try await number {
                "SELECT count(*) FROM cases WHERE municipality = \($0) AND state = 'passedOn' AND next_due_at IS NOT NULL"
            } == 19)
        // 10,000 registered and opened, 8,893 with a measure, 9,981 closed; each in the order of its time.
        #expect(try await number { "SELECT count(*) FROM events WHERE municipality = \($0)" } == 38_874)
        #expect(
            try await number { tenant in
                """
                SELECT count(*) FROM events a JOIN events b ON b.municipality = a.municipality AND b.case_id = a.case_id
                WHERE a.municipality = \(tenant) AND a.id < b.id AND a.at > b.at
                """
            } == 0)
        #expect(
            try await number { tenant in
                """
                SELECT count(*) FROM cases a JOIN cases b ON b.municipality = a.municipality
                    AND b.id = (SELECT min(id) FROM cases WHERE municipality = a.municipality AND id > a.id)
                WHERE a.municipality = \(tenant) AND a.created_at > b.created_at
                """
            } == 0)
        // 9,458 of them came in before midnight of New Year's Eve in Oslo.
        #expect(
            try await number { "SELECT last FROM case_counters WHERE municipality = \($0) AND year = 18" } == 19_458)
        let one = try await Stored(reference: "1-1262639824", in: torg)
        #expect(one.case.closure?.outcome == .forwarded)
        #expect(one.case.place?.text == "6660 S ESPLANADE, 90293")
        #expect(one.times == ["2019-01-01T00:17:15.000Z", "2019-08-23T18:24:48.000Z"])
    }
}
