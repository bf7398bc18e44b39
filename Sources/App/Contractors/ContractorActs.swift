import Domain

/// What a contractor does with a case, by the forms on their page. Each is written down with the link, and told to the
/// one who does the handler's work today.
enum ContractorActs {
    static let routes: [Route] = [
        route("acknowledgement", flash: "contractor_acknowledged") { _ in { try $0.acknowledge(in: $1) } },
        route("question", flash: "contractor_asked") { input in
            let message = input.text("message", max: 8_000, required: true) ?? ""
            return { try $0.ask(message, in: $1) }
        },
        .form(
            .post, .contractorCase.below("feedback"), for: .citizens, form: "feedback",
            show: ShowContractorCase.show,
            perform: perform("feedback", flash: "contractor_feedback") { input, op in
                let message = input.text("message", max: 8_000, required: true) ?? ""
                // Nobody expects it of them: else the municipality does it.
                let told = try TellingInput(&input, in: op, isAsked: false)
                return { try $0.giveFeedback(message, told, in: $1) }
            }),
        .form(
            .post, .contractorCase.below("done"), for: .citizens, form: "done", show: ShowContractorCase.show,
            perform: perform("done", flash: nil) { input, op in
                let what = input.text("what", max: 4_000, required: true) ?? ""
                let doneAt = input.past("done_at", in: op, required: true) ?? op.now
                return { try $0.reportDone(what, at: doneAt, in: $1) }
            }),
        route("return", flash: nil) { input in
            let reason = input.text("reason", max: 4_000, required: true) ?? ""
            return { try $0.handBack(reason, in: $1) }
        },
    ]

    private typealias Act = (ContractedCase, Operation) throws -> Void

    private static func route(
        _ name: String, flash: String?, _ read: @escaping @Sendable (inout InputReader) -> Act
    ) -> Route {
        .form(
            .post, .contractorCase.below(name), for: .citizens, form: name,
            show: ShowContractorCase.show, perform: perform(name, flash: flash) { input, _ in read(&input) })
    }

    private static func perform(
        _ name: String, flash: String?, _ read: @escaping @Sendable (inout InputReader, Operation) throws -> Act
    ) -> PageHandler {
        { visit, op in
            let found: ContractedCase
            switch try FoundLink.find(visit, in: op) {
            case .live(let live): found = live
            case .over(let link): return try LateReport(visit, by: link, in: op).perform(visit, in: op)
            case .nothing: throw Refusal.notFound
            }
            let op = op.acting(as: .contractor(found.contractor.id), for: visit)
            var input = InputReader(form: visit.form)
            let act = try read(&input, op)
            try input.finish()
            try Throttle.contractor.count("\(found.link.id)", in: op)
            try act(found, op)
            try found.link.note(name, in: op)
            return .redirect(op.paths(.contractorCase, found.link.id), flash: flash)
        }
    }
}

extension ContractedCase {
    func acknowledge(in op: Operation) throws {
        try change(in: op) { try $0.acknowledgeAsContractor(calendar: op.directory.calendar, at: op.now) }
    }

    func ask(_ message: String, in op: Operation) throws {
        try change(in: op) { try $0.ask(message, at: op.now) }
    }

    fileprivate func giveFeedback(_ message: String, _ told: TellingInput, in op: Operation) throws {
        try op.cases.takeStep(on: shown.number, in: .key(to: shown.number), told) {
            try $0.giveFeedbackAsContractor(message, told: $1, at: op.now)
        }
    }

    fileprivate func reportDone(_ what: String, at doneAt: Instant, in op: Operation) throws {
        let measure = Measure(
            id: op.newID(), kind: .corrective, what: what, who: contractor.name, doneAt: doneAt)
        try change(in: op) { try $0.reportDone(measure, calendar: op.directory.calendar, at: op.now) }
        try op.cases.insert(measure, of: shown.id)
    }

    fileprivate func handBack(_ reason: String, in op: Operation) throws {
        try change(in: op) { try $0.handBack(reason: reason, calendar: op.directory.calendar, at: op.now) }
    }

    private func change(in op: Operation, _ rule: (inout Case) throws -> CaseEvent) throws {
        try op.cases.change(shown.number, in: .key(to: shown.number), rule)
    }
}
