import Database
import Domain
import Support
import Synchronization
import Testing

@testable import App

/// The breaches that are planted, one of each kind.
extension VerifyTests {
    struct Planted {
        /// The invariant that must speak up.
        var name: String
        /// Which cases will do.
        var among: SQL = "state = 'underway'"
        var plant: @Sendable (_ id: ID<Case>, App.Operation) throws -> Void

        init(
            _ name: String, _ among: SQL = "state = 'underway'",
            _ plant: @escaping @Sendable (_ id: ID<Case>, App.Operation) throws -> Void
        ) {
            self.name = name
            self.among = among
            self.plant = plant
        }

        /// Changes columns of the case.
        static func set(_ name: String, _ among: SQL, _ change: SQL) -> Planted {
            Planted(name, among) { id, op in
                try op.tx.run("UPDATE cases SET \(change) WHERE municipality = \(op.tenant) AND id = \(id)")
            }
        }
    }

    static let planted: [Planted] = [
        .set("open_without_deadline", "state = 'underway'", "next_due_at = NULL, next_due_kind = NULL"),
        .set(
            "closed_with_deadline", "state = 'closed' AND untold_since IS NULL AND measures_due = ''",
            "next_due_at = 1, next_due_kind = 'close'"),
        .set(
            "closed_and_forgotten", "state = 'closed' AND untold_since IS NULL AND measures_due = ''",
            "untold_since = 1, settled_at = NULL"),
        .set("asked_without_waiting", "state = 'underway'", "asked_at = 1"),
        .set("told_and_untold", "state = 'underway'", "settled_at = 1, feedback_at = 1"),
        Planted("telling_of_nothing") { id, op in
            try op.tx.run(
                """
                INSERT INTO tellings (municipality, event_id, contact_id, how, at)
                SELECT events.municipality, events.id, questions.contact_id, 'visit', 1 FROM events JOIN questions
                    ON questions.municipality = events.municipality AND questions.case_id = events.case_id
                WHERE events.municipality = \(op.tenant) AND events.case_id = \(id) AND kind = 'case_opened'
                """)
        },
        Planted("measure_unwatched") { id, op in
            try op.tx.run(
                """
                INSERT INTO measures (municipality, id, case_id, kind, what, who, due_at)
                VALUES (\(op.tenant), 78, \(id), 'preventive', 'Cable', 'Crew', 99)
                """)
        },
        .set("closed_without_answer", "state = 'closed'", "answer = ' '"),
        .set("open_with_closure", "state = 'underway'", "answer = 'Mended'"),
        .set("no_action_without_reason", "outcome = 'no_action'", "reason = NULL"),
        .set("forwarded_to_nobody", "outcome = 'forwarded'", "authority = NULL"),
        .set(
            "erased_and_under_way", "state = 'closed' AND untold_since IS NULL AND measures_due = ''",
            "people_erasure_id = 1, list_order = 1"),
        .set("case_erased_in_part", "state = 'closed'", "words_erasure_id = 1"),
        Planted("contact_erased_in_part", "state = 'closed'") { id, op in
            try op.tx.run(
                """
                UPDATE contacts SET erasure_id = 1, name = 'Kari' WHERE municipality = \(op.tenant) AND id IN (
                    SELECT contact_id FROM questions WHERE municipality = \(op.tenant) AND case_id = \(id))
                """)
        },
        Planted("question_erased_in_part", "state = 'closed'") { id, op in
            try op.tx.run(
                "UPDATE questions SET erasure_id = 1 WHERE municipality = \(op.tenant) AND case_id = \(id)")
        },
        Planted("mail_erased_in_part", "EXISTS (SELECT 1 FROM outbox WHERE outbox.case_id = cases.id)") { id, op in
            try op.tx.run(
                "UPDATE outbox SET erasure_id = 1 WHERE municipality = \(op.tenant) AND case_id = \(id)")
        },
        Planted("closed_without_measure", "outcome = 'measures_taken'") { id, op in
            try op.tx.run("UPDATE measures SET done_at = NULL WHERE municipality = \(op.tenant) AND case_id = \(id)")
        },
        .set("parking_does_not_fit", "state = 'parked'", "parked_until = NULL"),
        .set("waiting_does_not_fit", "state = 'underway'", "waiting_since = 1"),
        .set("state_before_does_not_fit", "state = 'parked'", "state_before = 'closed'"),
        .set("acknowledgement_does_not_fit", "state = 'underway'", "acknowledged_at = NULL"),
        .set("contractor_does_not_fit", "state = 'underway'", "contractor_id = 1"),
        .set("number_above_counter", "state = 'new'", "number = number + 50000"),
        Planted("number_missing") { _, op in
            try op.tx.run("UPDATE case_counters SET last = last + 1 WHERE municipality = \(op.tenant)")
        },
        .set("number_invalid", "state = 'new'", "number = number - 10000"),
        Planted("case_without_question", "state = 'new'") { id, op in
            try op.tx.run("DELETE FROM questions WHERE municipality = \(op.tenant) AND case_id = \(id)")
        },
        Planted("contact_without_question") { _, op in
            try op.tx.run(
                """
                INSERT INTO contacts (municipality, id, at, channel, direction, wants_updates)
                VALUES (\(op.tenant), 1, 1, 'visit', 'in', 0)
                """)
        },
        Planted("question_left_open", "state = 'new'") { id, op in
            try op.tx.run("UPDATE questions SET case_id = NULL WHERE municipality = \(op.tenant) AND case_id = \(id)")
        },
        Planted("case_not_searchable") { id, op in
            try op.tx.run("DELETE FROM search_texts WHERE municipality = \(op.tenant) AND id = \(id)")
        },
        Planted("case_found_by_others") { id, op in
            try op.tx.run(
                "UPDATE cases SET is_confidential = 1 WHERE municipality = \(op.tenant) AND id = \(id)")
        },
        Planted("contact_not_searchable") { id, op in
            try op.tx.run(
                """
                DELETE FROM search_texts_of_contacts WHERE municipality = \(op.tenant) AND id IN (
                    SELECT contact_id FROM questions WHERE municipality = \(op.tenant) AND case_id = \(id))
                """)
        },
        Planted("contact_found_by_others", "is_confidential = 1") { id, op in
            try op.tx.run(
                """
                UPDATE search_texts_of_contacts SET reader = NULL WHERE municipality = \(op.tenant) AND id IN (
                    SELECT contact_id FROM questions WHERE municipality = \(op.tenant) AND case_id = \(id))
                """)
        },
        Planted("search_without_contact") { _, op in
            try SearchIndex.put(
                .contact, id: 77, tenant: op.tenant.rawValue, FoundBy("left behind"), language: .norwegian, in: op.tx)
        },
        Planted("search_without_case") { _, op in
            try SearchIndex.put(
                .matter, id: 77, tenant: op.tenant.rawValue, FoundBy("left behind"), language: .norwegian, in: op.tx)
        },
        Planted("mail_without_event", "EXISTS (SELECT 1 FROM outbox WHERE outbox.case_id = cases.id)") { id, op in
            try op.tx.run("UPDATE outbox SET case_id = 1 WHERE municipality = \(op.tenant) AND case_id = \(id)")
        },
        Planted("mail_state_does_not_fit", "EXISTS (SELECT 1 FROM outbox WHERE outbox.case_id = cases.id)") { id, op in
            try op.tx.run("UPDATE outbox SET state = 'sent' WHERE municipality = \(op.tenant) AND case_id = \(id)")
        },
        Planted("request_without_answer") { _, op in
            try op.tx.run(
                """
                INSERT INTO idempotency_keys (municipality, user_id, key, request_hash, status, body, at)
                VALUES (\(op.tenant), 1, 'key', 'hash', 0, '', 1)
                """)
        },
        Planted("alert_twice") { id, op in
            for alert in [1, 2] {
                try op.tx.run(
                    """
                    INSERT INTO alerts (municipality, id, unit_id, case_id, kind, step, due_at, at)
                    VALUES (\(op.tenant), \(alert), \(op.municipality.centre), \(id), 'close', 'missed', 1, 1)
                    """)
            }
        },
        Planted("reminded_twice") { id, op in
            for event in [1, 2] {
                try op.tx.run(
                    """
                    INSERT INTO events (municipality, id, case_id, at, kind, actor, data)
                    VALUES (\(op.tenant), \(event), \(id), 1, 'reminder_sent', 'system',
                        '{"deadline":"close","step":"missed","until":"2026-07-20T08:00:00Z"}')
                    """)
            }
        },
        Planted("position_without_event", "state = 'closed'") { _, op in
            try op.tx.run(
                "INSERT INTO event_positions (municipality, position, event_id) VALUES (\(op.tenant), 100000, 5)")
        },
        Planted("event_without_position", "state = 'closed'") { _, op in
            try op.tx.run("DELETE FROM event_positions WHERE municipality = \(op.tenant) AND position = 3")
        },
        .set("reminder_differs", "state = 'underway'", "next_reminder_at = 1"),
        Planted("no_contact_centre") { _, op in
            try op.tx.run("UPDATE municipalities SET centre = 1 WHERE id = \(op.tenant)")
        },
        Planted("history_begins_wrong") { id, op in
            try op.tx.run(
                """
                UPDATE events SET kind = 'note_added'
                WHERE municipality = \(op.tenant) AND case_id = \(id) AND kind = 'case_opened'
                """)
        },
        Planted("opened_twice") { id, op in
            try op.tx.run(
                """
                UPDATE events SET kind = 'case_opened'
                WHERE municipality = \(op.tenant) AND case_id = \(id) AND kind = 'acknowledged'
                """)
        },
        Planted("history_unreadable") { id, op in
            try op.tx.run(
                "UPDATE events SET data = '{' WHERE municipality = \(op.tenant) AND case_id = \(id) AND kind = 'acknowledged'"
            )
        },
        Planted("event_with_two_subjects", "state = 'closed'") { id, op in
            try op.tx.run(
                """
                UPDATE events SET contact_id = (SELECT min(id) FROM contacts WHERE municipality = \(op.tenant))
                WHERE municipality = \(op.tenant) AND case_id = \(id) AND kind = 'closed'
                """)
        },
        Planted("event_by_nobody", "state = 'closed'") { id, op in
            try op.tx.run(
                """
                UPDATE events SET actor = 'contractor', actor_id = 5
                WHERE municipality = \(op.tenant) AND case_id = \(id) AND kind = 'closed'
                """)
        },
        Planted("contact_event_unreadable", "state = 'closed'") { _, op in
            try op.tx.run(
                """
                UPDATE events SET data = '{' WHERE municipality = \(op.tenant) AND id = (
                    SELECT min(id) FROM events WHERE municipality = \(op.tenant) AND contact_id IS NOT NULL)
                """)
        },
        Planted("contact_without_event", "state = 'closed'") { _, op in
            try op.tx.run(
                """
                DELETE FROM events WHERE municipality = \(op.tenant) AND id = (
                    SELECT max(id) FROM contacts WHERE municipality = \(op.tenant))
                """)
        },
        .set("state_differs_from_history", "state = 'passedOn'", "state = 'new'"),
        .set("deadline_differs", "state = 'passedOn'", "next_due_at = next_due_at + 1"),
        .set("order_differs", "state = 'passedOn'", "list_order = list_order + 1"),
        .set("case_unreadable", "state = 'passedOn'", "next_due_kind = 'someday'"),
    ]

    /// What SQLite's own constraints cannot be talked out of.
    static let plantedOnPostgreSQL: [Planted] = [
        .set("number_twice", "state = 'new'", "number = (SELECT min(number) FROM cases)"),
        Planted("event_without_subject", "state = 'closed'") { _, op in
            try op.tx.run(
                """
                INSERT INTO events (municipality, id, case_id, at, kind, actor, data)
                VALUES (\(op.tenant), 5, 5, 5, 'note_added', 'system', '{}')
                """)
        },
        Planted("measure_without_case", "state = 'closed'") { _, op in
            try op.tx.run(
                """
                INSERT INTO measures (municipality, id, case_id, kind, what, who)
                VALUES (\(op.tenant), 5, 5, 'corrective', 'Something', 'Somebody')
                """)
        },
        Planted("question_without_contact", "state = 'closed'") { _, op in
            try op.tx.run(
                """
                INSERT INTO questions (municipality, id, contact_id, text, is_answered)
                VALUES (\(op.tenant), 5, 5, 'What?', 1)
                """)
        },
    ]
}
