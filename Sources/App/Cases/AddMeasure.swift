import Database
import Domain
import HTTPTypes

/// Records what is done about it: corrective or preventive; what, who and when (R5.2).
struct AddMeasure: CaseUseCase {
    static let path = "measures"
    static let flash = "measure_added"
    static let permission = Permission.handleCases

    var measure: Measure

    init(_ input: inout InputReader, in op: Operation) throws {
        measure = Measure(
            id: op.newID(), kind: input.choice("kind", required: true) ?? .corrective,
            what: input.text("what", max: 4_000, required: true) ?? "",
            who: input.line("who", max: 200, required: true) ?? "",
            dueAt: input.promise("due_at", in: op),
            doneAt: input.past("done_at", in: op))
    }

    func perform(on number: CaseNumber, version: Int?, in op: Operation) throws {
        try op.cases.change(number, version: version) { subject in
            let event = try subject.add(measure, to: try op.cases.measures(of: subject.id))
            try op.cases.insert(measure, of: subject.id)
            return event
        }
    }

    func answer(about number: CaseNumber, in op: Operation) throws -> Reply {
        try .json(MeasureJSON(measure), status: .created)
    }
}

extension CaseFacade {
    func insert(_ measure: Measure, of changed: ID<Case>) throws {
        try tx.run(
            """
            INSERT INTO measures (municipality, id, case_id, kind, what, who, due_at, done_at)
            VALUES (\(tenant), \(measure.id), \(changed), \(measure.kind), \(measure.what), \(measure.who),
                \(measure.dueAt), \(measure.doneAt))
            """)
    }

    /// In the order they were recorded.
    func measures(of wanted: ID<Case>) throws -> [Measure] {
        try tx.rows(
            "SELECT * FROM measures WHERE municipality = \(tenant) AND case_id = \(wanted) ORDER BY id"
        ).map { row in
            Measure(
                id: try row["id"], kind: try row["kind"], what: try row["what"], who: try row["who"],
                dueAt: try row["due_at"], doneAt: try row["done_at"],
                isSpent: try row["is_spent"])
        }
    }
}
