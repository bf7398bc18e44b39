import Database
import Domain

/// The lists one works from: what has come in, one's own, a unit's, and what must be followed up.
enum WorkLists {
    static let pageSize = 50

    static let routes: [Route] = [
        .page(.intake, for: .staff(nil)) { visit, op in
            guard try op.user.mayDistribute(in: op.municipality) else { throw Refusal.forbidden }
            return try List(
                heading: op.words("navigation.intake"), path: op.paths(.intake), empty: "list.empty.intake",
                conditions: ["cases.state = 'new'"], filters: [.acute, .late],
                lookedThrough: op.directory.units[op.municipality.centre], hidesState: true
            ).show(visit, op)
        },
        .page(.mine, for: .staff(nil)) { visit, op in
            try List(
                heading: op.words("navigation.mine"), path: op.paths(.mine), empty: "list.empty.mine",
                conditions: ["cases.handler_id IN \(list: try op.user.handlers.sorted())"], isOwn: true
            ).show(visit, op)
        },
        .page(.openCases, for: .staff(nil)) { visit, op in
            // Each has an entry of its own among the lists, and goes by that name.
            try List(heading: op.words("list.open"), path: op.paths(.openCases), isNamedByFilter: true).show(visit, op)
        },
        .page(.unit, for: .staff(nil)) { visit, op in
            let id: ID<Unit> = try visit.id("unit")
            guard let unit = op.directory.units[id] else { throw Refusal.notFound }
            return try List(
                heading: unit.name, path: op.paths(.unit, id), conditions: ["cases.unit_id = \(id)"], unit: unit,
                lookedThrough: unit
            ).show(visit, op)
        },
    ]

    private struct List {
        var heading: String
        var path: String
        var empty = "list.empty"
        var conditions: [SQL] = []
        var filters = CaseFilter.allCases
        var unit: Unit?
        /// Whose new reports are to be looked through every day.
        var lookedThrough: Unit?
        var hidesState = false
        var isNamedByFilter = false
        var isOwn = false

        func show(_ visit: Visit, _ op: Operation) throws -> Reply {
            let chosen = visit.queried("show").flatMap(CaseFilter.init)
            let narrowed = conditions + (chosen.map { [$0.condition(at: op.now)] } ?? [])
            let page = try CaseList(
                scope: try op.scope, conditions: narrowed, order: .urgency, limit: WorkLists.pageSize,
                after: visit.queried("after").flatMap(CaseList.Cursor.init)
            ).load(in: op)
            let named = isNamedByFilter ? chosen.map { op.words("navigation." + $0.rawValue) } : nil
            let title = named ?? chosen.map { "\(heading): \(op.words("list.filter." + $0.rawValue))" } ?? heading
            let narrowing = chosen.map { "show=\($0.rawValue)&" } ?? ""
            return .page(
                CaseListPage(
                    frame: try op.frame(visit, title: title), heading: named ?? heading, summary: try summary(op),
                    people: try peopleLink(op),
                    look: try lookedThrough.flatMap { try LookThrough.notice(for: $0, fromIntake: unit == nil, op) },
                    filters: chips(chosen, op), rows: try op.cases.rows(for: page.cases, withState: !hidesState),
                    hidesState: hidesState,
                    next: page.next.map { path + "?" + narrowing + "after=" + $0.text },
                    empty: op.words(chosen == nil ? empty : "list.empty.filter")))
        }

        /// For whoever leads the unit: who is away, and who stands in.
        private func peopleLink(_ op: Operation) throws -> Link? {
            guard let unit, try op.user.leads(unit.id) else { return nil }
            return Link(text: op.words("absence.unit"), url: op.paths(.unitPeople, unit.id))
        }

        /// How many are open and late, and who receives today.
        private func summary(_ op: Operation) throws -> String {
            let withheld = try op.sight.withheldText(in: unit?.id)
            guard let unit else {
                return [isOwn ? try op.absences.standingInText : "", withheld].filter { !$0.isEmpty }.joined(
                    separator: " ")
            }
            let counts = try op.installation.counts.current(in: op)
            let user = try op.user
            let late = counts.filter(.late, unit: unit.id, user)
            let closed = counts.closed(unit: unit.id, user)
            let sums = [
                op.words.count("list.summary.open", counts.unit(unit.id, user) - closed),
                closed == 0 ? nil : op.words.count("list.summary.closed", closed),
                late == 0 ? op.words("list.summary.none_late") : op.words.count("list.summary.late", late),
            ]
            var parts = [sums.compactMap(\.self).joined(separator: ", ") + "."]
            if let receiver = op.directory.receiver(of: unit, on: op.today) {
                parts.append(op.words("list.summary.receiver", ["person": op.directory.name(of: receiver)]))
            } else if op.directory.gaps(in: unit).contains(.receiver) {
                parts.append(op.words("list.summary.no_receiver"))
            } else {
                parts.append(op.words("list.summary.receiver_away"))
            }
            if !withheld.isEmpty { parts.append(withheld) }
            return parts.joined(separator: " ")
        }

        private func chips(_ chosen: CaseFilter?, _ op: Operation) -> [Filter] {
            let all = Filter(text: op.words("list.filter.all"), url: path, isCurrent: chosen == nil)
            return [all]
                + filters.map {
                    Filter(
                        text: op.words("list.filter." + $0.rawValue), url: path + "?show=" + $0.rawValue,
                        isCurrent: chosen == $0)
                }
        }
    }
}

extension User {
    /// Whoever sees all cases, and whoever does the contact centre's work today.
    func mayDistribute(in municipality: Municipality) -> Bool { may(.seeAllCases) || worksIn(municipality.centre) }
}
