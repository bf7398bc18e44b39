import Database
import Domain

/// `GET /{m}/admin/mail` and `/{m}/admin/mail/{id}`: what has been sent, and what did not arrive.
enum ListMail {
    static let pageSize = 50

    static let routes: [Route] = [
        .page(.adminMails, for: .staff(.seeMail), show),
        .page(.adminMail, for: .staff(.seeMail), showOne),
    ]

    /// How many mails stand in each state but sent: those grow for ever, and nobody has to do anything about them.
    static func counts(_ op: Operation) throws -> [OutboxMessage.State: Int] {
        let rows = try op.tx.rows(
            """
            SELECT state, count(*) AS total FROM outbox WHERE municipality = \(op.tenant) AND state <> 'sent'
            GROUP BY state
            """)
        return Dictionary(
            try rows.map { (try $0["state"], try $0["total"]) }, uniquingKeysWith: { first, _ in first })
    }

    private static let show: PageHandler = { visit, op in
        let words = op.words
        let state = visit.queried("show").flatMap(OutboxMessage.State.init)
        let before = visit.queried("after").flatMap { ID<OutboxMessage>(text: $0) } ?? ID(.max)
        // With the condition in the query the partial index serves what is not sent.
        let condition: SQL =
            switch state {
            case nil: "1 = 1"
            case .sent: "outbox.state = 'sent'"
            case .some(let state): "outbox.state <> 'sent' AND outbox.state = \(state)"
            }
        let rows = try op.tx.rows(
            """
            SELECT outbox.*, \(try SentMail.columns(in: op)) FROM outbox
            LEFT JOIN cases ON cases.municipality = outbox.municipality AND cases.id = outbox.case_id
            WHERE outbox.municipality = \(op.tenant) AND outbox.id < \(before) AND \(condition)
            ORDER BY outbox.id DESC LIMIT \(pageSize + 1)
            """)
        let mails = try rows.prefix(pageSize).map(SentMail.init)
        let columns = ["subject", "to", "when", "state"].map { words("admin.mail." + $0) }
        let url = op.paths(.adminMails)
        let counts = try counts(op)
        let all = Filter(text: words("list.filter.all"), url: url, isCurrent: state == nil)
        var page = ListPage(
            frame: try op.frame(visit, title: words("admin.mail")), back: op.administration.administrationLink,
            heading: words("admin.mail"), lead: words("admin.mail.about"),
            filters: [all]
                + OutboxMessage.State.allCases.map {
                    Filter(
                        text: words("mailstate." + $0.rawValue), url: url + "?show=" + $0.rawValue,
                        count: $0 == .sent ? nil : "\(counts[$0] ?? 0)", isCurrent: $0 == state)
                },
            columns: columns, rows: mails.map { row(for: $0, columns, op) },
            empty: words(state == nil ? "admin.mail.none" : "admin.mail.empty"))
        if rows.count > pageSize, let last = mails.last {
            page.next = url + "?" + (state.map { "show=\($0.rawValue)&" } ?? "") + "after=\(last.mail.id)"
        }
        return .page(page)
    }

    private static func row(for sent: SentMail, _ columns: [String], _ op: Operation) -> ListRow {
        let (mail, words) = (sent.mail, op.words)
        let times = Times(op.directory.calendar, words, op.now)
        return ListRow(
            cells: [
                ListCell(
                    column: columns[0], text: sent.subject(words), url: op.paths(.adminMail, mail.id),
                    note: sent.number.map { "\($0)" }, isHeading: true),
                ListCell(
                    column: columns[1], text: sent.address(words) ?? "–",
                    note: mail.medium == .sms ? words("admin.mail.medium.sms") : nil),
                ListCell(column: columns[2], text: times.dayAndTime(mail.sentAt ?? mail.createdAt)),
                ListCell(
                    column: columns[3], text: words("mailstate." + mail.state.rawValue), mark: mail.state.mark),
            ])
    }

    static let showOne: PageHandler = { visit, op in
        let row = try op.tx.row(
            """
            SELECT outbox.*, \(try SentMail.columns(in: op)) FROM outbox
            LEFT JOIN cases ON cases.municipality = outbox.municipality AND cases.id = outbox.case_id
            WHERE outbox.municipality = \(op.tenant) AND outbox.id = \(try visit.id("mail", of: OutboxMessage.self))
            """)
        guard let sent = try row.map(SentMail.init) else { throw Refusal.notFound }
        let (mail, words) = (sent.mail, op.words)
        let times = Times(op.directory.calendar, words, op.now)
        let visible = try mail.caseID.flatMap { try op.cases.load([$0], in: op.scope)[$0] }
        if let visible { op.noteReading(of: visible) }
        let facts: [(String, String?, String?)] = [
            ("to", sent.address(words) ?? "–", nil),
            ("medium", words("admin.mail.medium." + mail.medium.rawValue), nil),
            ("case", sent.number.map { "\($0)" }, visible.map { op.paths(.case, $0.number) }),
            ("state", words("mailstate." + mail.state.rawValue), nil),
            ("when", times.dayAndTime(mail.sentAt ?? mail.createdAt), nil), ("attempts", "\(mail.attempts)", nil),
            ("fault", sent.fault, nil),
        ]
        let fields = FormFields(words: words, form: "admin.mail", input: visit.form)
        return .page(
            OutgoingMailPage(
                frame: try op.frame(visit, title: sent.subject(words)), summary: fields.summary,
                back: op.administration.link(to: .mail), heading: sent.subject(words),
                facts: facts.compactMap { name, text, url in
                    text.map { Fact(term: words("admin.mail." + name), text: $0, url: url) }
                },
                body: mail.erasure == nil ? visible.map { _ in withoutKey(mail.body) } : nil,
                withheld: try mail.erasure.map(op.retention.told)
                    ?? (visible == nil ? words("admin.mail.withheld") : nil),
                action: RetryMail.form(for: mail, fields, op)))
    }
}

/// The key in the link is the citizen's: whoever holds it acts as them.
func withoutKey(_ body: String) -> String {
    body.replacing(/\?key=[A-Za-z0-9_-]+/, with: "?key=…")
}

/// A mail with what the case says about who may read it.
private struct SentMail {
    let mail: OutboxMessage
    /// Nil for a mail that gathers alerts about many cases, and for one about a case that is kept from the reader.
    let number: CaseNumber?
    let isConfidential: Bool
    /// Whoever manages the mail sees that there is one, not what it says, about which case, or to whom (R1.7): that is on
    /// the case's own page. A code goes to somebody with a confidential case, and does not say with which.
    private let isKept: Bool

    init(_ row: Row) throws {
        mail = try OutboxMessage(row)
        isConfidential = try row["is_confidential"] ?? false
        isKept = try row["is_kept"]
        let key: Int64? = try row["case_number"]
        number = isKept ? nil : key.map { CaseNumber(sortKey: $0) }
    }

    /// What is needed beside the mail, from the table `cases`.
    static func columns(in op: Operation) throws -> SQL {
        """
        cases.number AS case_number, cases.is_confidential,
            CASE WHEN outbox.kind = \(MessageKind.followCode) THEN 1
                WHEN cases.id IS NULL OR \(try op.user.confidentialSight.condition) THEN 0 ELSE 1 END AS is_kept
        """
    }

    /// Nil where nobody but the unit may know it.
    func address(_ words: Words) -> String? {
        isKept ? nil : mail.erasure == nil ? mail.address : words("erased")
    }
    /// A mail server tells the address in what it refuses.
    var fault: String? { isKept ? nil : mail.fault }

    func subject(_ words: Words) -> String {
        isConfidential
            ? words("admin.mail.confidential") : mail.erasure == nil ? mail.subject : words("erased")
    }
}

extension OutboxMessage.State {
    var mark: DueKind {
        switch self {
        case .sent: .ok
        case .failed, .uncertain: .late
        case .waiting, .sending, .handedOver: .wait
        }
    }
}
