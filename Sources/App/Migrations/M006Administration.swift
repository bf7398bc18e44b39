import Database

extension Migration {
    /// What administration looks for without walking the rest: mails that did not arrive among those that did, changes
    /// among logins.
    static let administration = Migration(6, "administration") { _ in
        [
            "CREATE INDEX mails_not_sent ON mails (municipality, state, id) WHERE state <> 'sent'",
            "CREATE INDEX audit_of_changes ON audit (municipality, id) WHERE kind NOT IN ('logged_in', 'logged_out')",
        ]
    }
}
