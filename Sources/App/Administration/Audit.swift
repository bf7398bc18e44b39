import Database
import Domain

/// What is done to accounts and settings, as the audit records it: who, when, what, to which thing.
enum AuditKind: String, Sendable, CaseIterable, SQLConvertible {
    case loggedIn = "logged_in"
    case loggedOut = "logged_out"
    case accountChanged = "account_changed"
    case passwordChanged = "password_changed"
    case personAdded = "person_added"
    case personChanged = "person_changed"
    case passwordSet = "password_set"
    case tokenMade = "token_made"
    case tokenRevoked = "token_revoked"
    case sightWanted = "sight_wanted"
    case sightConfirmed = "sight_confirmed"
    case sightRefused = "sight_refused"
    case readingsSeen = "readings_seen"
    case unitAdded = "unit_added"
    case unitChanged = "unit_changed"
    case contractorAdded = "contractor_added"
    case contractorChanged = "contractor_changed"
    case roleAdded = "role_added"
    case roleChanged = "role_changed"
    case roleRemoved = "role_removed"
    case categoryAdded = "category_added"
    case categoryChanged = "category_changed"
    case textChanged = "text_changed"
    case municipalityChanged = "municipality_changed"
    case calendarChanged = "calendar_changed"
    case calendarReset = "calendar_reset"
    case absenceAdded = "absence_added"
    case absenceEnded = "absence_ended"
    case reportsChanged = "reports_changed"
    case mailRetried = "mail_retried"
    case taskRetried = "task_retried"
    case taskStopped = "task_stopped"
    case retentionChanged = "retention_changed"
    case retentionWithdrawn = "retention_withdrawn"
}

extension Operation {
    /// - Parameters:
    ///   - subject: the name of the thing, as it was then.
    ///   - fields: what was changed, as an `AuditedField` reads it.
    ///   - user: who did it, where that is not yet the one who acts.
    func audit(_ kind: AuditKind, _ subject: String, fields: [String] = [], by user: ID<User>? = nil) throws {
        let id: ID<AuditEntry> = newID()
        let text = ([subject.replacing("\n", with: " ")] + fields).joined(separator: "\n")
        try tx.run(
            """
            INSERT INTO audit (municipality, id, at, user_id, kind, subject)
            VALUES (\(tenant), \(id), \(now), \(user ?? actor.userID), \(kind), \(text))
            """)
    }
}

/// A field that was changed, as a line of the audit holds it: the key of its label, and what it became as far as that
/// can be said in a word. A text or a number is not repeated.
enum AuditedField {
    static let separator: Character = "\t"

    /// - Returns: nil where the label has no words any more.
    static func text(_ stored: String, _ words: Words) -> String? {
        let parts = stored.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
        guard words.has(parts[0]) else { return nil }
        let label = words(parts[0])
        switch parts.count {
        case 2: return label + ": " + words(parts[1] == FieldValues.on ? "audit.on" : "audit.off")
        case 3:
            let changes = zip(["audit.added", "audit.removed"], parts.dropFirst()).filter { !$1.isEmpty }
            return label + ": " + changes.map { words($0, ["names": $1]) }.joined(separator: ", ")
        default: return label
        }
    }
}

extension Operation {
    /// What was changed of a thing, for the audit: with the names of what was put in and taken out, and whether a box has
    /// a tick now.
    func changes(from before: FieldValues, to after: FieldValues) -> [String] {
        before.changes(to: after).map { key in
            let (old, new) = (before.values[key] ?? "", after.values[key] ?? "")
            if after.flags.contains(key) { return key + String(AuditedField.separator) + new }
            let (earlier, present) = (Set(old.split(separator: " ")), Set(new.split(separator: " ")))
            let (added, removed) = (
                present.subtracting(earlier).map(name(ofID:)), earlier.subtracting(present).map(name(ofID:))
            )
            guard !(added + removed).contains(nil), !(added + removed).isEmpty else { return key }
            let lists = [added, removed].map { names in
                names.compactMap(\.self).sorted(in: directory.alphabet, by: \.self).joined(separator: ", ")
            }
            return ([key] + lists).joined(separator: String(AuditedField.separator))
        }
    }

    /// Nil for what is no id of something in the organisation.
    private func name(ofID text: Substring) -> String? {
        guard let id = ID<AuditEntry>(text: text)?.rawValue else { return nil }
        let name =
            directory.units[ID(id)]?.name ?? directory.people[ID(id)]?.user.name ?? directory.roles[ID(id)]?.name
        return name?.replacing("\t", with: " ")
    }
}

/// One line of the audit.
struct AuditEntry: Sendable {
    let id: ID<AuditEntry>
    var at: Instant
    var user: ID<User>?
    var kind: String
    var subject: String
    /// What was changed, as an `AuditedField` reads it.
    var fields: [String]

    init(_ row: Row) throws {
        id = try row["id"]
        at = try row["at"]
        user = try row["user_id"]
        kind = try row["kind"]
        let lines = (try row["subject"] as String).split(separator: "\n", omittingEmptySubsequences: false)
        subject = lines.first.map(String.init) ?? ""
        fields = lines.dropFirst().map(String.init)
    }
}

/// `GET /{m}/admin/audit`: who changed what, the newest first.
enum ListAudit {
    static let pageSize = 100

    static let routes: [Route] = [
        .page(.adminAudit, for: .staff(nil)) { visit, op in
            try op.administration.requireAdministration()
            if visit.queried("show") == "refused" { return .page(try ListSecurityEvents.page(visit, op)) }
            let isAll = visit.queried("show") == "all"
            // Word for word as in the partial index.
            let condition: SQL = isAll ? "1 = 1" : "kind NOT IN ('logged_in', 'logged_out', 'readings_seen')"
            let before = visit.queried("after").flatMap { ID<AuditEntry>(text: $0) }
            let rows = try op.tx.rows(
                """
                SELECT id, at, user_id, kind, subject FROM audit
                WHERE municipality = \(op.tenant) AND id < \(before ?? ID(.max)) AND \(condition)
                ORDER BY id DESC LIMIT \(pageSize + 1)
                """)
            let entries = try rows.prefix(pageSize).map(AuditEntry.init)
            let words = op.words
            let columns = ["when", "who", "what"].map { words("admin.audit." + $0) }
            var page = ListPage(
                frame: try op.frame(visit, title: words("admin.audit")), back: op.administration.administrationLink,
                heading: words("admin.audit"), lead: words("admin.audit.about"),
                filters: filters(isAll ? "all" : nil, op), columns: columns,
                rows: entries.map { row(for: $0, columns, op) }, empty: words("admin.audit.empty"))
            if rows.count > pageSize, let last = entries.last {
                page.next = op.paths(.adminAudit) + (isAll ? "?show=all&" : "?") + "after=\(last.id)"
            }
            return .page(page)
        }
    ]

    /// - Parameter chosen: as the address carries it.
    static func filters(_ chosen: String?, _ op: Operation) -> [Filter] {
        [nil, "all", "refused"].map { show in
            Filter(
                text: op.words(show.map { "admin.audit." + $0 } ?? "admin.audit"),
                url: op.paths(.adminAudit) + (show.map { "?show=" + $0 } ?? ""), isCurrent: show == chosen)
        }
    }

    private static func row(for entry: AuditEntry, _ columns: [String], _ op: Operation) -> ListRow {
        let words = op.words
        let key = "audit." + entry.kind
        let what = words.has(key) ? words(key, ["subject": entry.subject]) : entry.subject
        let fields = entry.fields.compactMap { AuditedField.text($0, words) }
        return ListRow(cells: [
            ListCell(
                column: columns[0], text: Times(op.directory.calendar, words, op.now).dayAndTime(entry.at),
                isHeading: true),
            ListCell(
                column: columns[1], text: entry.user.map { op.directory.name(of: $0) } ?? words("event.by.system")),
            ListCell(
                column: columns[2], text: what, note: fields.isEmpty ? nil : fields.joined(separator: ", ")),
        ])
    }
}
