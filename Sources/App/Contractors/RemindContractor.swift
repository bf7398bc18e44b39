import Domain

extension ContractorFacade {
    /// The contractor is reminded of what they are to do, besides the handler, who stays responsible. The leader is
    /// the municipality's own.
    func remind(_ reminder: Reminder, about subject: Case, because event: ID<CaseEvent>) throws {
        guard let contractor = subject.contractor, reminder.step != .escalated,
            [.acknowledge, .feedback, .answer, .callBack, .close].contains(reminder.kind),
            let link = try link(of: subject.id), link.outcome == nil
        else { return }
        // Nobody is sent to a link that leads nowhere: the mail that brings a new one reminds as well.
        guard now < link.expiresAt else { return try sendLink(to: subject, because: event) }
        try op.alerts.raise(.contractor(contractor), about: subject, Alert.News(reminder), reminder.due)
    }
}

/// What one mail tells a contractor of all their cases that wait. What has been done meanwhile is left out, and what
/// they do not have any more.
struct ContractorReminder {
    let subject: String
    let body: String
    /// The cases whose words it tells.
    let mentions: Set<ID<Case>>

    private struct Line {
        var number: CaseNumber
        var mentioned: ID<Case>?
        var due: Instant
        var text: String
    }

    /// Nil when nothing is left to tell.
    init?(_ alerts: [Alert], to contractor: Contractor, in op: Operation) throws {
        let known = try op.alerts.subjects(of: alerts)
        let lines = try Dictionary(grouping: alerts, by: \.subject).compactMap { id, alerts -> Line? in
            guard let about = known[id], about.contractor == contractor.id else { return nil }
            return try Self.line(about, alerts.filter { try op.alerts.stands($0, about) }, contractor, op)
        }.sorted { ($0.due, $0.number.sortKey) < ($1.due, $1.number.sortKey) }
        guard let first = lines.first else { return nil }
        let words = op.words
        let names = ["number": "\(first.number)", "municipality": op.municipality.name]
        var parts = lines.prefix(AlertDigest.mostLines).map(\.text)
        if lines.count > parts.count { parts.append(words.count("mail.alerts.more", lines.count - parts.count)) }
        mentions = Set(lines.prefix(AlertDigest.mostLines).compactMap(\.mentioned))
        subject = words.count("mail.contractor_reminder.subject", lines.count, names)
        body = words(
            "mail.contractor_reminder.body", names.merging(["lines": parts.joined(separator: "\n\n")]) { $1 })
    }

    /// The key of the link is not stored, so the line names the mail that brought it.
    private static func line(
        _ about: Case, _ alerts: [Alert], _ contractor: Contractor, _ op: Operation
    ) throws -> Line? {
        let alerts = Alert.onceEach(alerts.sorted { ($0.due, $0.id) < ($1.due, $1.id) })
        guard let first = alerts.first, let link = try op.contractors.link(of: about.id), link.outcome == nil else {
            return nil
        }
        let times = Times(op.directory.calendar, op.words, op.now)
        let outside = CaseOutside(about, in: op)
        var values = [
            "number": "\(about.number)", "sent": times.day(link.createdAt),
            "what": alerts.map { op.alerts.whatOutside($0, about: outside) }.joined(separator: "\n"),
        ]
        var key = "mail.contractor_reminder.line"
        if let open = outside.open {
            values["title"] = try ContractorPrivacy(open, contractor, in: op).shown(open.title)
            values["unit"] = op.directory.name(of: op.directory.unitInCharge(of: open))
        } else {
            key += ".confidential"
        }
        return Line(
            number: about.number, mentioned: outside.mentioned, due: first.due, text: op.words(key, values))
    }
}
