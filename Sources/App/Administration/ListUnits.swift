import Domain

/// `GET /{m}/admin/units`: the organisation as a tree, and where nobody receives.
enum ListUnits {
    static let routes: [Route] = [
        .page(.adminUnits, for: .staff(.manageUnits)) { visit, op in
            let words = op.words
            let isFormer = visit.queried("show") == "former"
            let all = op.directory.unitTree()
            let chosen = all.filter { $0.unit.isActive != isFormer }
            let columns = ["name", "receiver", "substitute", "leader"].map { words("admin.unit." + $0) }
            let url = op.paths(.adminUnits)
            return .page(
                ListPage(
                    frame: try op.frame(visit, title: words("admin.units")), back: op.administration.administrationLink,
                    heading: words("admin.units"), lead: words("admin.units.lead"),
                    add: Link(text: words("admin.units.add"), url: op.paths(.adminNewUnit)),
                    filters: [
                        Filter(
                            text: words("admin.active"), url: url, count: "\(all.count { $0.unit.isActive })",
                            isCurrent: !isFormer),
                        Filter(
                            text: words("admin.inactive"), url: url + "?show=former",
                            count: "\(all.count { !$0.unit.isActive })", isCurrent: isFormer),
                    ],
                    columns: columns,
                    rows: chosen.map { row(for: $0.unit, depth: isFormer ? 1 : $0.depth, columns, op) },
                    empty: words("admin.units.empty")))
        }
    ]

    private static func row(for unit: Unit, depth: Int, _ columns: [String], _ op: Operation) -> ListRow {
        let gaps = op.directory.gaps(in: unit)
        func post(_ column: Int, _ gap: UnitGap, _ holder: ID<User>?) -> ListCell {
            gaps.contains(gap)
                ? ListCell(
                    column: columns[column], text: op.words("admin.unit." + gap.rawValue),
                    mark: gap == .receiver ? .late : .soon)
                : ListCell(
                    column: columns[column], text: holder.map { op.directory.name(of: $0) } ?? "",
                    note: holder.flatMap(op.absences.awayToday))
        }
        let parent = unit.parent.map { op.words("admin.unit.below", ["unit": op.directory.name(of: $0)]) }
        let place = unit.id == op.municipality.centre ? op.words("admin.unit.centre") : parent
        let notes = [place, TargetFields.summary(unit.targets, op.words)].compactMap(\.self)
        return ListRow(cells: [
            ListCell(
                column: columns[0], text: unit.name, url: op.paths(.adminUnit, unit.id),
                note: notes.isEmpty ? nil : notes.joined(separator: ". "),
                isHeading: true, level: depth > 1 ? "\(min(depth, 6))" : nil),
            post(1, .receiver, unit.receiver), post(2, .substitute, unit.substitute),
            post(3, .leader, op.directory.leader(of: unit.id)),
        ])
    }
}
