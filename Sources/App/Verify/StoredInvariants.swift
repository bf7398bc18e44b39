import Database
import Domain

extension Invariant {
    /// What queries alone can tell. What needs the rules of the domain stands in `CaseInvariants`.
    static let stored: [Invariant] = cases + contacts + mails + history + search + erased + others

    private static let cases: [Invariant] = [
        .cases(
            "open_without_deadline", "is open, but nothing says when something must happen next",
            breach: "state <> 'closed' AND (next_due_at IS NULL OR next_due_kind IS NULL OR list_order IS NULL)"),
        .cases(
            "closed_with_deadline", "is closed and nothing is left to do, but it still has a deadline",
            breach: """
                state = 'closed' AND untold_since IS NULL AND measures_due = ''
                AND (next_due_at IS NOT NULL OR next_due_kind IS NOT NULL OR list_order IS NOT NULL)
                """),
        .cases(
            "closed_and_forgotten", "is closed and something is left to do, but nothing says when",
            breach: """
                state = 'closed' AND (untold_since IS NOT NULL OR measures_due <> '')
                AND (next_due_at IS NULL OR next_due_kind IS NULL OR list_order IS NULL)
                """),
        .cases(
            "asked_without_waiting", "has its clocks stand still, but waits for nobody",
            breach: "asked_at IS NOT NULL AND state <> 'awaitingCitizen'"),
        .cases(
            "told_and_untold", "counts as settled with nobody to tell, and somebody is to be told",
            breach: "settled_at IS NOT NULL AND (untold_since IS NOT NULL OR feedback_at IS NOT NULL)"),
        .cases(
            "closed_without_answer", "is closed, but without an answer, an outcome or a time",
            breach: """
                state = 'closed' AND (outcome IS NULL OR closed_at IS NULL
                    OR words_erasure_id IS NULL AND (answer IS NULL OR trim(answer) = ''))
                """),
        .cases(
            "open_with_closure", "is open, but carries what belongs to a closed one",
            breach: """
                state <> 'closed' AND (answer IS NOT NULL OR outcome IS NOT NULL OR closed_at IS NOT NULL
                    OR reason IS NOT NULL OR authority IS NOT NULL)
                """),
        .cases(
            "no_action_without_reason", "was closed without action and without a reason",
            breach: "outcome = 'no_action' AND words_erasure_id IS NULL AND (reason IS NULL OR trim(reason) = '')"),
        .cases(
            "forwarded_to_nobody", "was forwarded, but to no authority",
            breach: "outcome = 'forwarded' AND words_erasure_id IS NULL AND (authority IS NULL OR trim(authority) = '')"
        ),
        Invariant(
            "closed_without_measure", .numberedCase, "was closed with measures taken, but none is recorded as done"
        ) { scope in
            """
            SELECT number AS subject FROM cases WHERE municipality = \(scope.tenant)\(scope.cases("id")) AND outcome = 'measures_taken'
                AND NOT EXISTS (SELECT 1 FROM measures WHERE measures.municipality = cases.municipality
                    AND measures.case_id = cases.id AND kind = 'corrective' AND done_at IS NOT NULL)
            ORDER BY id
            """
        },
        .cases(
            "parking_does_not_fit", "is parked without a promised time, or has one without being parked",
            breach: "(state = 'parked') <> (parked_until IS NOT NULL)"),
        .cases(
            "waiting_does_not_fit", "waits for the citizen without a time, or has one without waiting",
            breach: "(state = 'awaitingCitizen') <> (waiting_since IS NOT NULL)"),
        .cases(
            "state_before_does_not_fit", "has no state to come back to, or one without being put aside",
            breach: """
                (state IN ('parked', 'awaitingCitizen')) <> (state_before IS NOT NULL)
                OR state_before IN ('parked', 'awaitingCitizen', 'closed')
                """),
        .cases(
            "acknowledgement_does_not_fit", "is underway without an acknowledgement, or has one before it should",
            breach: """
                (state = 'underway' AND acknowledged_at IS NULL)
                OR (state IN ('new', 'passedOn') AND acknowledged_at IS NOT NULL)
                """),
        .cases(
            "contractor_does_not_fit", "lies with a contractor, although it is closed, confidential or nobody's",
            breach: """
                contractor_id IS NOT NULL AND (state IN ('new', 'closed') OR is_confidential = 1
                    OR NOT EXISTS (SELECT 1 FROM contractors WHERE contractors.municipality = cases.municipality
                        AND contractors.id = cases.contractor_id))
                """),
        Invariant("number_above_counter", .numberedCase, "has a number that the counter of its year has not given") {
            scope in
            """
            SELECT number AS subject FROM cases WHERE municipality = \(scope.tenant)\(scope.cases("id"))
                AND (number % 10000000000 < \(CaseNumber.firstSequence) OR NOT EXISTS (
                    SELECT 1 FROM case_counters WHERE case_counters.municipality = cases.municipality
                        AND year = number / 10000000000 AND last >= number % 10000000000))
            ORDER BY id
            """
        },
        Invariant("number_missing", .year, "has fewer cases than numbers were given", needsAll: true) { scope in
            """
            SELECT year AS subject FROM case_counters WHERE municipality = \(scope.tenant)
                AND last - \(CaseNumber.firstSequence - 1) > (SELECT count(*) FROM cases
                    WHERE cases.municipality = case_counters.municipality
                    AND number > year * 10000000000 AND number < (year + 1) * 10000000000)
            ORDER BY year
            """
        },
        Invariant("number_twice", .numberedCase, "shares its number with another case", needsAll: true) { scope in
            """
            SELECT number AS subject FROM cases WHERE municipality = \(scope.tenant)
            GROUP BY number HAVING count(*) > 1 ORDER BY number
            """
        },
        Invariant("case_without_question", .numberedCase, "belongs to no contact") { scope in
            """
            SELECT number AS subject FROM cases WHERE municipality = \(scope.tenant)\(scope.cases("id"))
                AND NOT EXISTS (SELECT 1 FROM questions WHERE questions.municipality = cases.municipality
                    AND questions.case_id = cases.id)
            ORDER BY id
            """
        },
    ]

    private static let contacts: [Invariant] = [
        Invariant("contact_without_question", .contact, "has no question") { scope in
            """
            SELECT id AS subject FROM contacts WHERE municipality = \(scope.tenant)\(scope.contacts("id"))
                AND NOT EXISTS (SELECT 1 FROM questions WHERE questions.municipality = contacts.municipality
                    AND questions.contact_id = contacts.id)
            ORDER BY id
            """
        },
        Invariant("question_left_open", .question, "is not answered, and no case follows it up") { scope in
            """
            SELECT id AS subject FROM questions WHERE municipality = \(scope.tenant)\(scope.contacts("contact_id")) AND is_answered = 0
                AND (case_id IS NULL OR NOT EXISTS (SELECT 1 FROM cases
                    WHERE cases.municipality = questions.municipality AND cases.id = questions.case_id))
            ORDER BY id
            """
        },
        Invariant("question_without_contact", .question, "belongs to no contact") { scope in
            """
            SELECT id AS subject FROM questions WHERE municipality = \(scope.tenant)\(scope.contacts("contact_id"))
                AND NOT EXISTS (SELECT 1 FROM contacts WHERE contacts.municipality = questions.municipality
                    AND contacts.id = questions.contact_id)
            ORDER BY id
            """
        },
    ]

    private static let mails: [Invariant] = [
        Invariant("mail_without_event", .mail, "tells of nothing that happened to its case") { scope in
            """
            SELECT id AS subject FROM outbox WHERE municipality = \(scope.tenant)\(scope.cases("case_id")) AND occasion IS NULL
                AND NOT EXISTS (SELECT 1 FROM events WHERE events.municipality = outbox.municipality
                    AND events.id = outbox.event_id AND events.case_id = outbox.case_id)
            ORDER BY id
            """
        },
        Invariant("mail_state_does_not_fit", .mail, "has a time of sending or a lease that does not fit its state") {
            scope in
            """
            SELECT id AS subject FROM outbox WHERE municipality = \(scope.tenant)\(scope.cases("case_id"))
                AND ((state = 'sent') <> (sent_at IS NOT NULL)
                    OR (state IN ('sending', 'handed_over')) <> (lease_until IS NOT NULL)
                    OR (state <> 'waiting' AND attempts = 0))
            ORDER BY id
            """
        },
    ]

    private static let others: [Invariant] = [
        Invariant("alert_twice", .row, "of the alerts says the same to the same as another") { scope in
            """
            SELECT min(id) AS subject FROM alerts WHERE municipality = \(scope.tenant)\(scope.cases("case_id"))
            GROUP BY case_id, kind, step, due_at, user_id, unit_id, contractor_id HAVING count(*) > 1 ORDER BY min(id)
            """
        },
        Invariant("telling_of_nothing", .event, "is said to have been told, but nobody had to hear of it") { scope in
            """
            SELECT event_id AS subject FROM tellings WHERE municipality = \(scope.tenant)\(scope.events("event_id"))
                AND NOT EXISTS (SELECT 1 FROM events WHERE events.municipality = tellings.municipality
                    AND events.id = tellings.event_id AND events.kind IN ('feedback_given', 'waiting', 'closed'))
            ORDER BY event_id
            """
        },
        Invariant("measure_unwatched", .measure, "is to be done by a day that nobody watches") { scope in
            """
            SELECT measures.id AS subject FROM measures JOIN cases
                ON cases.municipality = measures.municipality AND cases.id = measures.case_id
            WHERE measures.municipality = \(scope.tenant)\(scope.cases("measures.case_id")) AND measures.done_at IS NULL AND measures.due_at IS NOT NULL
                AND ' ' || cases.measures_due || ' ' NOT LIKE '% ' || CAST(measures.due_at AS TEXT) || ' %'
            ORDER BY measures.id
            """
        },
        Invariant("measure_without_case", .measure, "belongs to no case") { scope in
            """
            SELECT id AS subject FROM measures WHERE municipality = \(scope.tenant)\(scope.cases("case_id"))
                AND NOT EXISTS (SELECT 1 FROM cases WHERE cases.municipality = measures.municipality
                    AND cases.id = measures.case_id)
            ORDER BY id
            """
        },
        Invariant("request_without_answer", .row, "of the idempotency keys was stored without its answer") { scope in
            "SELECT user_id AS subject FROM idempotency_keys WHERE municipality = \(scope.tenant) AND status = 0 ORDER BY at"
        },
        Invariant("no_contact_centre", .municipality, "has no unit where what nobody routes can lie") { scope in
            """
            SELECT id AS subject FROM municipalities WHERE id = \(scope.tenant)
                AND NOT EXISTS (SELECT 1 FROM units WHERE units.municipality = municipalities.id
                    AND units.id = municipalities.centre)
            """
        },
    ]
}
