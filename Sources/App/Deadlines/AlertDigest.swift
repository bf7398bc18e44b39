import Domain

/// What one mail tells of many alerts: what has been escalated to its reader first, then what was missed, then what is
/// due today, then what else has happened. What has been done meanwhile is left out.
struct AlertDigest {
    /// More than anybody reads; the rest is counted.
    static let mostLines = 100

    let subject: String
    let body: String
    /// The cases whose words it tells.
    let mentions: Set<ID<Case>>

    /// The headings are `mail.alerts.<raw value>`.
    private enum Group: String, CaseIterable {
        case leader, missed, today, news
    }

    private struct Matter: Hashable {
        var subject: ID<Case>
        var kind: Alert.Kind
    }

    private struct Line {
        var group: Group
        var subject: ID<Case>
        var due: Instant
        var text: String
    }

    /// Nil when nothing is left to tell.
    ///
    /// - Parameters:
    ///   - reader: nil for a mailbox that several read.
    ///   - mailbox: the unit whose mailbox it is.
    init?(_ alerts: [Alert], for reader: ID<User>?, mailbox: ID<Unit>? = nil, in op: Operation) throws {
        var lines: [Line] = []
        let known = try op.alerts.subjects(of: alerts)
        let acting = reader.flatMap { op.directory.acting($0, on: op.today) }
        // The same deadline may have come by several ways; the last step of it says all.
        for same in Dictionary(grouping: alerts, by: { Matter(subject: $0.subject, kind: $0.kind) }).values {
            guard let about = known[same[0].subject] else { continue }
            // Whoever stands in hears only of what they can open; the bell of whom they stand in for keeps the rest.
            if let acting, !acting.sees(about, in: op.municipality) { continue }
            if reader == nil && about.isConfidential && about.unit != mailbox { continue }
            let standing = try same.filter { try op.alerts.stands($0, about) }
            guard let last = standing.max(by: { $0.isBefore($1) }) else { continue }
            let isEscalated = standing.contains { $0.news.reminderStep == .escalated }
            let isOwn = reader != nil && op.directory.responsible(for: about, on: op.today) == reader
            let group: Group =
                switch last.news.reminderStep {
                case nil: .news
                case _ where isEscalated && !isOwn: .leader
                case .before: .today
                case .missed, .escalated: .missed
                }
            lines.append(
                Line(group: group, subject: about.id, due: last.due, text: op.alerts.line(of: last, about: about)))
        }
        guard !lines.isEmpty else { return nil }
        let words = op.words
        subject = words.count("mail.alerts.subject", Set(lines.map(\.subject)).count)
        let shown = Group.allCases.flatMap { group in
            lines.filter { $0.group == group }.sorted { ($0.due, $0.subject) < ($1.due, $1.subject) }
        }.prefix(Self.mostLines)
        var parts: [String] = []
        for group in Group.allCases {
            let texts = shown.filter { $0.group == group }.map(\.text)
            if texts.isEmpty { continue }
            parts += [words("mail.alerts." + group.rawValue)] + texts
        }
        mentions = Set(shown.map(\.subject).compactMap { known[$0] }.compactMap { CaseOutside($0, in: op).mentioned })
        if lines.count > shown.count { parts.append(words.count("mail.alerts.more", lines.count - shown.count)) }
        body = words(
            "mail.alerts.body",
            [
                "lines": parts.joined(separator: "\n\n"), "municipality": op.municipality.name,
                "link": op.installation.settings.publicURL + op.paths(.alerts),
            ])
    }
}

extension Alert {
    /// Whether it is said earlier than another about the same deadline.
    fileprivate func isBefore(_ other: Alert) -> Bool {
        func place(_ alert: Alert) -> Int {
            alert.news.reminderStep.flatMap(Reminder.Step.allCases.firstIndex) ?? 0
        }
        return (due, place(self), id) < (other.due, place(other), other.id)
    }
}

extension AlertFacade {
    /// Whether what an alert says still holds: the deadline runs, a message has not arrived, or the acute case has not been
    /// acknowledged.
    func stands(_ alert: Alert, _ subject: Case) throws -> Bool {
        switch alert.kind {
        case .deadline(let kind):
            subject.clocks.running(directory.targets(for: subject), directory.calendar)
                .contains(Deadline(kind: kind, at: alert.due))
        // What is a colleague's or a contractor's to do ends with the case.
        case .missed(let audience):
            try (audience == .citizen || subject.state.isOpen) && op.outbox.missed(of: subject.id).contains(audience)
        case .acute: subject.isUnacknowledgedAcute
        case .contactJoined, .contractor: subject.state.isOpen
        }
    }

    /// In portions: a statement takes so many values and no more.
    func subjects(of alerts: [Alert]) throws -> [ID<Case>: Case] {
        var found: [ID<Case>: Case] = [:]
        for portion in Array(Set(alerts.map(\.subject))).portions(of: Self.portion) {
            found.merge(try op.cases.load(Set(portion), in: .everything)) { first, _ in first }
        }
        return found
    }

    /// What an alert says, without the case's title: "Feedback: 2 working days late".
    func what(_ alert: Alert) -> String {
        guard case .deadline(let kind) = alert.kind else { return words("alert." + alert.kind.rawValue) }
        return Times(directory.calendar, words, now).due(Deadline(kind: kind, at: alert.due)).text
    }

    /// What an alert says where it leaves Torg.
    func whatOutside(_ alert: Alert, about subject: CaseOutside) -> String {
        switch alert.kind {
        // That a contractor was asked, say, is nobody else's business.
        case .missed, .contactJoined, .contractor:
            subject.isConfidential ? words("alert.confidential") : what(alert)
        case .deadline, .acute: what(alert)
        }
    }

    /// "Jonas, Roads".
    func holderAndUnit(of subject: Case) -> String {
        let unit = op.cases.unitInWords(of: subject)
        if let contractor = subject.contractor { return directory.name(of: contractor) + ", " + unit }
        return subject.handler.map { directory.name(of: $0) + ", " + unit } ?? unit
    }

    /// One case in a mail to staff. A mailbox is no place for what only the unit may read.
    fileprivate func line(of alert: Alert, about subject: Case) -> String {
        let outside = CaseOutside(subject, in: op)
        var values = [
            "number": "\(subject.number)", "title": outside.title, "what": whatOutside(alert, about: outside),
            "link": installation.settings.publicURL + paths(.case, subject.number),
        ]
        guard let open = outside.open else { return words("mail.alerts.line.confidential", values) }
        // While a unit is only proposed, the contact centre has it.
        values["who"] = op.cases.isProposed(open) ? directory.name(of: municipality.centre) : holderAndUnit(of: open)
        return words("mail.alerts.line", values)
    }
}
