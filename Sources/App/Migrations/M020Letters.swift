import Database

extension Migration {
    /// What is confidential leaves in no message, and its link opens nothing by itself.
    static let letters = Migration(20, "letters") { _ in
        [
            // Whether the words are Torg's own neutral ones, which tell nothing about the case. Those of before are not:
            // what has not been sent yet is worded anew when its case is confidential.
            "ALTER TABLE mails ADD COLUMN is_neutral INTEGER NOT NULL DEFAULT 0 CHECK (is_neutral IN (0, 1))",
            // The cases of whose words a mail that gathers many tells. One of them may become confidential before it goes.
            """
            CREATE TABLE mail_subjects (
                municipality BIGINT NOT NULL,
                mail_id BIGINT NOT NULL,
                case_id BIGINT NOT NULL,
                PRIMARY KEY (municipality, mail_id, case_id),
                FOREIGN KEY (municipality, mail_id) REFERENCES mails (municipality, id),
                FOREIGN KEY (municipality, case_id) REFERENCES cases (municipality, id)
            )
            """,
            // A keyed hash of the word that was agreed with whoever made contact.
            "ALTER TABLE contacts ADD COLUMN word_hash TEXT",
            // Codes that were sent by text message. The code itself stands nowhere: it is worked out from the nonce and
            // the installation's secret when it is sent, and when it is typed. Tries are counted where it was asked for,
            // and elsewhere.
            """
            CREATE TABLE follow_codes (
                municipality BIGINT NOT NULL,
                id BIGINT NOT NULL,
                case_id BIGINT NOT NULL,
                contact_id BIGINT NOT NULL,
                place TEXT NOT NULL,
                nonce TEXT NOT NULL,
                created_at BIGINT NOT NULL,
                expires_at BIGINT NOT NULL,
                tries INTEGER NOT NULL DEFAULT 0,
                tries_elsewhere INTEGER NOT NULL DEFAULT 0,
                used_at BIGINT,
                PRIMARY KEY (municipality, id),
                FOREIGN KEY (municipality, case_id) REFERENCES cases (municipality, id),
                FOREIGN KEY (municipality, contact_id) REFERENCES contacts (municipality, id)
            )
            """,
            "CREATE INDEX follow_codes_by_contact ON follow_codes (municipality, contact_id, id)",
        ]
    }
}
