import Domain

/// `GET /{m}/admin/contractors`: who works for the municipality, and how many cases they have.
enum ListContractors {
    static let routes: [Route] = [
        .page(.adminContractors, for: .staff(.manageUnits)) { visit, op in
            let words = op.words
            let isFormer = visit.queried("show") == "former"
            let all = op.directory.contractors.values.sorted(in: op.directory.alphabet, by: \.name, id: \.id.rawValue)
            let columns = ["name", "email", "contact", "cases"].map { words("admin.contractor." + $0) }
            let url = op.paths(.adminContractors)
            let open = try openCases(op)
            return .page(
                ListPage(
                    frame: try op.frame(visit, title: words("admin.contractors")),
                    back: op.administration.administrationLink,
                    heading: words("admin.contractors"), lead: words("admin.contractors.lead"),
                    add: Link(text: words("admin.contractors.add"), url: op.paths(.adminNewContractor)),
                    filters: [
                        Filter(
                            text: words("admin.active"), url: url, count: "\(all.count { $0.isActive })",
                            isCurrent: !isFormer),
                        Filter(
                            text: words("admin.inactive"), url: url + "?show=former",
                            count: "\(all.count { !$0.isActive })", isCurrent: isFormer),
                    ],
                    columns: columns,
                    rows: all.filter { $0.isActive != isFormer }.map { row(for: $0, open[$0.id] ?? 0, columns, op) },
                    empty: words("admin.contractors.empty")))
        }
    ]

    private static func row(for contractor: Contractor, _ open: Int, _ columns: [String], _ op: Operation) -> ListRow {
        ListRow(cells: [
            ListCell(
                column: columns[0], text: contractor.name, url: op.paths(.adminContractor, contractor.id),
                note: contractor.phone.map { phone in
                    PhoneNumber(phone)?.grouped(in: op.municipality.country) ?? phone
                }, isHeading: true),
            ListCell(column: columns[1], text: contractor.email),
            ListCell(
                column: columns[2],
                text: op.words(contractor.showsContact ? "admin.contractor.shown" : "admin.contractor.hidden")),
            ListCell(column: columns[3], text: "\(open)"),
        ])
    }

    private static func openCases(_ op: Operation) throws -> [ID<Contractor>: Int] {
        let rows = try op.tx.rows(
            """
            SELECT contractor_id, count(*) AS total FROM cases
            WHERE municipality = \(op.tenant) AND contractor_id IS NOT NULL GROUP BY contractor_id
            """)
        return Dictionary(
            try rows.map { (try $0["contractor_id"] as ID<Contractor>, try $0["total"] as Int) },
            uniquingKeysWith: { first, _ in first })
    }
}
