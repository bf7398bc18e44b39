import Domain
import Foundation
import Support
import Testing

@testable import App

/// Every input the administration refuses: said beside the field, what was typed kept, nothing stored.
@Suite struct RefusedAdministrationTests {
    /// A form, what is typed, and the field that is told what is wrong.
    private struct Refused {
        var page: String
        var action: String?
        var changes: [String: [String]]
        var field: String
        var code: String
    }

    private static func check(_ all: [Refused], _ torg: TestTorg) async throws {
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        let before = try await torg.installation.read(torg.sandvik) { $0.directory.version }
        let words = torg.installation.words("en")
        for refused in all {
            let answer = try await client.fill(
                "/sandvik/admin/" + refused.page, to: "/sandvik/admin/" + (refused.action ?? refused.page),
                refused.changes)
            let name = "\(refused.page) \(refused.field) \(refused.code)"
            #expect(answer.status == 422, "\(name)")
            #expect(answer.body.contains("href=\"#\(refused.field)\""), "\(name)")
            #expect(answer.body.contains("id=\"\(refused.field)-error\""), "\(name)")
            let text = words("error." + refused.code).prefix { $0 != "{" && $0 != "'" }
            #expect(answer.body.contains(text), "\(name)")
        }
        #expect(try await torg.installation.read(torg.sandvik) { $0.directory.version } == before)
    }

    @Test func people() async throws {
        let torg = try await TestTorg()
        let new = { (changes: [String: [String]], field: String, code: String) in
            let fine = ["name": ["Aud"], "login": ["aud"]]
            return Refused(
                page: "people/new", action: "people", changes: fine.merging(changes) { $1 }, field: field, code: code)
        }
        let handler = "people/" + torg.text("handler")
        let admin = try await torg.installation.read(torg.sandvik) { op in
            op.directory.people.values.first { $0.user.login == "admin" }?.user.id
        }
        let boss = "people/\(try #require(admin))"
        try await Self.check(
            [
                new(["name": ["  "]], "name", "required"), new(["login": [""]], "login", "required"),
                new(["login": ["HANDLER"]], "login", "taken"), new(["login": ["a b"]], "login", "invalid_login"),
                new(["name": [String(repeating: "a", count: 101)]], "name", "too_long"),
                new(["name": ["a\u{7}"]], "name", "invalid_character"),
                new(["email": ["aud@"]], "email", "invalid_email"), new(["phone": ["abc"]], "phone", "invalid_phone"),
                new(["language": ["fi"]], "language", "unknown"), new(["units": ["7"]], "units", "unknown"),
                new(["roles": ["x"]], "roles", "unknown"),
                new(["password": ["short"]], "password", "password_too_short"),
                new(["login": ["a.long.login"], "password": ["A.Long.Login"]], "password", "password_own_words"),
                Refused(page: handler, changes: ["login": ["agent"]], field: "login", code: "taken"),
                Refused(page: boss, changes: ["active": []], field: "active", code: "last_administrator"),
                Refused(page: boss, changes: ["roles": []], field: "roles", code: "last_administrator"),
                Refused(
                    page: handler, action: handler + "/password", changes: ["password": ["short"]],
                    field: "password-password", code: "password_too_short"),
            ], torg)
    }

    @Test func units() async throws {
        let torg = try await TestTorg()
        let (roads, water) = ("units/" + torg.text("Roads"), "units/" + torg.text("Water"))
        try await Self.check(
            [
                Refused(page: "units/new", action: "units", changes: ["name": [""]], field: "name", code: "required"),
                Refused(
                    page: "units/new", action: "units", changes: ["name": ["roads"]], field: "name", code: "taken"),
                Refused(
                    page: roads, changes: ["name": ["\u{200B}W\u{AD}ATER"]], field: "name", code: "taken"),
                Refused(page: roads, changes: ["name": ["Water"]], field: "name", code: "taken"),
                Refused(
                    page: roads, changes: ["parent": [torg.text("Roads")]], field: "parent", code: "unit_in_circle"),
                Refused(page: roads, changes: ["parent": ["7"]], field: "parent", code: "unknown"),
                Refused(page: roads, changes: ["leader": ["7"]], field: "leader", code: "unknown"),
                Refused(
                    page: roads,
                    changes: ["receiver": [torg.text("handler")], "substitute": [torg.text("handler")]],
                    field: "substitute", code: "substitute_is_receiver"),
                Refused(page: roads, changes: ["email": ["x"]], field: "email", code: "invalid_email"),
                Refused(
                    page: "units/" + torg.text("centre"), changes: ["active": []], field: "active",
                    code: "unit_is_centre"),
                Refused(page: water, changes: ["active": []], field: "active", code: "unit_has_categories"),
            ], torg)
    }

    @Test func rolesAndMunicipality() async throws {
        let torg = try await TestTorg()
        let manager = try await torg.installation.read(torg.sandvik) { op in
            op.directory.roles.values.first { $0.permissions.contains(.manageRoles) }?.id
        }
        let role = "roles/\(try #require(manager))"
        let other = try await torg.installation.read(torg.sandvik) { op in
            op.directory.roles.values.first { $0.id != manager }?.name ?? ""
        }
        try await Self.check(
            [
                Refused(page: "roles/new", action: "roles", changes: ["name": [""]], field: "name", code: "required"),
                Refused(page: "roles/new", action: "roles", changes: ["name": [other]], field: "name", code: "taken"),
                Refused(page: role, changes: ["name": [other]], field: "name", code: "taken"),
                Refused(
                    page: role, changes: ["permissions": ["admin.everything"]], field: "permissions", code: "unknown"),
                Refused(
                    page: role, changes: ["permissions": ["admin.people"]], field: "permissions",
                    code: "last_administrator"),
                Refused(page: "municipality", changes: ["name": [""]], field: "name", code: "required"),
                Refused(page: "municipality", changes: ["accent": ["blue"]], field: "accent", code: "invalid_colour"),
                Refused(page: "municipality", changes: ["language": ["fi"]], field: "language", code: "unknown"),
                Refused(
                    page: "municipality", changes: ["language": ["sv"]], field: "language",
                    code: "categories_without_name"),
                Refused(page: "municipality", changes: ["centre": ["7"]], field: "centre", code: "unknown"),
            ], torg)
    }

    @Test func categoriesAndTexts() async throws {
        let torg = try await TestTorg()
        let light = "categories/" + torg.text("Street light")
        let answer = "texts/mail.answer.body"
        try await Self.check(
            [
                Refused(
                    page: "categories/new", action: "categories", changes: ["name_en": ["Trees"]], field: "name_nb",
                    code: "required"),
                Refused(page: light, changes: ["name_nb": ["water LEAK"]], field: "name_nb", code: "taken"),
                Refused(
                    page: light, changes: ["name_nb": ["Water \u{A0} leak\u{FEFF}"]], field: "name_nb", code: "taken"),
                Refused(page: light, changes: ["notice_sv": ["Ring"]], field: "name_sv", code: "required"),
                Refused(page: light, changes: ["unit": ["7"]], field: "unit", code: "unknown"),
                Refused(
                    page: light, changes: ["unit": [""], "passes_directly": ["true"]], field: "unit",
                    code: "unit_to_pass_to"),
                Refused(page: light, changes: ["close_days": ["366"]], field: "close_days", code: "invalid_number"),
                Refused(
                    page: light, changes: ["feedback_days": ["2.5"]], field: "feedback_days", code: "invalid_number"),
                Refused(
                    page: light, changes: ["feedback_days": ["-1"]], field: "feedback_days", code: "invalid_number"),
                Refused(page: answer, changes: ["en": ["{answer} {name}"]], field: "en", code: "placeholder_unknown"),
                Refused(page: answer, changes: ["sv": ["Hej"]], field: "sv", code: "placeholder_needed"),
                Refused(
                    page: answer, changes: ["nb": ["{answer}" + String(repeating: "a", count: 4_000)]], field: "nb",
                    code: "too_long"),
            ], torg)
    }

    @Test func whatSomebodyElseChangedIsNotOverwrittenUnseen() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        for (page, field) in [
            ("people/" + torg.text("handler"), "name"), ("units/" + torg.text("Roads"), "name"),
            ("categories/" + torg.text("Street light"), "name_nb"), ("texts/front.lead", "en"),
            ("municipality", "name"),
        ] {
            let path = "/sandvik/admin/" + page
            let form = try #require(HTMLForm(try await client.get(path).body, to: path))
            let typed = form.with([field: ["Mine"]])
            #expect(try await client.fill(path, [field: ["Theirs"]]).status == 303, "\(page)")
            let refused = try await client.send(typed)
            #expect(refused.status == 422, "\(page)")
            #expect(refused.body.contains("Somebody else changed this"), "\(page)")
            let kept = try #require(HTMLForm(refused.body, to: path))
            #expect(kept.values[field] == ["Mine"], "\(page)")
            // Told once, they decide.
            #expect(try await client.send(kept).status == 303, "\(page)")
            #expect(HTMLForm(try await client.get(path).body, to: path)?.values[field] == ["Mine"], "\(page)")
        }
    }
}
