import Database
import Domain

/// `GET /{m}/admin/audit?show=refused`: who tried what they may not, and who was turned away, apart from what was changed.
enum ListSecurityEvents {
    static func page(_ visit: Visit, _ op: Operation) throws -> ListPage {
        let words = op.words
        let kind = visit.queried("kind").flatMap(SecurityEvent.Kind.init)
        let condition: SQL = kind.map { "kind = \($0)" } ?? "1 = 1"
        let before = visit.queried("after").flatMap { ID<SecurityEvent>(text: $0) } ?? ID(.max)
        let rows = try op.tx.rows(
            """
            SELECT id, kind, user_id, network, count, last_at FROM security_events
            WHERE municipality = \(op.tenant) AND id < \(before) AND \(condition)
            ORDER BY id DESC LIMIT \(ListAudit.pageSize + 1)
            """)
        let columns = ["when", "what", "who", "network", "count"].map { words("admin.audit." + $0) }
        let url = op.paths.admin("audit")
        var page = ListPage(
            frame: try op.frame(visit, title: words("admin.audit.refused")), back: op.administrationLink,
            heading: words("admin.audit.refused"),
            lead: words("admin.audit.refused.about", ["days": "\(Installation.securityEventLifetime)"]),
            filters: ListAudit.filters("refused", op), columns: columns,
            rows: try rows.prefix(ListAudit.pageSize).map { try row($0, columns, op) },
            empty: words("admin.audit.refused.empty"))
        page.choices = [
            FormFields(words: words, form: "admin.audit", input: FormInput(values: visit.query)).select(
                "kind",
                SecurityEvent.Kind.allCases.map { .init(value: $0.rawValue, text: words("security." + $0.rawValue)) },
                prompt: words("admin.audit.kind.all"), required: true)
        ]
        page.hidden = [HiddenValue(name: "show", value: "refused")]
        page.choicesURL = url
        if rows.count > ListAudit.pageSize, let last: ID<SecurityEvent> = try rows.dropLast().last?["id"] {
            page.next = url + "?show=refused&" + (kind.map { "kind=\($0.rawValue)&" } ?? "") + "after=\(last)"
        }
        return page
    }

    private static func row(_ row: Row, _ columns: [String], _ op: Operation) throws -> ListRow {
        let words = op.words
        let user: ID<User>? = try row["user_id"]
        let network: String = try row["network"]
        let kind: String = try row["kind"]
        return ListRow(cells: [
            ListCell(
                column: columns[0],
                text: Times(op.directory.calendar, words, op.now).dayAndTime(try row["last_at"]), isHeading: true),
            ListCell(column: columns[1], text: words("security." + kind)),
            ListCell(
                column: columns[2],
                text: user.map { op.directory.name(of: $0) } ?? words("admin.audit.nobody"),
                url: try user.flatMap { try op.user.may(.managePeople) ? op.paths.admin("people", $0) : nil }),
            ListCell(column: columns[3], text: network.isEmpty ? words("admin.audit.network.many") : network),
            ListCell(column: columns[4], text: "\(try row["count"] as Int)"),
        ])
    }
}
