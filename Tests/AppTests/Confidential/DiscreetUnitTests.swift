import Database
import Domain
import Foundation
@testable import Support
import Testing

@testable import App

/// Units whose name alone gives the secret away are marked by it.
@Suite struct DiscreetUnitTests {
    static let names = [
        "Barnevern", "Barneverntjenesten", "BARNEVERNVAKTA", "Helse og omsorg", "Hälso- och sjukvård",
        "ÄLDREBOENDE SOL",
        "Äldreomsorgen", "Social service", "Socialtjänsten", "Socialförvaltningen", "NAV Sandvik", "Nav", "Navet",
        "Sociala medier", "Sosiale medier og nett", "Social media", "Sundhed og ældre", "Sundhedsplejen", "IFO",
        "Child Protection", "Children and families", "Healthcare", "Health and care", "Vei og gatelys", "Roads",
        "Water",
        "Barnehage og skole", "Kultur og idrett", "Byggesak", "Innbyggertorget", "Kontaktcenter", "Borgerservice",
        "Barn, unge og familie", "Barn–unge (og familie)", "PPT", "Rus/psykisk", "Krus og kopper", "Læger og tandlæger",
        "Park & natur", "Miljø og teknik", "Individ- och familjeomsorg", "Kvinnojouren", "Tandvården", "Customer care",
        "Personal care team", "Økonomi", "Ældrecenter", "",
        "Barne\u{AD}vern", "Rus\u{200D}teamet", "Familieafdelingen", "Ekonomiskt bistånd", "Vuxenenheten",
        "Socialservice", "Enheten för barn och unga", "Rusteamet", "Naturvård", "Barn\u{A0}og\u{A0}unge",
    ]

    @Test func bothEnginesMarkByTheSameNames() async throws {
        let torg = try await TestTorg()
        try await torg.installation.write(torg.sandvik) { op in
            for name in Self.names {
                let id: ID<Domain.Unit> = op.newID()
                try op.tx.run("INSERT INTO units (municipality, id, name) VALUES (\(op.tenant), \(id), \(name))")
            }
        }
        try await torg.installation.database.write(tenant: nil) { tx in
            for statement in DiscreetNameSQL.statements { _ = try tx.run(statement) }
        }
        let marked: [String: Bool] = try await torg.read { op in
            let rows = try op.tx.rows("SELECT name, is_discreet FROM units WHERE municipality = \(op.tenant)")
            return Dictionary(
                try rows.map { (try $0["name"], try $0["is_discreet"]) }, uniquingKeysWith: { first, _ in first })
        }
        for name in Self.names { #expect(marked[name] == DiscreetName.gives(name), "\(name)") }
        await torg.close()
    }

    @Test func aNewUnitIsMarkedByItsNameAndTheMarkCanBeTakenAway() async throws {
        let torg = try await TestTorg()
        let admin = TestClient(torg)
        try await admin.logIn(as: "admin")
        for (name, expected) in [("Barnevern", true), ("Sport", false)] {
            let added = try await admin.fill(
                "/sandvik/admin/units/new", to: "/sandvik/admin/units", ["name": [name], "phone": ["10203040"]])
            #expect(added.status == 303)
            let unit = try await torg.read { op in op.directory.units.values.first { $0.name == name } }
            #expect(unit?.isDiscreet == expected)
        }
        let unit = try #require(
            try await torg.read { op in op.directory.units.values.first { $0.name == "Barnevern" } })
        let page = "/sandvik/admin/units/\(unit.id)"
        #expect(try await admin.get(page).body.contains("must not be mentioned together with a case"))
        #expect(try await admin.fill(page, ["discreet": []]).status == 303)
        #expect(try await torg.read { op in op.directory.units[unit.id]?.isDiscreet } == false)
        await torg.close()
    }
}
