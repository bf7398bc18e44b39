import Domain
import HTTPTypes

/// One case, as page and as JSON. That somebody read a confidential one is recorded.
enum ShowCase {
    static let page: PageHandler = { visit, op in
        let shown = try op.loadCase(try visit.caseNumber(), in: op.scope)
        throw Refusal.notFound
    }

    static func json(_ number: CaseNumber, in op: Operation, status: HTTPResponse.Status = .ok) throws -> Reply {
        let shown = try op.loadCase(number, in: op.scope)
        return try .json(CaseJSON(shown, in: op), status: status)
    }
}
