import Foundation
import Support
import Testing

@testable import App

@Suite struct RequestMappingTests {
    private static func faults(_ yaml: String) -> String {
        do throws(MappingFaults) {
            _ = try RequestMapping(yaml: yaml)
            return ""
        } catch {
            return error.description
        }
    }

    @Test func theMappingThatComesWithTorgIsRight() throws {
        let mapping = try RequestMapping(
            yaml: try String(contentsOf: Project.file("mappings/myla311.yaml"), encoding: .utf8))
        #expect(mapping.source == "myla311")
        #expect(mapping.channel.known.count == 8)
        #expect(mapping.state.known.count == 5)
    }

    @Test func saysEverythingThatIsWrongWithItsLine() {
        let yaml = """
            source: x
            file: { delimiter: ":", encoding: utf-7 }
            dates:
              format: MM/dd/yy
              time_zone: Mars/Olympus
            reference: Nr
            title: "{Titel}"
            channel:
              column: Kanal
              values: { Telefon: phone }
            state:
              column: Status
              values:
                Klar: closed
                Borta: { closed: no_action, answer: Nej }
            colour: red
            """
        #expect(
            Self.faults(yaml) == """
                created: is missing
                line 2: file.delimiter: is one of “,”, “;”, “|” and “tab”
                line 2: file.encoding: “utf-7” is not known; it is one of utf-8, latin1, windows-1252
                line 4: dates.format: “yy” is not known; there are yyyy, MM, M, dd, d, HH, H, hh, h, mm, ss, a, and text in 'quotes'
                line 5: dates.time_zone: “Mars/Olympus” is no time zone; write it as Europe/Stockholm
                line 10: channel.values.Telefon: “phone” is not known; it is one of self_service, telephone, visit, email, letter, web, digital_post, sms, chat, social_media
                line 14: state.values.Klar: a closed case needs an outcome and an answer below it
                line 15: state.values.Borta.reason: is missing
                line 16: colour: no such field is known here; there are category, channel, closed, created, dates, file, leave_out, performer, person, place, reference, source, state, text, title, unit, updated
                """)
    }

    @Test(arguments: [
        ("a: [", "line 2: this is not YAML"), ("source: a\nsource: b", "source: stands here twice"),
        ("", "the mapping is empty"), ("- a", "must hold fields"), ("dates: 7", "dates: must hold fields"),
        ("leave_out: { Typ: Internt }", "leave_out.Typ: must be a list of texts"),
        ("state: { column: S, values: { A: parked } }", "“parked” is not known; it is one of new, passedOn, underway"),
        ("place: { latitude: Lat }", "latitude and longitude go together"),
        ("category: { values: { A: { svenska: B } } }", "svenska: is no language code"),
        ("unit: {}", "unit.column: is missing"),
    ]) func saysWhatIsWrong(yaml: String, words: String) {
        #expect(Self.faults(yaml).contains(words), "\(Self.faults(yaml))")
    }

    @Test func tellsBeforeItReadsWhichColumnsTheFileLacks() async throws {
        let torg = try await TestTorg()
        let file = try ImportFixture.file(ImportFixture.latin1(["Ärendenummer;Inkom;Inkom;Rubrik", "1;2;3;4"]))
        let task = ImportRequests(
            file: file, mapping: try RequestMapping(yaml: ImportFixture.mapping), municipality: "sandvik")
        do {
            _ = try await task.perform(in: torg.installation)
            Issue.record("it was read")
        } catch let fault as ImportFault {
            #expect(fault.description.contains("line 9: Inkom: the file has this column 2 times"))
            #expect(
                fault.description.contains("line 10: Ändrad: the file has no such column; it has Ärendenummer, Inkom"))
        }
        await torg.close()
    }
}

/// The project's own folder.
enum Project {
    static func file(_ path: String) -> URL {
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        return folder.appending(path: path)
    }
}
