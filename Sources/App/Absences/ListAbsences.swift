import Domain

/// `GET /{m}/units/{unit}/people`: who works in the unit, who is away, and who stands in. For its leader.
enum ListAbsences {
    static let routes: [Route] = [
        .page(.unitPeople, for: .staff(nil)) { visit, op in
            guard let unit = op.directory.units[try visit.id("unit")], try op.user.leads(unit.id) else {
                throw Refusal.notFound
            }
            let words = op.words
            let columns = ["name", "today", "planned"].map { words("absence.column." + $0) }
            let rows = op.directory.activePeople.filter { $0.units.contains(unit.id) }
                .map { row(for: $0, columns, op) }
            return .page(
                ListPage(
                    frame: try op.frame(visit, title: unit.name),
                    back: Link(text: unit.name, url: op.paths(.unit, unit.id)),
                    heading: words("absence.unit.heading", ["unit": unit.name]), lead: words("absence.unit.lead"),
                    columns: columns, rows: rows, empty: words("absence.unit.empty")))
        }
    ]

    private static func row(for person: User, _ columns: [String], _ op: Operation) -> ListRow {
        let away = op.absences.awayToday(person.id)
        let planned = op.directory.absencesFromNow(of: person.id, op).filter { $0.first > op.today }
        return ListRow(cells: [
            ListCell(column: columns[0], text: person.name, url: op.paths(.absences, person.id), isHeading: true),
            ListCell(
                column: columns[1], text: away ?? op.words("absence.here"), mark: away == nil ? .ok : .wait),
            ListCell(
                column: columns[2],
                text: planned.isEmpty
                    ? op.words("absence.none") : planned.map { op.absences.text($0) }.joined(separator: " ")),
        ])
    }
}
