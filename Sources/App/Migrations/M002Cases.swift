import Database

extension Migration {
    /// Contacts, cases, their history, measures, readings, and the mail that follows from them.
    static let cases = Migration(2, "cases") { _ in
        [
            """
            CREATE TABLE contacts (
                municipality BIGINT NOT NULL REFERENCES municipalities (id),
                id BIGINT NOT NULL,
                at BIGINT NOT NULL,
                channel TEXT NOT NULL CHECK (channel IN ('self_service', 'telephone', 'visit', 'email', 'letter', 'web',
                    'digital_post', 'sms', 'chat', 'social_media')),
                direction TEXT NOT NULL CHECK (direction IN ('in', 'out')),
                name TEXT,
                email TEXT,
                phone TEXT,
                phone_key TEXT,
                wants_updates INTEGER NOT NULL CHECK (wants_updates IN (0, 1)),
                language TEXT,
                registered_by BIGINT,
                source TEXT,
                source_reference TEXT,
                PRIMARY KEY (municipality, id),
                FOREIGN KEY (municipality, registered_by) REFERENCES users (municipality, id)
            )
            """,
            "CREATE INDEX contacts_by_email ON contacts (municipality, email, id) WHERE email IS NOT NULL",
            "CREATE INDEX contacts_by_phone ON contacts (municipality, phone_key, id) WHERE phone_key IS NOT NULL",
            """
            CREATE UNIQUE INDEX contacts_by_source ON contacts (municipality, source, source_reference)
            WHERE source IS NOT NULL
            """,
            "CREATE TABLE case_counters (municipality BIGINT NOT NULL, year INTEGER NOT NULL, last BIGINT NOT NULL, PRIMARY KEY (municipality, year))",
            """
            CREATE TABLE cases (
                municipality BIGINT NOT NULL REFERENCES municipalities (id),
                id BIGINT NOT NULL,
                number BIGINT NOT NULL,
                created_at BIGINT NOT NULL,
                title TEXT NOT NULL,
                category_id BIGINT,
                unit_id BIGINT NOT NULL,
                handler_id BIGINT,
                registered_by BIGINT,
                state TEXT NOT NULL CHECK (state IN ('new', 'passedOn', 'underway', 'parked', 'awaitingCitizen', 'closed')),
                state_before TEXT,
                is_acute INTEGER NOT NULL CHECK (is_acute IN (0, 1)),
                is_confidential INTEGER NOT NULL CHECK (is_confidential IN (0, 1)),
                must_be_answered INTEGER NOT NULL DEFAULT 0 CHECK (must_be_answered IN (0, 1)),
                place TEXT,
                lat DOUBLE PRECISION,
                lon DOUBLE PRECISION,
                clocks_from BIGINT NOT NULL,
                passed_at BIGINT NOT NULL,
                acknowledged_at BIGINT,
                feedback_at BIGINT,
                parked_until BIGINT,
                waiting_since BIGINT,
                paused_days INTEGER NOT NULL DEFAULT 0,
                closed_at BIGINT,
                answer TEXT,
                outcome TEXT CHECK (outcome IN ('measures_taken', 'no_action', 'forwarded')),
                reason TEXT,
                authority TEXT,
                deviation TEXT,
                next_due_at BIGINT,
                next_due_kind TEXT,
                list_order BIGINT,
                version BIGINT NOT NULL,
                PRIMARY KEY (municipality, id),
                UNIQUE (municipality, number),
                FOREIGN KEY (municipality, category_id) REFERENCES categories (municipality, id),
                FOREIGN KEY (municipality, unit_id) REFERENCES units (municipality, id),
                FOREIGN KEY (municipality, handler_id) REFERENCES users (municipality, id),
                CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
                CHECK ((state = 'closed') = (outcome IS NOT NULL)),
                CHECK ((state = 'closed') = (next_due_at IS NULL)),
                CHECK ((state = 'parked') = (parked_until IS NOT NULL)),
                CHECK ((state = 'awaitingCitizen') = (waiting_since IS NOT NULL)),
                CHECK ((state IN ('parked', 'awaitingCitizen')) = (state_before IS NOT NULL))
            )
            """,
            "CREATE INDEX open_cases ON cases (municipality, list_order, id) WHERE state <> 'closed'",
            "CREATE INDEX open_cases_by_unit ON cases (municipality, unit_id, list_order, id) WHERE state <> 'closed'",
            "CREATE INDEX open_cases_by_handler ON cases (municipality, handler_id, list_order, id) WHERE state <> 'closed'",
            "CREATE INDEX open_cases_by_state ON cases (municipality, state, list_order, id) WHERE state <> 'closed'",
            // Everything that the numbers beside the lists are counted from, so that counting touches no row.
            """
            CREATE INDEX open_case_counts ON cases (municipality, unit_id, handler_id, state, is_confidential, is_acute,
                feedback_at, next_due_at) WHERE state <> 'closed'
            """,
            "CREATE INDEX cases_by_unit ON cases (municipality, unit_id, id)",
            "CREATE INDEX cases_by_category ON cases (municipality, category_id, id)",
            """
            CREATE TABLE questions (
                municipality BIGINT NOT NULL,
                id BIGINT NOT NULL,
                contact_id BIGINT NOT NULL,
                text TEXT NOT NULL,
                category_id BIGINT,
                is_answered INTEGER NOT NULL CHECK (is_answered IN (0, 1)),
                answer TEXT,
                case_id BIGINT,
                PRIMARY KEY (municipality, id),
                FOREIGN KEY (municipality, contact_id) REFERENCES contacts (municipality, id),
                FOREIGN KEY (municipality, category_id) REFERENCES categories (municipality, id),
                FOREIGN KEY (municipality, case_id) REFERENCES cases (municipality, id),
                CHECK (is_answered = 1 OR case_id IS NOT NULL)
            )
            """,
            "CREATE INDEX questions_by_contact ON questions (municipality, contact_id, id)",
            "CREATE INDEX questions_by_case ON questions (municipality, case_id, id) WHERE case_id IS NOT NULL",
            """
            CREATE TABLE events (
                municipality BIGINT NOT NULL,
                id BIGINT NOT NULL,
                case_id BIGINT NOT NULL,
                at BIGINT NOT NULL,
                kind TEXT NOT NULL,
                actor TEXT NOT NULL CHECK (actor IN ('user', 'citizen', 'system')),
                user_id BIGINT,
                data TEXT NOT NULL,
                PRIMARY KEY (municipality, id),
                FOREIGN KEY (municipality, case_id) REFERENCES cases (municipality, id),
                FOREIGN KEY (municipality, user_id) REFERENCES users (municipality, id),
                CHECK ((actor = 'user') = (user_id IS NOT NULL))
            )
            """,
            "CREATE INDEX events_by_case ON events (municipality, case_id, id)",
            """
            CREATE TABLE measures (
                municipality BIGINT NOT NULL,
                id BIGINT NOT NULL,
                case_id BIGINT NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('corrective', 'preventive')),
                what TEXT NOT NULL,
                who TEXT NOT NULL,
                due_at BIGINT,
                done_at BIGINT,
                PRIMARY KEY (municipality, id),
                FOREIGN KEY (municipality, case_id) REFERENCES cases (municipality, id)
            )
            """,
            "CREATE INDEX measures_by_case ON measures (municipality, case_id, id)",
            """
            CREATE TABLE readings (
                municipality BIGINT NOT NULL,
                id BIGINT NOT NULL,
                case_id BIGINT NOT NULL,
                user_id BIGINT NOT NULL,
                at BIGINT NOT NULL,
                PRIMARY KEY (municipality, id),
                FOREIGN KEY (municipality, case_id) REFERENCES cases (municipality, id),
                FOREIGN KEY (municipality, user_id) REFERENCES users (municipality, id)
            )
            """,
            "CREATE INDEX readings_by_case ON readings (municipality, case_id, id)",
            """
            CREATE TABLE mails (
                municipality BIGINT NOT NULL REFERENCES municipalities (id),
                id BIGINT NOT NULL,
                case_id BIGINT NOT NULL,
                event_id BIGINT NOT NULL,
                kind TEXT NOT NULL,
                name TEXT,
                address TEXT NOT NULL,
                language TEXT NOT NULL,
                subject TEXT NOT NULL,
                body TEXT NOT NULL,
                state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'handed_over', 'sent', 'failed', 'uncertain')),
                attempts INTEGER NOT NULL DEFAULT 0,
                next_attempt_at BIGINT NOT NULL,
                lease_until BIGINT,
                fault TEXT,
                created_at BIGINT NOT NULL,
                sent_at BIGINT,
                PRIMARY KEY (municipality, id),
                UNIQUE (municipality, event_id, address),
                FOREIGN KEY (municipality, event_id) REFERENCES events (municipality, id)
            )
            """,
            """
            CREATE INDEX mails_to_send ON mails (municipality, next_attempt_at, id)
            WHERE state IN ('waiting', 'sending', 'handed_over')
            """,
            "CREATE INDEX mails_by_case ON mails (municipality, case_id, id)",
        ]
    }
}
