import Domain

/// Ends a case with an answer to the citizen (R5.1, R5.4), which counts as given when they have heard it.
struct CloseCase: CaseUseCase {
    static let path = "closure"
    static let flash = "closed"
    static let permission = Permission.handleCases

    var closure: Closure
    /// A corrective measure carried out, told in the same form, so that one form closes.
    var measure: Measure?
    var told: TellingInput
    /// Without an outcome it cannot be told what the answer rests on.
    private let hasOutcome: Bool
    /// Begun and not finished, which has been said beside its fields.
    private var hasHalfMeasure = false

    init(_ input: inout InputReader, in op: Operation) throws {
        let outcome: Outcome? = input.choice("outcome", required: true)
        hasOutcome = outcome != nil
        closure = Closure(
            answer: input.text("answer", max: 20_000) ?? "", outcome: outcome ?? .noAction,
            reason: input.text("reason", max: 1_000), authority: input.line("authority", max: 200))
        told = try TellingInput(&input, in: op)
        let what = input.text("measure_what", max: 4_000)
        let who = input.line("measure_who", max: 200)
        let doneAt = input.past("measure_done_at", in: op)
        guard closure.outcome == .measuresTaken, what != nil || who != nil || doneAt != nil else { return }
        if what == nil { input.fail("measure_what", "required") }
        if who == nil { input.fail("measure_who", "required") }
        if doneAt == nil { input.fail("measure_done_at", "required") }
        hasHalfMeasure = what == nil || who == nil || doneAt == nil
        measure = Measure(
            id: op.newID(), kind: .corrective, what: what ?? "", who: who ?? "", doneAt: doneAt)
    }

    func flash(after changed: Case) -> String { changed.untoldSince == nil ? Self.flash : notTold }

    func faults(about subject: Case, in op: Operation) throws -> [FieldError] {
        guard subject.state.isOpen else { return [] }
        let measures = try op.cases.measures(of: subject.id) + [measure].compactMap(\.self)
        let missing = closure.missing(given: measures.filter(subject.counts)).filter { refusal in
            refusal == .answerRequired || (hasOutcome && !(refusal == .measureRequired && hasHalfMeasure))
        }
        return try missing.map { FieldError(field: $0.field, code: $0.rawValue) } + told.faults(about: subject, in: op)
    }

    func perform(on number: CaseNumber, version: Int?, in op: Operation) throws {
        let user = try op.user.id
        try op.cases.takeStep(on: number, version: version, told) { subject, told in
            var (measures, events) = (try op.cases.measures(of: subject.id), [CaseEvent]())
            if let measure {
                events.append(try subject.add(measure, to: measures))
                try op.cases.insert(measure, of: subject.id)
                measures.append(measure)
            }
            return events + [try subject.close(closure, measures: measures, told: told, by: user, at: op.now)]
        }
    }
}
