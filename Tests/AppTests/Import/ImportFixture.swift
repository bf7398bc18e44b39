import Domain
import Foundation
import Support

@testable import App

/// An invented export of a Swedish municipality's older system, and the mapping for it.
enum ImportFixture {
    static let mapping = """
        source: bergsund
        file:
          delimiter: ";"
          encoding: latin1
        dates:
          format: yyyy-MM-dd HH:mm
          time_zone: Europe/Stockholm
        reference: Ärendenummer
        created: Inkom
        updated: Ändrad
        closed: Avslutad
        title: "{Rubrik}"
        text: "{Rubrik}. {Beskrivning} (ärende {Ärendenummer} i det gamla systemet)"
        channel:
          column: Kanal
          values:
            Telefon: telephone
            Brev: letter
          otherwise: web
        category:
          column: Typ
        unit:
          column: Enhet
          values: { GATA: Gata och park, VA: Water }
        performer:
          column: Handläggare
          values: { ps: plumber }
        state:
          column: Status
          values:
            Ny: new
            Pågår: underway
            Klar:
              closed: measures_taken
              answer: Avslutades {closed_day} i det gamla systemet.
              measure: { what: "{Åtgärd}", who: "{Enhet}", done: Utfört, reason_without: Ingen åtgärd är antecknad. }
            Avvisad: { closed: no_action, answer: Avvisades., reason: "{Åtgärd}" }
        place:
          address: Adress
          latitude: Lat
          longitude: Lon
        person:
          name: Namn
          email: E-post
          phone: Telefonnummer
        leave_out:
          Typ: [Internt]
        """

    static let heading =
        "Ärendenummer;Inkom;Ändrad;Avslutad;Rubrik;Beskrivning;Kanal;Typ;Enhet;Status;Åtgärd;Utfört;Adress;Lat;Lon;Namn;"
        + "E-post;Telefonnummer;Handläggare"

    static let rows = [
        "1;2025-03-03 09:15;;;Gropar;\"På \"\"Storgatan\"\"; två stycken\";Telefon;Vägar;GATA;Ny;;;Storgatan 1;59,33;18,07;"
            + "Siv Ås;siv@example.org;070-123 45 67;",
        "2;2025-03-04 10:00;2025-03-05 08:00;;Läcka;;Brev;Vatten;VA;Pågår;;;;;;;;;ps",
        "3;2024-12-31 23:30;2025-01-20 12:00;2025-01-20 12:00;Mörkt;;App;Belysning;GATA;Klar;Ny lampa;2025-01-10 00:00;"
            + "Skolvägen;59.1;18.2;;;;handler",
        "4;2025-01-02 08:00;;2025-01-03 08:00;Snö;;Telefon;Vägar;GATA;Klar;;;;;;;;;",
        "5;2025-01-02 08:00;;2025-01-02 08:00;Fel;;Telefon;Vägar;;Avvisad;Inte kommunens väg;;;;;;;;",
        "6;2025-01-02 08:00;;;Nycklar;;Telefon;Internt;GATA;Ny;;;;;;;;;",
    ]

    static func latin1(_ lines: [String]) -> Data {
        (lines.joined(separator: "\r\n") + "\r\n").data(using: .isoLatin1) ?? Data()
    }

    /// A file of its own in a folder of its own.
    static func file(_ data: Data) throws -> String {
        let file = try TestFolder.make().appending(path: "requests.csv")
        try data.write(to: file)
        return file.path
    }

    static func run(_ lines: [String], in torg: TestTorg) async throws -> (ImportSummary, rejected: String?) {
        let file = try file(latin1([heading] + lines))
        let task = ImportRequests(file: file, mapping: try RequestMapping(yaml: mapping), municipality: "sandvik")
        let summary = try await task.perform(in: torg.installation)
        // With its byte order mark, which `String(contentsOfFile:)` would take away.
        let rejected = FileManager.default.contents(atPath: task.rejectedFile)
        return (summary, rejected.map { String(decoding: $0, as: UTF8.self) })
    }
}
