import Database
import Domain
import Foundation
import Support
import Testing

@testable import App

/// The reports as pages and files: what they hold, and what they keep from whom.
@Suite struct ReportPageTests {
    @Test func theOpenReportSaysWhoHasEachCaseAndHowLateItIs() async throws {
        let fixture = try await ReportFixture()
        let light = try await fixture.newCase(["unit": fixture.torg.text("Roads"), "text": "Dark street light"])
        _ = try await fixture.newCase(["text": "Loud music"])
        // Acknowledged by Tuesday; now it is Friday.
        try await fixture.advance(days: 4)
        let page = try await fixture.get("/open")
        #expect(page.status == 200)
        #expect(page.body.contains("2 open cases, 2 late"))
        #expect(page.body.contains("<strong>Roads</strong> <span class=\"soft\">1 open case, 1 late</span>"))
        #expect(page.body.contains("Acknowledgement: 3 working days late"))
        #expect(page.body.contains("<a href=\"/sandvik/cases/\(light)\">Dark street light</a>"))
        #expect(page.body.contains("<td class=\"with\">Roads</td>"))
        let narrowed = try await fixture.get("/open?unit=" + fixture.torg.text("Roads"))
        #expect(narrowed.body.contains("Dark street light") && !narrowed.body.contains("Loud music"))
        #expect(try await fixture.get("/open?unit=99").status == 404)
        #expect(try await fixture.get("/open?unit=x").status == 404)
        await fixture.close()
    }

    @Test func aFullPageEndsAndNamesTheRest() {
        #expect(ShowReport.lengths(of: []) == [])
        #expect(ShowReport.lengths(of: [7, 51, 3]) == [7, 50, 3])
        #expect(ShowReport.lengths(of: [900]) == [500])
        let full = ShowReport.lengths(of: Array(repeating: 60, count: 9) + [40, 30, 20, 10])
        #expect(full == Array(repeating: 50, count: 9) + [40, 10], "and no unit with none of its cases")
    }

    /// Parking stops neither the first answer nor the words about it.
    @Test func aParkedCaseThatOwesAnAnswerIsLate() async throws {
        let fixture = try await ReportFixture()
        let number = try await fixture.newCase(["unit": fixture.torg.text("Roads")])
        try await fixture.api.become("handler")
        #expect(try await fixture.api.post("/cases/\(number)/acknowledgement").status == 200)
        let parking = ["until": "2026-09-01T12:00:00Z", "reason": "parts"]
        #expect(try await fixture.api.post("/cases/\(number)/parking", parking).status == 200)
        // Answered by Monday the 27th; now it is Wednesday.
        try await fixture.advance(days: 9)
        let page = try await fixture.get("/open").body
        #expect(page.contains("1 open case, 1 late") && page.contains("Feedback: 2 working days late"))
        let file = try await fixture.get("/open.csv").body
        #expect(file.contains("Feedback: 2 working days late;2026-07-27 15:30;2;"))
        let list = try await fixture.pages.get("/sandvik/open?show=late").body
        #expect(list.contains(number) && list.contains("Feedback: 2 working days late"))
        await fixture.close()
    }

    /// Where nobody has passed a case on, the contact centre has it, parked or not.
    @Test func whatIsOnlySuggestedIsTheContactCentres() async throws {
        let fixture = try await ReportFixture()
        let category = fixture.torg.text("Street light")
        let new = try await fixture.newCase(["category": category])
        let parked = try await fixture.newCase(["category": category])
        let parking = ["until": "2026-09-01T12:00:00Z", "reason": "parts"]
        #expect(try await fixture.api.post("/cases/\(parked)/parking", parking).status == 200)
        let page = try await fixture.get("/open").body
        #expect(page.contains("<strong>Innbyggertorget</strong> <span class=\"soft\">2 open cases, none late</span>"))
        #expect(page.contains("Suggested: Roads"))
        let roads = try await fixture.get("/open?unit=" + fixture.torg.text("Roads")).body
        #expect(!roads.contains(new) && !roads.contains(parked))
        try await fixture.advance(days: 3)
        let watch = try await fixture.pages.get("/sandvik/watch?unit=" + fixture.torg.text("Roads")).body
        #expect(!watch.contains(new) && !watch.contains(parked))
        await fixture.close()
    }

    @Test func theOverdueReportHoldsWhatLacksAnAnswerOrAMeasure() async throws {
        let fixture = try await ReportFixture()
        let roads = fixture.torg.text("Roads")
        let silent = try await fixture.newCase(["unit": roads, "text": "Silent"])
        let answered = try await fixture.newCase(["unit": roads, "text": "Answered"])
        let measured = try await fixture.newCase(["unit": roads, "text": "Measured"])
        let waiting = try await fixture.newCase(["unit": roads, "text": "Waiting"])
        _ = try await fixture.newCase(["unit": roads, "text": "Closed"])
        try await fixture.api.become("handler")
        for number in [answered, measured, waiting] {
            #expect(try await fixture.api.post("/cases/\(number)/acknowledgement").status == 200)
        }
        for number in [answered, measured] {
            #expect(try await fixture.api.post("/cases/\(number)/feedback", ["message": "Hello"]).status == 200)
        }
        let measure = ["kind": "corrective", "what": "New lamp", "who": "Crew"]
        #expect(try await fixture.api.post("/cases/\(measured)/measures", measure).status == 201)
        try await fixture.change(
            "UPDATE cases SET state = 'awaitingCitizen', state_before = 'underway', waiting_since = created_at, asked_at = created_at",
            where: "title = 'Waiting'")
        // Answered by Monday in the holiday period; on Tuesday nothing may be late that was not on Monday at noon.
        try await fixture.advance(days: 7)
        #expect(try await fixture.get("/overdue").body.contains("Nothing is overdue."))
        try await fixture.advance(days: 1)
        let page = try await fixture.get("/overdue")
        #expect(page.body.contains("Feedback: 1 working day late. No measure has been decided"))
        #expect(page.body.contains(silent) && page.body.contains(answered))
        #expect(!page.body.contains(measured) && !page.body.contains(waiting))
        #expect(page.body.contains("3 cases (2 without a first answer in time, 3 without a measure)"))
        await fixture.close()
    }

    @Test func whatTheQueryFindsIsWhatTheRuleSays() async throws {
        let fixture = try await ReportFixture()
        for index in 0..<12 {
            let number = try await fixture.newCase(["unit": fixture.torg.text(index % 2 == 0 ? "Roads" : "Water")])
            if index % 3 == 0 {
                try await fixture.change("UPDATE cases SET feedback_at = created_at")
            }
            fixture.torg.advance(hours: 13)
            _ = number
        }
        for _ in 0..<8 {
            fixture.torg.advance(hours: 29)
            let (found, right) = try await fixture.torg.installation.read(fixture.torg.sandvik) { op in
                let all = FollowUpQuery(report: .open, scope: .everything, units: nil)
                let overdue = FollowUpQuery(report: .overdue, scope: .everything, units: nil)
                return (
                    try overdue.lines(limit: 100, in: op).map(\.shown.number),
                    try all.lines(limit: 100, in: op).filter { !$0.shortcomings.isEmpty }.map(\.shown.number)
                )
            }
            #expect(found == right)
        }
        await fixture.close()
    }

    @Test func confidentialCasesAreOnlyForTheirUnit() async throws {
        let fixture = try await ReportFixture()
        _ = try await fixture.newCase(["category": fixture.torg.text("Care"), "text": "Secret matter"])
        for path in ["/open", "/open.csv"] { #expect(!(try await fixture.get(path)).body.contains("Secret matter")) }
        #expect(try await fixture.get("/open").body.contains("No case is open."))
        try await fixture.pages.logIn(as: "plumber")
        #expect(try await fixture.get("/open").body.contains("Secret matter"))
        let file = try await fixture.get("/open.csv")
        #expect(!file.body.contains("Secret matter") && file.body.contains("Confidential"))
        await fixture.close()
    }

    @Test func aLeaderSeesTheOwnUnitsAndTheCentreChooses() async throws {
        let fixture = try await ReportFixture(as: "leader")
        _ = try await fixture.newCase(["unit": fixture.torg.text("Roads"), "text": "Dark street light"])
        _ = try await fixture.newCase(["unit": fixture.torg.text("Water"), "text": "Wet cellar"])
        let own = try await fixture.get("/leader")
        #expect(own.body.contains("Dark street light") && !own.body.contains("Wet cellar"))
        try await fixture.pages.logIn(as: "agent")
        try await fixture.lead("Water", by: "plumber")
        #expect(try await fixture.get("/leader").body.contains("Choose a leader, and the list shows here."))
        #expect(try await fixture.get("/leader.csv").status == 303)
        let chosen = try await fixture.get("/leader?leader=" + fixture.torg.text("plumber"))
        #expect(chosen.body.contains("Wet cellar") && !chosen.body.contains("Dark street light"))
        try await fixture.pages.logIn(as: "plumber")
        #expect(try await fixture.get("/leader?leader=" + fixture.torg.text("leader")).status == 404)
        await fixture.close()
    }

    @Test func aFileSpeaksCSVAndHoldsNoFormulas() async throws {
        let fixture = try await ReportFixture()
        let number = try await fixture.newCase([
            "unit": fixture.torg.text("Roads"), "text": "=HYPERLINK(\"http://evil.example\";\"x\")",
        ])
        let file = try await fixture.get("/open.csv")
        #expect(file.header("Content-Type") == "text/csv; charset=utf-8")
        #expect(file.header("Content-Disposition") == "attachment; filename=\"torg-open-2026-07-20.csv\"")
        let bytes = Array(file.body.utf8)
        #expect(bytes.starts(with: [0xef, 0xbb, 0xbf]))
        var reader = CSVReader(delimiter: UInt8(ascii: ";")) { [chunk = Chunk(bytes)] in chunk.take() }
        let header = try #require(try reader.next()?.fields)
        let row = try #require(try reader.next()?.fields)
        #expect(try reader.next() == nil)
        #expect(header.first == "Number" && header.last == "Link" && header.count == row.count)
        #expect(row[0] == number)
        #expect(row[1] == "'=HYPERLINK(\"http://evil.example\";\"x\")")
        #expect(row[6] == "2026-07-20 09:12", "as the municipality's clocks show it")
        #expect(row.last == "http://torg.test/sandvik/cases/\(number)")
        #expect(file.body.hasSuffix("\r\n"))
        await fixture.close()
    }

    @Test(arguments: [
        ("plain", "plain"), ("a;b", "\"a;b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""), ("two\nlines", "\"two\nlines\""),
        ("+4712345678", "'+4712345678"), ("-1", "-1"), ("-x", "'-x"), ("@SUM(A1)", "'@SUM(A1)"), (" =1+1", "' =1+1"),
        ("", ""), ("\t=1", "\"\t'=1\""), ("x,=1+1,y", "\"x,'=1+1,y\""),
    ])
    func fieldsAreQuotedAndFormulasDisarmed(_ text: String, _ field: String) { #expect(CSVFile.field(text) == field) }

    @Test func aSpreadsheetHasLinksAndRealDates() async throws {
        let fixture = try await ReportFixture()
        let number = try await fixture.newCase(["unit": fixture.torg.text("Roads")])
        let query = FollowUpQuery(report: .open, scope: .everything, units: nil)
        let table = try await ReportFile(query: query, format: .xlsx)
            .table(of: fixture.torg.sandvik, in: fixture.torg.installation, as: .system, language: "en")
        #expect(table.name == "Open cases" && table.rows.count == 1)
        #expect(table.rows[0][0] == .link(number, url: "http://torg.test/sandvik/cases/\(number)"))
        #expect(table.rows[0][6] == .time(year: 2026, month: 7, day: 20, hour: 9, minute: 12))
        let answer = try await fixture.get("/open.xlsx")
        #expect(answer.status == 200 && answer.body.hasPrefix("PK"))
        await fixture.close()
    }

    @Test func aLongListEndsWithAStatement() async throws {
        let fixture = try await ReportFixture()
        for _ in 0..<5 { _ = try await fixture.newCase() }
        let query = FollowUpQuery(report: .open, scope: .everything, units: nil)
        let file = ReportFile(query: query, format: .csv)
        let (sandvik, installation) = (fixture.torg.sandvik, fixture.torg.installation)
        let cut = try await file.table(of: sandvik, in: installation, as: .system, language: "en", most: 3)
        #expect(cut.rows.count == 4 && cut.rows[3].count == 1)
        let whole = try await file.table(of: sandvik, in: installation, as: .system, language: "en", most: 5)
        #expect(whole.rows.count == 5 && whole.rows.allSatisfy { $0.count == whole.header.count })
        await fixture.close()
    }

    @Test func whoIsNotLoggedInGetsNoFile() async throws {
        let fixture = try await ReportFixture()
        try await fixture.pages.logIn(as: nil)
        for path in ["", "/open", "/open.csv", "/overdue.xlsx"] { #expect(try await fixture.get(path).status == 303) }
        await fixture.close()
    }
}

/// The bytes of a file, given out once.
private final class Chunk {
    private var bytes: [UInt8]
    init(_ bytes: [UInt8]) { self.bytes = bytes }
    func take() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }
}
