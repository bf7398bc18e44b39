import Foundation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@testable import Adapters

/// Read back with another program than the one that wrote it: an XLSX file is a zip of XML.
@Suite struct SpreadsheetTests {
    private func part(_ name: String, of data: Data) throws -> String {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).xlsx")
        try data.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let unzip = Process()
        unzip.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        unzip.arguments = [
            "-c", "import sys,zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))",
            file.path(percentEncoded: false), name,
        ]
        let pipe = Pipe()
        unzip.standardOutput = pipe
        try unzip.run()
        let text = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        unzip.waitUntilExit()
        return text
    }

    @Test func textsStayTextsAndNumbersNumbers() throws {
        let sheet = Spreadsheet(
            name: "Åpne [saker]: juli/2026 med et langt navn", header: ["Sak", "Dager", "Frist"],
            rows: [
                [
                    .link("=HYPERLINK(\"x\")", url: "https://torg.example/sandvik/cases/1?a=1&b=2"), .number(-3.5),
                    .empty,
                ],
                [.text("004712345678 <b>"), .number(7), .time(year: 2026, month: 7, day: 20, hour: 15, minute: 30)],
            ])
        let data = try sheet.xlsx()
        let cells = try part("xl/worksheets/sheet1.xml", of: data)
        #expect(!cells.contains("<f>"), "nothing is a formula")
        #expect(cells.contains("fitToPage=\"1\"") && cells.contains("fitToHeight=\"0\""))
        #expect(cells.contains("<autoFilter ref=\"A1:C3\"/>") && cells.contains("orientation=\"landscape\""))
        #expect(cells.contains("<v>-3.5</v>") && cells.contains("<v>46223.645833"))
        let texts = try part("xl/sharedStrings.xml", of: data)
        #expect(texts.contains("=HYPERLINK(") && texts.contains("004712345678 &lt;b&gt;"))
        #expect(try part("xl/workbook.xml", of: data).contains("name=\"Åpne saker juli2026 med et lang\""))
        #expect(try part("xl/worksheets/_rels/sheet1.xml.rels", of: data).contains("a=1&amp;b=2"))
    }

    /// Reports tell of people's cases.
    @Test func nobodyElseMayLookIntoTheFolder() throws {
        let folder = try withOwnFolder { folder in
            let path = folder.path(percentEncoded: false)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o700)
            try Data("x".utf8).write(to: folder.appending(path: "x"))
            return path
        }
        #expect(!FileManager.default.fileExists(atPath: folder))
        var left: String?
        #expect(throws: SpreadsheetError.tooManyRows) {
            try withOwnFolder { folder in
                left = folder.path(percentEncoded: false)
                throw SpreadsheetError.tooManyRows
            }
        }
        #expect(try !FileManager.default.fileExists(atPath: #require(left)))
    }

    @Test func anEmptyTableIsAFileToo() throws {
        let data = try Spreadsheet(name: "", header: ["A"], rows: []).xlsx()
        #expect(try part("xl/sharedStrings.xml", of: data).contains(">A<"))
    }

    @Test func whatIsTooLongIsCutAndTooManyAreRefused() throws {
        let long = String(repeating: "x", count: 40_000)
        let data = try Spreadsheet(
            name: "x", header: ["A"], rows: [[.text(long)], [.link("l", url: "https://x.example/" + long)]]
        ).xlsx()
        #expect(try part("xl/sharedStrings.xml", of: data).contains(String(repeating: "x", count: 32_767)))
        let many = Spreadsheet(name: "x", header: [], rows: Array(repeating: [], count: Spreadsheet.mostRows + 1))
        #expect(throws: SpreadsheetError.tooManyRows) { try many.xlsx() }
    }

    /// Whatever was stored: a file that programs refuse is lost with all that is in it.
    @Test func whatXMLCannotHoldIsReplaced() throws {
        let texts = ["a\u{7}\u{1B}b\u{FFFE}c\u{FFFF}", "e" + String(repeating: "\u{301}", count: 40_000), "tab\tend\n"]
        let data = try Spreadsheet(name: "x", header: ["A"], rows: texts.map { [.text($0)] }).xlsx()
        let stored = try part("xl/sharedStrings.xml", of: data)
        #expect(stored.contains("a\u{FFFD}\u{FFFD}b\u{FFFD}c\u{FFFD}"))
        #expect(stored.unicodeScalars.count { $0 == "\u{301}" } == 32_766, "programs count in UTF-16")
        #expect(XMLParser(data: Data(stored.utf8)).parse())
    }
}
