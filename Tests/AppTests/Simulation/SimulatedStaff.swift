import Domain

@testable import App
@testable import Support

/// The organisation of the simulated year: one agent who may do everything, and posts held by people who are away now
/// and then.
enum SimulatedStaff {
    static func fill(_ torg: TestTorg) async throws {
        let (agent, handler): (ID<User>, ID<User>) = (torg.id("agent"), torg.id("handler"))
        let (leader, plumber): (ID<User>, ID<User>) = (torg.id("leader"), torg.id("plumber"))
        try await torg.installation.write(torg.sandvik, as: { _, _, _ in .system }) { op in
            try op.tx.run(
                "UPDATE users SET email = login || '@sandvik.example' WHERE municipality = \(op.tenant)")
            try op.tx.run("UPDATE municipalities SET sms_to_citizens = 1 WHERE id = \(op.tenant)")
            for unit in op.directory.units.keys {
                try op.tx.run(
                    """
                    INSERT INTO memberships (municipality, user_id, unit_id) VALUES (\(op.tenant), \(agent), \(unit))
                    ON CONFLICT DO NOTHING
                    """)
                try op.tx.run(
                    """
                    UPDATE units SET receiver_id = \(handler), substitute_id = \(plumber), leader_id = \(leader)
                    WHERE municipality = \(op.tenant) AND id = \(unit)
                    """)
            }
            for role in op.directory.roles.keys {
                try op.tx.run(
                    """
                    INSERT INTO user_roles (municipality, user_id, role_id) VALUES (\(op.tenant), \(agent), \(role))
                    ON CONFLICT DO NOTHING
                    """)
            }
            // Each of them is away for a week of every month, at times both.
            for (person, first) in [(handler, 3), (plumber, 7), (leader, 20)] {
                for month in 0..<13 {
                    let day = op.directory.calendar.timeZone.day(of: op.now) + (first + 30 * month)
                    try op.tx.run(
                        """
                        INSERT INTO absences (municipality, id, user_id, first_day, last_day, substitute_id)
                        VALUES (\(op.tenant), \(op.newID(of: Absence.self)), \(person), \(day), \(day + 6),
                            \(month % 2 == 0 ? agent : nil))
                        """)
                }
            }
            for name in ["Lamps", "Pipes"] {
                try op.tx.run(
                    """
                    INSERT INTO contractors (municipality, id, name, email)
                    VALUES (\(op.tenant), \(op.newID(of: Contractor.self)), \(name), \(name.lowercased() + "@example.org"))
                    """)
            }
            try op.organisation.touch()
        }
    }
}
