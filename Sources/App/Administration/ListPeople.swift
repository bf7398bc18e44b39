import Domain

/// `GET /{m}/admin/people`: who works here, and who did.
enum ListPeople {
    static let pageSize = 100

    static let routes: [Route] = [
        .page(.adminPeople, for: .staff(.managePeople), show),
        .page(.adminPersonCases, for: .staff(.managePeople), showCases),
    ]

    private static let show: PageHandler = { visit, op in
        let (words, directory) = (op.words, op.directory)
        let unit = visit.queried("unit").flatMap { ID<Unit>(text: $0) }.flatMap { directory.units[$0] }
        let isFormer = visit.queried("show") == "former"
        let all = directory.people.values
            .filter { person in unit.map { person.user.units.contains($0.id) } ?? true }
            .sorted(in: directory.alphabet, by: \.user.name, id: \.user.id.rawValue)
        let chosen = all.filter { $0.user.isActive != isFormer }
        let columns = ["name", "login", "units", "roles"].map { words("admin.person." + $0) }
        let url = op.paths(.adminPeople)
        let narrowing = unit.map { "unit=\($0.id)&" } ?? ""
        // The whole directory is in memory, so the place in the list costs nothing.
        let start = min(chosen.count, max(0, visit.queried("after").flatMap(Int.init) ?? 0))
        var page = ListPage(
            frame: try op.frame(visit, title: words("admin.people")), back: op.administration.administrationLink,
            heading: unit.map { words("admin.people.of", ["unit": $0.name]) } ?? words("admin.people"),
            lead: words("admin.people.about"),
            add: Link(text: words("admin.people.add"), url: op.paths(.adminNewPerson)),
            filters: [
                Filter(
                    text: words("admin.people.present"), url: url + "?" + narrowing,
                    count: "\(all.count { $0.user.isActive })", isCurrent: !isFormer),
                Filter(
                    text: words("admin.people.former"), url: url + "?" + narrowing + "show=former",
                    count: "\(all.count { !$0.user.isActive })", isCurrent: isFormer),
            ],
            columns: columns, rows: chosen[start...].prefix(pageSize).map { row(for: $0, columns, op) },
            empty: words(isFormer ? "admin.people.empty_former" : "admin.people.empty"))
        if start + pageSize < chosen.count {
            page.next = url + "?" + narrowing + (isFormer ? "show=former&" : "") + "after=\(start + pageSize)"
        }
        return .page(page)
    }

    private static func row(for person: Directory.Colleague, _ columns: [String], _ op: Operation) -> ListRow {
        let user = person.user
        let units = user.units.map { op.directory.name(of: $0) }.sorted(in: op.directory.alphabet, by: \.self)
        let roles = person.roles.compactMap { op.directory.roles[$0]?.name }
            .sorted(in: op.directory.alphabet, by: \.self)
        return ListRow(cells: [
            ListCell(
                column: columns[0], text: user.name, url: op.paths(.adminPerson, user.id),
                note: op.absences.awayToday(user.id) ?? user.email, isHeading: true),
            ListCell(column: columns[1], text: user.login),
            ListCell(column: columns[2], text: op.sight.firstNames(units, op.words)),
            // Somebody without a role sees nothing and can do nothing.
            roles.isEmpty
                ? ListCell(column: columns[3], text: op.words("admin.people.no_role"), mark: .soon)
                : ListCell(column: columns[3], text: roles.joined(separator: ", ")),
        ])
    }

    /// How many open cases are with somebody, by unit: numbers only; managers of people need not see cases.
    private static let showCases: PageHandler = { visit, op in
        let id: ID<User> = try visit.id("person")
        guard let person = op.directory.people[id]?.user else { throw Refusal.notFound }
        let words = op.words
        let columns = ["unit", "open", "leader"].map { words("admin.person.cases." + $0) }
        let rows = try op.tx.rows(
            """
            SELECT unit_id, count(*) AS total FROM cases
            WHERE municipality = \(op.tenant) AND handler_id = \(id) AND \(StoredDeadlines.open)
                AND \(try op.user.confidentialSight.condition)
            GROUP BY unit_id
            """)
        let named = try rows.map { row in
            let unit: ID<Unit> = try row["unit_id"]
            let name = op.directory.name(of: unit)
            let leader = op.directory.leader(of: unit).map { op.directory.name(of: $0) }
            let cells = [
                ListCell(column: columns[0], text: name, url: op.paths(.unit, unit), isHeading: true),
                ListCell(column: columns[1], text: "\(try row["total"] as Int)"),
                ListCell(column: columns[2], text: leader ?? words("admin.unit.no_leader")),
            ]
            return (name: name, row: ListRow(cells: cells))
        }
        return .page(
            ListPage(
                frame: try op.frame(visit, title: person.name),
                back: Link(text: person.name, url: op.paths(.adminPerson, id)),
                heading: words("admin.person.cases.heading", ["name": person.name]),
                lead: words("admin.person.cases.about"), columns: columns,
                rows: named.sorted(in: op.directory.alphabet, by: \.name).map(\.row),
                empty: words("admin.person.cases.empty")))
    }
}
