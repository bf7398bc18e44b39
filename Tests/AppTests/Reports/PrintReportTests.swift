import Domain
import Support
import Testing

@testable import App

/// The reports as the operator gets them from the command line.
@Suite struct PrintReportTests {
    private func text(
        _ report: FollowUpReport, _ fixture: ReportFixture, leader: String? = nil, format: PrintReport.Format = .text
    ) async throws -> String {
        let data = try await PrintReport(report: report, municipality: "sandvik", leader: leader, format: format)
            .perform(in: fixture.torg.installation)
        return String(decoding: data, as: UTF8.self)
    }

    @Test func eachReportCanBePrinted() async throws {
        let fixture = try await ReportFixture()
        #expect(try await text(.open, fixture) == "Ingen sak er åpen.\n")
        let number = try await fixture.newCase([
            "unit": fixture.torg.text("Roads"), "text": "Dark street light",
        ])
        _ = try await fixture.newCase(["category": fixture.torg.text("Care"), "text": "Secret matter"])
        let open = try await text(.open, fixture)
        #expect(open.hasPrefix("2 åpne saker, ingen over fristen\n\nRoads: 1 åpen sak, ingen over fristen\n"))
        #expect(open.contains("\n\(number)  "))
        #expect(!open.contains("Secret matter") && open.contains("Taushetsbelagt"))
        #expect(try await text(.leader, fixture, leader: "leader").contains(number))
        #expect(try await text(.overdue, fixture).hasPrefix("Ingenting er forsinket."))
        #expect(try await text(.open, fixture, format: .csv).hasPrefix("\u{feff}Nummer;Sak;Enhet;Hos;Status;"))
        await fixture.close()
    }

    @Test func whatIsNotThereIsRefused() async throws {
        let fixture = try await ReportFixture()
        await #expect(throws: PrintReport.Refused.self) { _ = try await text(.leader, fixture, leader: "agent") }
        await #expect(throws: PrintReport.Refused.self) {
            _ = try await PrintReport(report: .open, municipality: "nowhere").perform(in: fixture.torg.installation)
        }
        await fixture.close()
    }
}
