import Database
import Domain

@testable import App

/// Units, people and categories of the municipality that the tests run in. All passwords are `torg-demo`.
enum TestOrganisation {
    static func fill(
        _ municipality: ID<Municipality>, in installation: Installation,
        _ note: @escaping @Sendable (String, Int64) -> Void
    ) async throws {
        let password = try installation.passwords.hash("torg-demo")
        try await installation.write(municipality) { op in
            note("centre", op.municipality.centre.rawValue)
            for unit in ["Roads", "Water"] {
                let id: ID<Unit> = op.newID()
                try op.tx.run("INSERT INTO units (municipality, id, name) VALUES (\(op.tenant), \(id), \(unit))")
                note(unit, id.rawValue)
            }
            let units = try op.tx.rows("SELECT id, name FROM units WHERE municipality = \(op.tenant)")
            func unit(_ name: String) throws -> ID<Unit> {
                for row in units where try row["name"] == name { return try row["id"] }
                return op.municipality.centre
            }
            for (login, home, role) in [
                ("agent", "centre", "agent"), ("handler", "Roads", "handler"), ("leader", "Roads", "leader"),
                ("plumber", "Water", "handler"),
            ] {
                let id: ID<User> = op.newID()
                try op.tx.run(
                    """
                    INSERT INTO users (municipality, id, login, name, password, language)
                    VALUES (\(op.tenant), \(id), \(login), \(login.capitalized), \(password), 'en')
                    """)
                try op.tx.run(
                    "INSERT INTO memberships (municipality, user_id, unit_id) VALUES (\(op.tenant), \(id), \(try unit(home)))"
                )
                try op.tx.run(
                    """
                    INSERT INTO user_roles (municipality, user_id, role_id) SELECT \(op.tenant), \(id), id FROM roles
                    WHERE municipality = \(op.tenant) AND name = \(op.installation.words("nb")("role." + role))
                    """)
                note(login, id.rawValue)
            }
            for (name, home, isDirect, isConfidential) in [
                ("Street light", "Roads", false, false), ("Water leak", "Water", true, false),
                ("Care", "Water", false, true),
            ] {
                let id: ID<Domain.Category> = op.newID()
                try op.tx.run(
                    """
                    INSERT INTO categories (municipality, id, unit_id, passes_directly, is_confidential)
                    VALUES (\(op.tenant), \(id), \(try unit(home)), \(isDirect), \(isConfidential))
                    """)
                try op.tx.run(
                    """
                    INSERT INTO category_names (municipality, category_id, language, name)
                    VALUES (\(op.tenant), \(id), 'nb', \(name))
                    """)
                note(name, id.rawValue)
            }
            try op.organisation.touch()
        }
    }
}
