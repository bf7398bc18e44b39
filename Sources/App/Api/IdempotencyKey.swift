import Database
import Domain
import Foundation

/// `Idempotency-Key`: a repeated request gets the first answer, and nothing happens twice.
///
/// Only what was carried out is kept: an error has changed nothing, so the same key is good for another try.
struct IdempotencyKey: Sendable {
    private let key: String
    /// By what was said, not how: who repeats may write the same fields in another order.
    private let request: String

    /// Nil when none was sent. Not in a transaction, where others would wait for it.
    init?(of visit: Visit, _ sent: [String: InputValue]) {
        guard let key = visit.headers[.idempotencyKey] else { return nil }
        self.key = key
        request = Secret.hash("\(visit.method.rawValue) \(visit.path)\n" + InputValue.object(sent).canonical)
    }

    /// Visible ASCII, 1–200 characters.
    private var isValid: Bool {
        (1...200).contains(key.utf8.count) && key.utf8.allSatisfy { 33...126 ~= $0 }
    }

    func once(_ visit: Visit, in op: Operation, _ body: () throws -> Reply) throws -> Reply {
        guard isValid else { throw InputErrors("Idempotency-Key", "invalid") }
        let user = try op.user.id
        // The empty row is the lock: a second request with the key waits here until the first is stored.
        let isNew = try op.tx.run(
            """
            INSERT INTO idempotency_keys (municipality, user_id, key, request_hash, status, body, at)
            VALUES (\(op.tenant), \(user), \(key), \(request), 0, '', \(op.now)) ON CONFLICT DO NOTHING
            """)
        if isNew == 0 { return try stored(visit, user, in: op) }
        let answer = try body()
        var data = Data()
        if case .data(let made, _) = answer.body { data = made }
        try op.tx.send(
            """
            UPDATE idempotency_keys SET status = \(answer.status.code), body = \(String(decoding: data, as: UTF8.self))
            WHERE municipality = \(op.tenant) AND user_id = \(user) AND key = \(key)
            """)
        return answer
    }

    private func stored(_ visit: Visit, _ user: ID<User>, in op: Operation) throws -> Reply {
        let row = try op.tx.row(
            """
            SELECT request_hash, status, body FROM idempotency_keys
            WHERE municipality = \(op.tenant) AND user_id = \(user) AND key = \(key)
            """)
        guard let row else { throw DatabaseError.conflict }
        let hash: String = try row["request_hash"]
        guard hash == request else { throw Refusal.idempotencyKeyReused }
        // The answer holds the case as it was. It may have been moved out of the user's sight since, and whoever reads
        // a confidential one again is recorded again.
        if visit.parameters["number"] != nil { _ = try op.loadCaseToShow(try visit.caseNumber(), in: op.scope) }
        let body: String = try row["body"]
        return Reply(
            status: .init(code: try row["status"]), body: .data(Data(body.utf8), type: "application/json"))
    }
}

extension InputValue {
    /// The same text for the same value, and another for every other.
    fileprivate var canonical: String {
        switch self {
        case .text(let text): "t\(text.utf8.count):\(text)"
        case .number(let number): "n\(number);"
        case .flag(let flag): flag ? "y" : "f"
        case .null: "0"
        case .list(let items): "[" + items.map(\.canonical).joined() + "]"
        case .object(let fields):
            "{" + fields.sorted { $0.key < $1.key }.map { InputValue.text($0).canonical + $1.canonical }.joined() + "}"
        }
    }
}
