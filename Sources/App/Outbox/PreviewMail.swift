import Domain

/// `/mails`: what would have been sent, only while developing. There is no such page otherwise.
enum PreviewMail {
    private static let mostMails = 100

    static let routes: [Route] = [
        .page(.mails, for: .citizens) { visit, op in
            // Whoever comes through a proxy is somewhere else.
            guard op.installation.settings.isDevelopment, visit.address == Visit.here else { throw Refusal.notFound }
            let times = Times(op.directory.calendar, op.words, op.now)
            let mails = try op.tx.rows(
                "SELECT * FROM outbox WHERE municipality = \(op.tenant) ORDER BY id DESC LIMIT \(mostMails)"
            ).map(OutboxMessage.init)
            let wanted = visit.queried("mail").flatMap { ID<OutboxMessage>(text: $0) }
            let open = try wanted.flatMap { id in
                try op.tx.row("SELECT * FROM outbox WHERE municipality = \(op.tenant) AND id = \(id)")
            }.map(OutboxMessage.init)
            return .page(
                MailPreviewPage(
                    frame: try op.frame(visit, title: op.words("mails.heading")),
                    mails: mails.map { mail in
                        MailRow(
                            subject: op.retention.shown(mail.subject, erasedBy: mail.erasure), to: mail.address,
                            when: times.dayAndTime(mail.createdAt),
                            url: op.paths(.mails) + "?mail=\(mail.id)", isCurrent: mail.id == wanted)
                    },
                    mail: open.map { mail in
                        MailView(
                            subject: op.retention.shown(mail.subject, erasedBy: mail.erasure), to: mail.address,
                            from: op.municipality.name,
                            when: times.dayAndTime(mail.createdAt), body: mail.body)
                    }))
        }
    ]
}
