import Database
import Domain

extension Invariant {
    /// Of the history: that every line is about one thing and by somebody, and that no contact is without one.
    static let history: [Invariant] = [
        Invariant("event_without_subject", .event, "belongs to no case and no contact") { tenant in
            """
            SELECT id AS subject FROM events WHERE municipality = \(tenant)
                AND NOT EXISTS (SELECT 1 FROM cases WHERE cases.municipality = events.municipality
                    AND cases.id = events.case_id)
                AND NOT EXISTS (SELECT 1 FROM contacts WHERE contacts.municipality = events.municipality
                    AND contacts.id = events.contact_id)
            ORDER BY id
            """
        },
        Invariant("event_with_two_subjects", .event, "is about a case and about a contact") { tenant in
            """
            SELECT id AS subject FROM events
            WHERE municipality = \(tenant) AND case_id IS NOT NULL AND contact_id IS NOT NULL ORDER BY id
            """
        },
        Invariant("event_by_nobody", .event, "was made by somebody whom there is not") { tenant in
            """
            SELECT id AS subject FROM events WHERE municipality = \(tenant) AND NOT (CASE actor
                WHEN 'user' THEN EXISTS (SELECT 1 FROM users
                    WHERE users.municipality = events.municipality AND users.id = events.actor_id)
                WHEN 'contractor' THEN EXISTS (SELECT 1 FROM contractors
                    WHERE contractors.municipality = events.municipality AND contractors.id = events.actor_id)
                WHEN 'citizen' THEN EXISTS (SELECT 1 FROM contacts
                    WHERE contacts.municipality = events.municipality AND contacts.id = events.actor_id)
                WHEN 'system' THEN actor_id IS NULL ELSE 1 = 0 END)
            ORDER BY id
            """
        },
        Invariant("contact_without_event", .contact, "stands in no history") { tenant in
            """
            SELECT id AS subject FROM contacts WHERE municipality = \(tenant)
                AND NOT EXISTS (SELECT 1 FROM events WHERE events.municipality = contacts.municipality
                    AND events.contact_id = contacts.id AND events.kind = 'contact_registered')
            ORDER BY id
            """
        },
        Invariant("position_without_event", .row, "is a position of the history at which there is no event") { tenant in
            """
            SELECT position AS subject FROM event_positions WHERE municipality = \(tenant)
                AND NOT EXISTS (SELECT 1 FROM events WHERE events.municipality = event_positions.municipality
                    AND events.id = event_positions.event_id)
            ORDER BY position
            """
        },
        // Each event has one position, so their numbers and their sums are the same.
        Invariant("event_without_position", .municipality, "has events that no consumer reads, or reads twice") {
            tenant in
            """
            SELECT municipalities.id AS subject FROM municipalities, (
                SELECT count(*) AS number, coalesce(sum(id % 1000003), 0) AS total FROM events WHERE municipality = \(tenant)
            ) AS happened, (
                SELECT count(*) AS number, coalesce(sum(event_id % 1000003), 0) AS total FROM event_positions
                WHERE municipality = \(tenant)
            ) AS placed
            WHERE municipalities.id = \(tenant)
                AND (happened.number <> placed.number OR happened.total <> placed.total)
            """
        },
    ]
}
