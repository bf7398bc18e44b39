import Domain
import Foundation
import Support
import Testing

@testable import App

@Suite struct ImportRequestsTests {
    @Test func rowsBecomeContactsAndCases() async throws {
        let torg = try await TestTorg()
        let (summary, rejected) = try await ImportFixture.run(ImportFixture.rows, in: torg)
        #expect(summary.read == 6)
        #expect(summary.added == 5)
        #expect(summary.leftOut == 1)
        #expect(summary.rejected == 0)
        #expect(rejected == nil)
        #expect(summary.byUnit == ["Gata och park": 3, "Water": 1, "": 1])
        #expect(summary.byCategory == ["Vägar": 3, "Vatten": 1, "Belysning": 1])
        #expect(summary.byState == ["Ny": 1, "Pågår": 1, "Klar": 2, "Avvisad": 1])
        #expect(summary.byChannel == ["telephone": 3, "letter": 1, "web": 1])

        let new = try await Stored(reference: "1", in: torg)
        #expect(new.case.state == .new)
        #expect(new.case.title == "Gropar")
        #expect(new.question == "Gropar. På \"Storgatan\"; två stycken (ärende 1 i det gamla systemet)")
        #expect(new.case.place == Place(text: "Storgatan 1", position: Position(lat: 59.33, lon: 18.07)))
        #expect(new.email == "siv@example.org")
        #expect(new.case.createdAt == Instant(iso8601: "2025-03-03T08:15:00Z"))
        #expect(new.due != nil)
        #expect(new.unit == "Gata och park")

        let underway = try await Stored(reference: "2", in: torg)
        #expect(underway.case.state == .underway)
        #expect(underway.case.acknowledgedAt == Instant(iso8601: "2025-03-05T07:00:00Z"))
        #expect(underway.case.handler == torg.id("plumber"))
        #expect(underway.unit == "Water")
        #expect(underway.case.unit == torg.id("Water"))

        let done = try await Stored(reference: "3", in: torg)
        #expect(done.case.state == .closed)
        // In Sandvik's own time it came in before midnight of New Year's Eve.
        #expect(done.case.number.year == 24)
        #expect(done.case.closure?.answer == "Avslutades 2025-01-20 i det gamla systemet.")
        #expect(done.case.closure?.outcome == .measuresTaken)
        #expect(done.kinds == ["case_opened", "measure_added", "closed"])
        #expect(done.times == ["2024-12-31T22:30:00.000Z", "2025-01-09T23:00:00.000Z", "2025-01-20T11:00:00.000Z"])
        #expect(done.actors == ["system", "system", "system"])
        #expect(done.due == nil)
        #expect(done.case.handler == torg.id("handler"))

        let undone = try await Stored(reference: "4", in: torg)
        #expect(undone.case.closure?.outcome == .noAction)
        #expect(undone.case.closure?.reason == "Ingen åtgärd är antecknad.")
        let refused = try await Stored(reference: "5", in: torg)
        #expect(refused.case.unit == torg.id("centre"))
        #expect(refused.case.closure?.reason == "Inte kommunens väg")
        let mails = try await torg.installation.read(torg.sandvik) { op -> Int? in
            try op.tx.value("SELECT count(*) FROM outbox WHERE municipality = \(op.tenant)")
        }
        #expect(mails == 0)
        let breaches = try await torg.breaches()
        #expect(breaches == [])
        await torg.close()
    }

    @Test func aNameThatLooksTheSameMakesNoSecondUnitOrCategory() async throws {
        let torg = try await TestTorg()
        let names = [
            ("Vägar och broar", "Parken"), ("VÄGAR  och broar", "parken\u{AD}"),
            ("Vägar\u{A0}och\u{AD} broar", "\u{A0}PAR\u{AD}KEN"),
        ]
        let rows = names.enumerated().map { index, name in
            "4\(index);2025-03-03 09:15;;;Gropar;;Telefon;\(name.0);\(name.1);Ny;;;;;;;Siv <siv@example.org>.;;"
        }
        let (summary, rejected) = try await ImportFixture.run(rows, in: torg)
        #expect(summary.added == 3 && rejected == nil)
        let made = try await torg.installation.read(torg.sandvik) { op in
            (
                op.directory.units.values.count { $0.name.foldedName == "parken" },
                op.directory.categories.values.count { $0.names.values.contains { $0.foldedName == "vägar och broar" } }
            )
        }
        #expect(made == (1, 1))
        #expect(try await Stored(reference: "40", in: torg).email == "siv@example.org")
        await torg.close()
    }

    @Test func aSecondRunAddsNothing() async throws {
        let torg = try await TestTorg()
        _ = try await ImportFixture.run(Array(ImportFixture.rows.prefix(3)), in: torg)
        let before = try await Totals(in: torg)
        let (again, _) = try await ImportFixture.run(Array(ImportFixture.rows.prefix(3)), in: torg)
        #expect(again.added == 0)
        #expect(again.known == 3)
        #expect(try await Totals(in: torg) == before)
        // Neither a number nor a category is used up by what was known.
        let (more, _) = try await ImportFixture.run(ImportFixture.rows, in: torg)
        #expect(more.added == 2)
        #expect(more.known == 3)
        let numbers = try await torg.installation.read(torg.sandvik) { op in
            try op.tx.rows(
                "SELECT number FROM cases WHERE municipality = \(op.tenant) AND number > 250000000000 ORDER BY number"
            ).map { try $0["number"] as Int64 % 10_000_000_000 }
        }
        #expect(numbers == [10_001, 10_002, 10_003, 10_004])
        await torg.close()
    }

    @Test func whatNobodyHereHasMustBeAcknowledged() async throws {
        let torg = try await TestTorg()
        let rows = ["", "nobody", "handler"].enumerated().map { index, login in
            "4\(index);2025-03-04 10:00;2025-03-05 08:00;;Läcka;;Brev;Vatten;VA;Pågår;;;;;;;;;\(login)"
        }
        let (summary, _) = try await ImportFixture.run(rows, in: torg)
        #expect(summary.added == 3)
        #expect(summary.remarks == ["it was underway, but nobody here has it; its unit has to acknowledge it": 2])
        var states: [CaseState] = []
        for index in 0..<3 { states.append(try await Stored(reference: "4\(index)", in: torg).case.state) }
        #expect(states == [.passedOn, .passedOn, .underway])
        let breaches = try await torg.breaches()
        #expect(breaches == [])
        await torg.close()
    }

    @Test func whatCameClosedCanBeReopened() async throws {
        let torg = try await TestTorg()
        _ = try await ImportFixture.run([ImportFixture.rows[3]], in: torg)
        let number = try await Stored(reference: "4", in: torg).case.number
        let client = TestClient(torg)
        try await client.useToken(of: "agent")
        let answer = try await client.call(.delete, "/cases/\(number)/closure", ["reason": "Still there"])
        #expect(answer.status == 200)
        #expect(answer.json["state"] as? String == "passedOn")
        let breaches = try await torg.breaches()
        #expect(breaches == [])
        await torg.close()
    }

    @Test func casesSortByTheirOwnTimeAndAreFound() async throws {
        let torg = try await TestTorg()
        _ = try await ImportFixture.run(ImportFixture.rows, in: torg)
        let titles = try await torg.installation.read(torg.sandvik) { op in
            try op.tx.rows("SELECT title FROM cases WHERE municipality = \(op.tenant) ORDER BY id DESC").map {
                try $0["title"] as String
            }
        }
        #expect(titles.prefix(2) == ["Läcka", "Gropar"])
        #expect(Set(titles[2...3]) == ["Snö", "Fel"])
        #expect(titles.last == "Mörkt")
        let client = TestClient(torg)
        try await client.useToken(of: "agent")
        let found = try await client.call(.get, "/cases?text=skolv%C3%A4gen")
        let items = try #require(found.json["items"] as? [[String: Any]])
        #expect(items.map { $0["title"] as? String } == ["Mörkt"])
        await torg.close()
    }

    @Test func theExampleInTheHandbookIsRight() async throws {
        let handbook = try String(contentsOf: Project.file("docs/import.md"), encoding: .utf8)
        let yaml = try #require(handbook.firstMatch(of: /```yaml\n([^`]*)```/)).output.1
        let csv = handbook.split(separator: "\n").filter { $0.hasPrefix("    ") && $0.contains(";") }.map {
            $0.dropFirst(4)
        }
        #expect(csv.count == 4)
        let torg = try await TestTorg()
        let file = try ImportFixture.file(csv.joined(separator: "\n").data(using: .windowsCP1252) ?? Data())
        let task = ImportRequests(file: file, mapping: try RequestMapping(yaml: String(yaml)), municipality: "sandvik")
        let summary = try await task.perform(in: torg.installation)
        #expect(summary.added == 3)
        #expect(summary.byState == ["Ny": 1, "Klar": 1, "Avvisad": 1])
        await torg.close()
    }

    @Test func saysWhatIsMissing() async throws {
        let torg = try await TestTorg()
        let mapping = try RequestMapping(yaml: ImportFixture.mapping)
        let empty = try ImportFixture.file(Data())
        let wide = try ImportFixture.file(Data([0xff, 0xfe, 0x61, 0x00, 0x0a, 0x00]))
        for (file, municipality, words) in [
            ("/nowhere/at-all.csv", "sandvik", "/nowhere/at-all.csv cannot be read"),
            (empty, "nobody", "there is no municipality nobody"), (empty, "sandvik", "has no heading"),
            (wide, "sandvik", "is UTF-16"),
        ] {
            let task = ImportRequests(file: file, mapping: mapping, municipality: municipality)
            let fault = await #expect(throws: ImportFault.self) { _ = try await task.perform(in: torg.installation) }
            #expect(fault?.description.contains(words) == true, "\(fault?.description ?? "")")
        }
        await torg.close()
    }

    @Test func lineEndsAndNamesAreStoredAsFormsStoreThem() async throws {
        let torg = try await TestTorg()
        let mapping = try RequestMapping(yaml: ImportFixture.mapping.replacing("latin1", with: "utf-8"))
        let row = ImportFixture.rows[0].replacing("Siv Ås", with: "\"Siv\r\nÅs\u{202E}\"")
            .replacing("två stycken", with: "två\r\nstycken")
        let file = try ImportFixture.file(Data([ImportFixture.heading, row].joined(separator: "\n").utf8))
        let task = ImportRequests(file: file, mapping: mapping, municipality: "sandvik")
        #expect(try await task.perform(in: torg.installation).added == 1)
        let name = try await torg.installation.read(torg.sandvik) { op -> String? in
            try op.tx.value("SELECT name FROM contacts WHERE municipality = \(op.tenant) AND source_reference = '1'")
        }
        #expect(name == "Siv Ås")
        #expect(try await Stored(reference: "1", in: torg).question.contains("två\nstycken"))
        await torg.close()
    }
}
