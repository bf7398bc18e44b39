import Database

extension Migration {
    /// The mails that somebody may have to look at, found without walking those that were sent.
    static let undeliveredMail = Migration(6, "undelivered mail") { _ in
        ["CREATE INDEX mails_not_sent ON mails (municipality, state, id) WHERE state <> 'sent'"]
    }
}
