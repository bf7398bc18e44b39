import Database
import Domain

/// Counts contacts and endings by day, channel, category and unit: what figures are read from, however many contacts there
/// are.
struct CountByDay: EventConsumer {
    let name = "daily_counts"
    let kinds = [
        ContactEvent.Kind.registered.rawValue, CaseEvent.Kind.closed.rawValue, CaseEvent.Kind.reopened.rawValue,
    ]

    func derive(from lines: [HistoryLine], in op: Operation) throws -> DailyCounts {
        let courses = try op.courses(of: Set(lines.compactMap(\.ending)))
        var counts: DailyCounts = [:]
        for line in lines {
            let day = op.municipality.timeZone.day(of: line.at)
            switch line.what {
            case .contact(_, .registered(let contact)):
                for count in DailyCount.of(contact, on: day) { counts[count, default: 0] += 1 }
            case .contact: break
            case .matter(let subject, let event):
                let place = courses[subject]?.place(before: line.id)
                let count = DailyCount.of(
                    event.fact, on: day, category: place?.category, unit: place?.unit ?? op.municipality.centre)
                if let count { counts[count, default: 0] += 1 }
            }
        }
        return counts
    }

    func store(_ derived: DailyCounts, in op: Operation) throws { try op.figures.add(derived) }
}

extension HistoryLine {
    /// The case that ended, or was opened again.
    fileprivate var ending: ID<Case>? { if case .matter(let subject, _) = what { subject } else { nil } }
}

extension Operation {
    /// In which unit and category cases have stood, by their history: what they are now may have come later.
    fileprivate func courses(of cases: Set<ID<Case>>) throws -> [ID<Case>: Course] {
        let kinds: [CaseEvent.Kind] = [.opened, .routed, .recoded, .contractorHandedBack]
        if cases.isEmpty { return [:] }
        let rows = try tx.rows(
            """
            SELECT case_id, id, kind, data FROM events
            WHERE municipality = \(tenant) AND case_id IN \(list: cases.sorted()) AND kind IN \(list: kinds.map(\.rawValue))
            ORDER BY case_id, id
            """)
        var courses: [ID<Case>: Course] = [:]
        for row in rows {
            guard let event = try? CaseEvent(try row["kind"], json: try row["data"]) else { continue }
            courses[try row["case_id"], default: Course()].follow(event.fact, id: try row["id"])
        }
        return courses
    }
}

/// Where a case has stood, from one event to the next.
private struct Course {
    struct Place {
        var category: ID<Category>?
        var unit: ID<Unit>
    }

    private var places: [(id: Int64, place: Place)] = []

    mutating func follow(_ fact: CaseFact, id: Int64) {
        guard let unit = fact.unit ?? places.last?.place.unit else { return }
        places.append((id, Place(category: fact.category ?? places.last?.place.category, unit: unit)))
    }

    func place(before id: Int64) -> Place? { places.last { $0.id < id }?.place }
}
