import Database
import Domain

/// `GET /{m}/admin/audit?show=refused`: who tried what they may not, and who was turned away, apart from what was changed.
enum ListSecurityEvents {
    static func page(_ visit: Visit, _ op: Operation) throws -> ListPage {
        let words = op.words
        let kind = visit.queried("kind").flatMap(SecurityEvent.Kind.init)
        let condition: SQL = kind.map { "kind = \($0)" } ?? "1 = 1"
        // By the time that is shown, the last one; it lies in the hour, which the index knows.
        let before = visit.queried("after").flatMap(Place.init) ?? Place(at: Instant(milliseconds: .max), id: ID(.max))
        let rows = try op.tx.rows(
            """
            SELECT id, kind, user_id, network, count, last_at FROM security_events
            WHERE municipality = \(op.tenant)
                AND (hour, last_at, id) < (\(before.at.hour), \(before.at), \(before.id)) AND \(condition)
            ORDER BY hour DESC, last_at DESC, id DESC LIMIT \(ListAudit.pageSize + 1)
            """)
        let columns = ["when", "what", "who", "network", "count"].map { words("admin.audit." + $0) }
        let url = op.paths(.adminAudit)
        var page = ListPage(
            frame: try op.frame(visit, title: words("admin.audit.refused")), back: op.administration.administrationLink,
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
        if rows.count > ListAudit.pageSize, let last = rows.dropLast().last {
            let place = Place(at: try last["last_at"], id: try last["id"])
            page.next = url + "?show=refused&" + (kind.map { "kind=\($0.rawValue)&" } ?? "") + "after=\(place)"
        }
        return page
    }

    /// Where in the list a page ends.
    private struct Place: CustomStringConvertible {
        let at: Instant
        let id: ID<SecurityEvent>

        init(at: Instant, id: ID<SecurityEvent>) {
            self.at = at
            self.id = id
        }

        init?(_ text: String) {
            let parts = text.split(separator: "-")
            guard parts.count == 2, let at = Int64(parts[0]), let id = ID<SecurityEvent>(text: String(parts[1])) else {
                return nil
            }
            self.init(at: Instant(milliseconds: at), id: id)
        }

        var description: String { "\(at.milliseconds)-\(id)" }
    }

    private static func name(of network: String, _ words: Words) -> String {
        switch network {
        case "": words("admin.audit.network.many")
        case ClientAddress.own: words("admin.audit.network.own")
        default: network
        }
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
                url: try user.flatMap { try op.user.may(.managePeople) ? op.paths(.adminPerson, $0) : nil }),
            ListCell(column: columns[3], text: name(of: network, words)),
            ListCell(column: columns[4], text: "\(try row["count"] as Int)"),
        ])
    }
}
