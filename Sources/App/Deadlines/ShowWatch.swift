import Database
import Domain

/// `GET /{m}/watch`: where the chain is about to break, in all units; the contact centre keeps it open (R4.2, R4.5).
enum ShowWatch {
    static let pageSize = 50
    /// Seconds after which an open page asks again.
    static let interval = 30
    /// Cases with messages that did not arrive, told above the table; a list of their own has all.
    static let mostMissed = 20

    private static let missedKey = "missed"

    static let routes: [Route] = [.page(.watch, for: .staff(.seeAllCases), show)]

    private static let show: PageHandler = { visit, op in
        let words = op.words
        let chosen = Chosen(
            kind: visit.queried("show").flatMap(WatchKind.init), isMissed: visit.queried("show") == missedKey,
            unit: visit.queried("unit").flatMap { ID(text: $0) })
        let watched = try op.installation.watchCounts.current(in: op)
        let counts = watched.stuck
        let list = try CaseList(
            scope: try op.scope, conditions: chosen.conditions(in: op),
            order: chosen.isMissed ? .newest : .urgency, limit: pageSize,
            after: visit.queried("after").flatMap(CaseList.Cursor.init)
        ).load(in: op)
        let missed = try missed(op)
        let total = counts.values.flatMap(\.values).reduce(0, +)
        let times = Times(op.directory.calendar, words, op.now)
        var page = WatchPage(
            frame: try op.frame(visit, title: words("navigation.watch")), heading: words("navigation.watch"),
            lead: total == 0 ? words("watch.none") : words.count("watch.total", total),
            updated: words("watch.updated", ["time": DateWords(words: words).time(times.moment(op.now))]),
            interval: "\(interval)", url: visit.path + query(visit),
            notices: missed + notices(watched.unlooked, op),
            columns: WatchKind.allCases.map { words("watch." + $0.rawValue) },
            units: table(counts, op), listHeading: chosen.heading(in: op),
            rows: try op.cases.rows(for: list.cases), next: nil,
            empty: words(chosen.isAll ? missed.isEmpty ? "watch.empty" : "watch.none" : "list.empty.filter"))
        if !chosen.isAll { page.all = Link(text: words("watch.all"), url: op.paths(.watch)) }
        page.next = list.next.map { op.paths(.watch) + "?" + chosen.query + "after=" + $0.text }
        return .page(page)
    }

    private static func query(_ visit: Visit) -> String {
        let kept = visit.query(without: ["language"])
        return kept.isEmpty ? "" : "?" + kept
    }

    /// What the list below the table shows.
    private struct Chosen {
        var kind: WatchKind?
        /// Instead: what has messages that did not arrive.
        var isMissed = false
        var unit: ID<Unit>?

        var isAll: Bool { kind == nil && !isMissed && unit == nil }

        var query: String {
            ((isMissed ? missedKey : kind?.rawValue).map { "show=\($0)&" } ?? "") + (unit.map { "unit=\($0)&" } ?? "")
        }

        func conditions(in op: Operation) -> [SQL] {
            var all = [isMissed ? op.outbox.hasMissed : WatchKind.stuck(at: op.now)]
            if let kind { all.append("\(WatchKind.kind(at: op.now)) = \(kind)") }
            if let unit { all.append(UnitInCharge.isAmong([unit], centre: op.municipality.centre)) }
            return all
        }

        func heading(in op: Operation) -> String {
            let shown = isMissed ? missedKey : kind?.rawValue
            let parts = [shown.map { op.words("watch." + $0) }, unit.map { op.directory.name(of: $0) }]
                .compactMap(\.self)
            return parts.isEmpty ? op.words("watch.oldest") : parts.joined(separator: ", ")
        }
    }

    /// One line a unit that has something, those with most first, and the sum.
    private static func table(_ counts: [ID<Unit>: [WatchKind: Int]], _ op: Operation) -> [WatchUnit] {
        let sum = counts.values.reduce(into: [WatchKind: Int]()) { $0.merge($1, uniquingKeysWith: +) }
        let units = counts.map { unit, counts in
            (line(op.directory.name(of: unit), unit, counts, op), counts.values.reduce(0, +))
        }.sorted(in: op.directory.alphabet, by: \.0.name).sorted { $0.1 > $1.1 }.map(\.0)
        return units.count > 1 ? units + [line(op.words("watch.sum"), nil, sum, op)] : units
    }

    private static func line(_ name: String, _ unit: ID<Unit>?, _ counts: [WatchKind: Int], _ op: Operation)
        -> WatchUnit
    {
        WatchUnit(
            name: name, url: op.paths(.watch) + (unit.map { "?unit=\($0)" } ?? ""),
            cells: WatchKind.allCases.map { kind in
                let count = counts[kind] ?? 0
                let chosen = Chosen(kind: kind, unit: unit)
                return WatchCell(
                    column: op.words("watch." + kind.rawValue), count: "\(count)",
                    url: count == 0 ? nil : op.paths(.watch) + "?" + chosen.query.dropLast(),
                    name: op.words("watch.cell", ["unit": name, "kind": op.words("watch." + kind.rawValue)]))
            }, isSum: unit == nil)
    }

    /// Messages that did not arrive, on closed cases too, until somebody says how the citizen was told.
    private static func missed(_ op: Operation) throws -> [WatchNotice] {
        let found = try CaseList(
            scope: try op.scope, conditions: [op.outbox.hasMissed], order: .newest, limit: mostMissed
        ).load(in: op)
        if found.cases.isEmpty { return [] }
        var links = found.cases.map { Link(text: "\($0.number) \($0.title)", url: op.paths(.case, $0.number)) }
        if found.next != nil {
            links.append(Link(text: op.words("watch.all"), url: op.paths(.watch) + "?show=" + missedKey))
        }
        return [WatchNotice(heading: op.words("watch.missed.heading"), links: links)]
    }

    /// What is wrong with the watching itself: new reports that nobody looked at, and who would not be stood in for
    /// (R4.5).
    private static func notices(_ unlooked: [ID<Unit>: [CivilDay]], _ op: Operation) -> [WatchNotice] {
        let words = op.words
        let links = { (units: [Unit]) in units.map { Link(text: $0.name, url: op.paths(.unit, $0.id)) } }
        var notices: [WatchNotice] = []
        let missed = op.directory.activeUnits.compactMap { unit in
            unlooked[unit.id].map { days in
                let name = words.count("watch.days", days.count, ["unit": unit.name])
                return Link(text: name, url: op.paths(.unit, unit.id))
            }
        }
        if !missed.isEmpty {
            let days = words.count("watch.days_back", DeadlineFacade.lookedBack)
            notices.append(WatchNotice(heading: words("watch.not_looked", ["days": days]), links: missed))
        }
        let empty = op.directory.unitsWithoutReceiver(on: op.today)
        if !empty.isEmpty {
            notices.append(
                WatchNotice(heading: words.count("watch.no_receiver", empty.count), links: links(empty)))
        }
        let lacking = op.directory.unitsWithoutSubstitute
        if !lacking.isEmpty {
            notices.append(
                WatchNotice(heading: words.count("watch.no_substitute", lacking.count), links: links(lacking)))
        }
        return notices
    }
}
