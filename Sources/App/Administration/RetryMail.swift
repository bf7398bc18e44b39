import Domain

/// `POST /{m}/admin/mail/{id}/retry`: sends a mail again that failed or whose fate is uncertain.
enum RetryMail {
    static let routes: [Route] = [
        .form(
            .post, .adminMailRetry, for: .staff(.seeMail), form: "retry",
            show: ListMail.showOne,
            perform: retry)
    ]

    /// The form as it stands with the mail; nil when there is nothing to try again.
    static func form(for mail: OutboxMessage, _ fields: FormFields, _ op: Operation) -> ActionForm? {
        guard mail.state == .failed || mail.state == .uncertain, mail.erasure == nil else { return nil }
        let words = op.words
        let isUncertain = mail.state == .uncertain
        return ActionForm(
            id: "retry", title: words("admin.mail.retry"),
            hint: isUncertain ? words("admin.mail.retry.uncertain") : nil,
            url: op.paths(.adminMailRetry, mail.id), fields: isUncertain ? [fields.check("twice")] : [],
            submit: words("admin.mail.retry"), isPrimary: true, isOpen: !fields.input.errors.isEmpty)
    }

    private static let retry: PageHandler = { visit, op in
        let id: ID<OutboxMessage> = try visit.id("mail")
        let row = try op.tx.row("SELECT * FROM outbox WHERE municipality = \(op.tenant) AND id = \(id)")
        guard let mail = try row.map(OutboxMessage.init) else { throw Refusal.notFound }
        // Only the manager can know whether it arrived: it is never sent twice unasked.
        if mail.state == .uncertain, visit.form.first("twice") == nil { throw InputErrors("twice", "confirm_twice") }
        // The number of attempts stays: it is what a sender that was thought dead is known by.
        let count = try op.tx.run(
            """
            UPDATE outbox SET state = 'waiting', next_attempt_at = \(op.now), lease_until = NULL,
                fault = NULL
            WHERE municipality = \(op.tenant) AND id = \(id) AND state = \(mail.state)
                AND state IN ('failed', 'uncertain') AND erasure_id IS NULL
            """)
        guard count == 1 else { throw InputErrors(nil, "mail_not_stuck") }
        op.installation.messageQueued.note()
        // The case, not the address: the audit is kept longer than what citizens told. That there is a confidential one is
        // nothing for those who read the audit.
        let number: Int64? = try op.tx.value(
            """
            SELECT number FROM cases WHERE municipality = \(op.tenant) AND id = \(mail.caseID) AND is_confidential = 0
            """)
        try op.audit(.mailRetried, number.map { "\(CaseNumber(sortKey: $0))" } ?? "–")
        return .redirect(op.paths(.adminMails), flash: "mail_queued")
    }
}
