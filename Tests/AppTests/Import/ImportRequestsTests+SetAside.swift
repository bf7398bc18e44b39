import Domain
import Foundation
import Support
import Testing

@testable import App

/// What cannot be read is set aside, with the reason.
extension ImportRequestsTests {
    @Test func rowsThatCannotBeReadAreSetAsideWithTheReason() async throws {
        let torg = try await TestTorg()
        let good = ImportFixture.rows[1]
        let faults: [(row: String, reason: String)] = [
            ("11;3 mars;;;a;;Brev;V;GATA;Ny;;;;;;;;", "Inkom is “3 mars”, which is not written as yyyy-MM-dd HH:mm"),
            ("12;2025-02-30 09:00;;;a;;Brev;V;GATA;Ny;;;;;;;;", "names a day that does not exist"),
            (
                "13;2025-03-30 02:30;;;a;;Brev;V;GATA;Ny;;;;;;;;",
                "Inkom is “2025-03-30 02:30”, which names a time that the clocks in Europe/Stockholm skipped"
            ),
            ("14;2025-01-01 24:30;;;a;;Brev;V;GATA;Ny;;;;;;;;", "names a time that does not exist"),
            (";2025-01-01 09:00;;;a;;Brev;V;GATA;Ny;;;;;;;;", "Ärendenummer is empty"),
            ("16;;;;a;;Brev;V;GATA;Ny;;;;;;;;", "Inkom is empty"),
            (
                "17;2025-01-01 09:00;;;a;;Brev;V;GATA;Vilande;;;;;;;;",
                "Status is “Vilande”, which the mapping does not know; it knows “Avvisad”, “Klar”, “Ny”, “Pågår”"
            ),
            ("18;2025-01-01 09:00;;;\"a;;Brev;V;GATA;Ny;;;;;;;;", "is not closed"),
            ("19;2025-01-01 09:00;;;a", "5 fields where the heading has 19"),
            ("20;2027-01-01 09:00;;;a;;Brev;V;GATA;Ny;;;;;;;;", "lies in the future"),
            (
                "21;2025-01-02 09:00;;2025-01-01 09:00;a;;Brev;V;GATA;Avvisad;b;;;;;;;",
                "Avslutad is “2025-01-01 09:00”, which lies before Inkom"
            ),
            ("22;2025-01-02 09:00;;;a;;Brev;V;GATA;Avvisad;b;;;;;;;", "Avslutad is empty"),
            ("23;2025-01-02 09:00;;2025-01-03 09:00;a;;Brev;V;GATA;Avvisad;;;;;;;;", "closure.reason_required"),
            ("24;2025-01-02 09:00;;;a;;Brev;V;GATA;Ny;;;;6580822;674032;;;", "is not in degrees (WGS 84)"),
            ("25;2025-01-02 09:00;;;a;;Brev;V;GATA;Ny;;;;;;;siv(at)example.org;", "is no e-mail address"),
            ("26;2025-01-02 09:00;;;;;Brev;V;GATA;Ny;;;;;;;;", "the row gives the case no title"),
        ]
        // All but the short one name nobody as performer.
        let rows = faults.map { $0.row.hasPrefix("19;") ? $0.row : $0.row + ";" }
        let (summary, file) = try await ImportFixture.run(rows + [good], in: torg)
        let rejected = try #require(file)
        #expect(summary.read == faults.count + 1)
        #expect(summary.added == 1)
        #expect(summary.rejected == faults.count)
        #expect(summary.rejectedByReason.values.reduce(0, +) == faults.count)
        let lines = rejected.replacing("\u{feff}", with: "").split(separator: "\r\n")
        #expect(lines.first == "rejected_line;rejected_reason;\(ImportFixture.heading)")
        for (index, fault) in faults.enumerated() {
            let line = try #require(lines.first { $0.hasPrefix("\(index + 2);") }, "\(fault.row)")
            #expect(line.contains(fault.reason), "\(line)")
        }
        #expect(try await Totals(in: torg).cases == 1)
        await torg.close()
    }

    @Test func whatWasSetAsideCanBeMendedAndReadAgain() async throws {
        let torg = try await TestTorg()
        let (_, file) = try await ImportFixture.run(
            ["31;2025-01-02;;;Å;\"ett;\"\"två\"\"\";Brev;V;GATA;Ny;;;;;;;;;"], in: torg)
        let mended = try #require(file).replacing("2025-01-02;", with: "2025-01-02 09:00;")
        let task = ImportRequests(
            file: try ImportFixture.file(Data(mended.utf8)), mapping: try RequestMapping(yaml: ImportFixture.mapping),
            municipality: "sandvik")
        let summary = try await task.perform(in: torg.installation)
        #expect(summary.added == 1)
        #expect(try await Stored(reference: "31", in: torg).question.hasPrefix("Å. ett;\"två\" ("))
        await torg.close()
    }

    @Test func bytesOfAnotherEncodingAreSetAside() async throws {
        let torg = try await TestTorg()
        let mapping = try RequestMapping(
            yaml: ImportFixture.mapping.replacing("encoding: latin1", with: "encoding: utf-8"))
        var data = Data((ImportFixture.heading + "\n" + ImportFixture.rows[0] + "\n").utf8)
        data.append(ImportFixture.latin1([ImportFixture.rows[1]]))
        let task = ImportRequests(file: try ImportFixture.file(data), mapping: mapping, municipality: "sandvik")
        let summary = try await task.perform(in: torg.installation)
        #expect(summary.added == 1)
        #expect(summary.rejectedByReason == ["a text is not UTF-8": 1])
        #expect(try String(contentsOfFile: task.rejectedFile, encoding: .utf8).contains("Läcka"))
        await torg.close()
    }

    /// The same rule as for forms and programs: what nobody can see would make every spreadsheet with it unreadable.
    @Test(arguments: ["\u{FFFE}", "\u{7}", "\u{1B}"])
    func aRowWithCharactersThatNobodySeesIsSetAside(character: String) async throws {
        let torg = try await TestTorg()
        let mapping = try RequestMapping(yaml: ImportFixture.mapping.replacing("latin1", with: "utf-8"))
        let row = ImportFixture.rows[0].replacing("Gropar", with: "Gropar\(character)")
        let lines = [ImportFixture.heading, row, ImportFixture.rows[1]]
        let file = try ImportFixture.file(Data(lines.joined(separator: "\n").utf8))
        let task = ImportRequests(file: file, mapping: mapping, municipality: "sandvik")
        let summary = try await task.perform(in: torg.installation)
        #expect(summary.rejectedByReason == ["a text holds a character that nobody can see": 1])
        await torg.close()
    }

    @Test func aFileInAnotherEncodingThanIsSaidStopsAndAsks() async throws {
        let torg = try await TestTorg()
        let mapping = try RequestMapping(yaml: ImportFixture.mapping.replacing("latin1", with: "windows-1252"))
        let lines = [ImportFixture.heading] + ImportFixture.rows
        let file = try ImportFixture.file(Data(lines.joined(separator: "\n").utf8))
        let task = ImportRequests(file: file, mapping: mapping, municipality: "sandvik")
        let fault = await #expect(throws: ImportFault.self) { try await task.perform(in: torg.installation) }
        guard case .looksLikeUTF8(_, "windows-1252", 1) = try #require(fault) else {
            Issue.record("\(String(describing: fault))")
            return
        }
        let stored = try await torg.installation.read(torg.sandvik) { op -> Int? in
            try op.tx.value("SELECT count(*) FROM contacts WHERE municipality = \(op.tenant)")
        }
        #expect(stored == 0)
        await torg.close()
    }

    @Test func whatWasSetAsideBecomesNoFormulaAndComesBackAsItWas() async throws {
        let torg = try await TestTorg()
        let row = ImportFixture.rows[0].replacing("Gropar", with: "=Gropar, =1+1").replacing(
            "2025-03-03", with: "someday")
        let (first, rejected) = try await ImportFixture.run([row], in: torg)
        #expect(first.rejected == 1)
        let text = try #require(rejected)
        #expect(text.contains("'=Gropar,' =1+1"))
        let file = try ImportFixture.file(Data(text.replacing("someday", with: "2025-03-03").utf8))
        let again = ImportRequests(
            file: file, mapping: try RequestMapping(yaml: ImportFixture.mapping), municipality: "sandvik")
        #expect(try await again.perform(in: torg.installation).added == 1)
        #expect(try await Stored(reference: "1", in: torg).case.title == "=Gropar, =1+1")
        await torg.close()
    }
}
