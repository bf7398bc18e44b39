import Database
import Domain
import Foundation

/// A measure has been carried out.
enum FinishMeasure {
    static let routes: [Route] = [
        .form(
            .post, "/:municipality/cases/:number/measures/:measure", for: .staff(.handleCases), show: ShowCase.page
        ) { visit, op in
            try perform(InputReader(form: visit.form), visit, op)
            return .redirect(op.paths.cases(try visit.caseNumber()), flash: "measure_done")
        },
        .api(.post, "/cases/:number/measures/:measure") { call, op in
            try op.require(.handleCases)
            try perform(call.input, call.visit, op)
            return try ShowCase.jsonAfterChange(try call.visit.caseNumber(), in: op)
        },
    ]

    private static func perform(_ input: InputReader, _ visit: Visit, _ op: Operation) throws {
        var input = input
        let number = try visit.caseNumber()
        let found = try op.loadCase(number, in: op.scope)
        let id: ID<Measure> = try visit.id("measure")
        guard var measure = try op.measures(of: found.id).first(where: { $0.id == id }) else {
            throw Refusal.notFound
        }
        let done =
            input.instant("done_at", in: op.directory.calendar, plainDay: .past(op.now), required: true) ?? op.now
        if done > op.now.adding(days: 1) { input.fail("done_at", "in_future") }
        try input.finish()
        try op.change(number) { try $0.finish(&measure, at: done) }
        try op.tx.run("UPDATE measures SET done_at = \(done) WHERE municipality = \(op.tenant) AND id = \(id)")
    }
}
