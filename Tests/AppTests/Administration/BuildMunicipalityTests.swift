import Domain
import Foundation
import Support
import Testing

@testable import App

/// A system manager, who is no programmer, makes a municipality from nothing through the pages alone (R11.2, R11.4).
@Suite struct BuildMunicipalityTests {
    @Test func unitRolePersonCategoryAndTextAreMadeOnThePages() async throws {
        let torg = try await TestTorg()
        let fjord = try await CreateMunicipality(
            slug: "fjord", name: "Fjord kommune", country: .norway, language: "nb", centreName: "Torget",
            adminLogin: "sjef", adminName: "Systemansvarlig",
            adminPasswordHash: try torg.installation.passwords.hash("torg-demo")
        ).perform(in: torg.installation)
        let client = TestClient(torg)
        try await client.logIn(as: "sjef", of: fjord)
        let index = try await client.get("/fjord/admin")
        #expect(index.status == 200)
        #expect(index.body.contains("1 unit lacks a receiver"))

        let role = try await client.fill(
            "/fjord/admin/roles/new", to: "/fjord/admin/roles",
            ["name": ["Vaktmester"], "permissions": ["case.handle", "case.route"]])
        #expect(role.status == 303)
        let unit = try await client.fill(
            "/fjord/admin/units/new", to: "/fjord/admin/units", ["name": ["Vei"], "phone": ["12 34 56 78"]])
        #expect(unit.status == 303)

        let made = try await torg.installation.read(fjord) { $0.directory }
        let roads = try #require(made.units.values.first { $0.name == "Vei" })
        let keeper = try #require(made.roles.values.first { $0.name == "Vaktmester" })
        #expect(roads.phone == "12345678")
        #expect(keeper.permissions == [.handleCases, .routeCases])

        let person = try await client.fill(
            "/fjord/admin/people/new", to: "/fjord/admin/people",
            [
                "name": ["Aud Ås"], "login": ["Aud.Aas"], "units": ["\(roads.id)"], "roles": ["\(keeper.id)"],
                "language": ["en"],
            ])
        #expect(person.status == 200)
        let password = try #require(person.body.firstMatch(of: /<code[^>]*>([^<]+)</)?.1)
        #expect(password.count == 19)
        let category = try await client.fill(
            "/fjord/admin/categories/new", to: "/fjord/admin/categories",
            [
                "name_nb": ["Gatelys"], "name_en": ["Street light"], "unit": ["\(roads.id)"],
                "passes_directly": ["true"],
                "words": ["Lampe, gatelys lampe"], "feedback_days": ["2"], "notice_nb": ["Ring 110 ved fare."],
            ])
        #expect(category.status == 303)
        let text = try await client.fill(
            "/fjord/admin/texts/mail.receipt.subject", ["nb": ["Takk! Saken er {number}"]])
        #expect(text.status == 303)

        let built = try await torg.installation.read(fjord) { $0.directory }
        let light = try #require(built.categories.values.first)
        #expect(light.names == ["nb": "Gatelys", "en": "Street light"])
        #expect(light.words == ["lampe", "gatelys"])
        #expect(light.passesDirectly && light.isPublic && light.isActive && light.unit == roads.id)
        #expect(light.targets == TargetOverride(feedback: 2))
        #expect(light.notices == ["nb": "Ring 110 ved fare."])
        #expect(built.texts["mail.receipt.subject"] == ["nb": "Takk! Saken er {number}"])
        let aud = try #require(built.people.values.first { $0.user.login == "aud.aas" })
        #expect(aud.user.units == [roads.id] && aud.roles == [keeper.id])
        let stored: String? = try await torg.installation.read(fjord) { op in
            try op.tx.value("SELECT password FROM users WHERE municipality = \(op.tenant) AND id = \(aud.user.id)")
        }
        #expect(torg.installation.passwords.verify(String(password), against: stored))

        // The new colleague chooses a password of her own,
        try await client.logIn(as: "aud.aas", of: fjord)
        let own = "/fjord/account/password"
        #expect(try await client.get("/fjord/mine").location == own + "?next=%2Ffjord%2Fmine")
        let chosen = try await client.fill(
            own, ["password_now": [String(password)], "password_new": ["tre blå lamper"]])
        #expect(chosen.status == 303)
        // is at work, and what a citizen gets is worded as the municipality wants it.
        #expect(try await client.get("/fjord/mine").status == 200)
        #expect(try await client.get("/fjord/admin").status == 403)
        let subject = try await torg.installation.read(fjord) {
            $0.text("mail.receipt.subject", in: "nb", ["number": "7"])
        }
        #expect(subject == "Takk! Saken er 7")
    }

    @Test func everyChangeIsInTheAudit() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        let unit = "/sandvik/admin/units/" + torg.text("Roads")
        #expect(try await client.fill(unit, ["name": ["Roads and lights"]]).status == 303)
        #expect(try await client.fill("/sandvik/account/tokens").status == 200)
        let audit = try await client.get("/sandvik/admin/audit?language=en")
        #expect(audit.body.contains("Changed the unit Roads and lights"))
        #expect(audit.body.contains("Made a key for Systemansvarlig"))
        #expect(audit.body.contains("Systemansvarlig"))
    }
}
