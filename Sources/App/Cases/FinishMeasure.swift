import Database
import Domain

/// A measure has been carried out.
struct FinishMeasure: CaseUseCase {
    static let path = "measures/:measure"
    static let flash = "measure_done"
    static let permission = Permission.handleCases

    var measure: ID<Measure>
    var doneAt: Instant

    init(_ input: inout InputReader, in op: Operation) throws {
        guard let named: ID<Measure> = input.id("measure") else { throw Refusal.notFound }
        measure = named
        doneAt = input.past("done_at", in: op, required: true) ?? op.now
    }

    func perform(on number: CaseNumber, version: Int?, in op: Operation) throws {
        try op.cases.change(number, version: version) { changed in
            let all = try op.cases.measures(of: changed.id)
            guard var found = all.first(where: { $0.id == measure }) else {
                throw Refusal.notFound
            }
            return try changed.finish(&found, of: all, at: doneAt)
        }
        try op.tx.run("UPDATE measures SET done_at = \(doneAt) WHERE municipality = \(op.tenant) AND id = \(measure)")
    }
}
