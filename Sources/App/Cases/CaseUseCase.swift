import Domain
import Foundation
import HTTPTypes

/// Something that is done to one case. The page's form and the API call carry the same fields and end in the same
/// transaction.
protocol CaseUseCase: Sendable {
    /// The last part of the address, in pages and API alike: `closure`. What it names, as in `measures/:measure`, is
    /// read as a field.
    static var path: String { get }
    static var method: HTTPRequest.Method { get }
    static var permission: Permission { get }
    /// The id of the form on the case page: the path, unless two forms share it.
    static var form: String { get }
    /// What is said afterwards: `flash.<this>` in the catalogues.
    static var flash: String { get }

    /// What was sent, validated.
    init(_ input: inout InputReader, in op: Operation) throws
    /// What is wrong with it that only the case can tell, so that all is said at once. What is the only thing wrong is
    /// left to `perform`, which refuses it with a code of its own.
    func faults(about subject: Case, in op: Operation) throws -> [FieldError]
    /// Load through what the user may see, call the rule, store case, event and mails.
    func perform(on number: CaseNumber, version: Int?, in op: Operation) throws
    /// What is said afterwards where it depends on what came of it; else `flash`.
    func flash(after changed: Case) -> String
    /// The API's answer: 201 with what was made, or 200 with the case that was moved on.
    func answer(about number: CaseNumber, in op: Operation) throws -> Reply
}

extension CaseUseCase {
    static var method: HTTPRequest.Method { .post }
    static var form: String { path }
    /// Said instead of `flash` when somebody has to be told by other means, and has not been.
    var notTold: String { "not_told" }

    func flash(after changed: Case) -> String { Self.flash }

    func faults(about subject: Case, in op: Operation) throws -> [FieldError] { [] }

    func answer(about number: CaseNumber, in op: Operation) throws -> Reply {
        try ShowCase.jsonAfterChange(number, in: op)
    }

    /// The form on the case page and the call of the API.
    static var routes: [Route] {
        [
            .form(
                method, .case.below(path), for: .staff(permission), form: form,
                show: ShowCase.page
            ) { visit, op in
                let done = try run(InputReader(form: visit.form), visit, op)
                return try op.cases.backToCase(try visit.caseNumber(), flash: done.flash)
            },
            .api(method, "/cases/:number/\(path)") { call, op in
                try op.require(permission)
                return try run(call.input, call.visit, op).answer(about: try call.visit.caseNumber(), in: op)
            },
        ]
    }

    private static func run(_ input: InputReader, _ visit: Visit, _ op: Operation) throws -> Self {
        var input = input
        input.add(visit.parameters)
        let number = try visit.caseNumber()
        // What the user may not see does not exist, whatever else is wrong with the request.
        let subject = try op.cases.load(number, in: op.scope)
        let version = input.wholeNumber("version", in: 1...Int(Int32.max))
        let useCase = try Self(&input, in: op)
        let known = Set(input.errors.compactMap(\.field))
        let faults = try useCase.faults(about: subject, in: op).filter { $0.field.map { !known.contains($0) } ?? true }
        if !input.errors.isEmpty || faults.count > 1 { throw InputErrors(input.errors + faults) }
        try useCase.perform(on: number, version: version, in: op)
        return useCase
    }
}

extension CaseFacade {
    /// Back to the case after a form on its page; to the own cases when it was passed out of the user's sight.
    func backToCase(_ number: CaseNumber, flash: (_ changed: Case) -> String) throws -> Reply {
        do {
            return .redirect(paths(.case, number), flash: flash(try load(number, in: scope)))
        } catch Refusal.notFound {
            return .redirect(paths(.mine), flash: "out_of_sight")
        }
    }
}
