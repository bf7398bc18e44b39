import Crypto
import Database
import Domain
import Foundation
import HTTPTypes

/// One call of the JSON API within its transaction.
struct ApiCall {
    let visit: Visit
    var input: InputReader
}

extension Route {
    typealias ApiHandler = @Sendable (inout ApiCall, Operation) throws -> Reply

    /// A call of the API under `/api/v1`. POST and DELETE write, and honour `Idempotency-Key`.
    static func api(
        _ method: HTTPRequest.Method, _ path: String, _ handler: @escaping ApiHandler
    ) -> Route {
        Route(method, "/api/v1" + path, isAPI: true) { visit, installation in
            let token = try ApiToken(authorization: visit.headers[.authorization])
            let body = try method == .get ? [:] : readBody(visit)
            let who: Installation.WhoActs = { tx, directory, _ in .user(try token.user(in: tx, directory)) }
            if method == .get {
                return try await installation.read(token.municipality, language: "en", as: who) { op in
                    var call = ApiCall(visit: visit, input: InputReader(query: visit.query))
                    return try handler(&call, op)
                }
            }
            return try await installation.write(token.municipality, language: "en", as: who) { op in
                try IdempotencyKey.once(visit, in: op) {
                    var call = ApiCall(visit: visit, input: InputReader(body))
                    return try handler(&call, op)
                }
            }
        }
    }

    /// A JSON object, or nothing at all for an empty one.
    private static func readBody(_ visit: Visit) throws -> [String: InputValue] {
        guard visit.body.readableBytes > 0 else { return [:] }
        let type = (visit.headers[.contentType] ?? "").split(separator: ";").first ?? ""
        guard type.trimmingCharacters(in: .whitespaces).lowercased() == "application/json" else {
            throw Refusal.unsupportedMediaType
        }
        guard let object = JSON.object(visit.body) else { throw Refusal.unreadable }
        return object
    }
}

/// `torg_<municipality>_<secret>`: the token itself says whose it is, so that no look-up crosses municipalities.
struct ApiToken: Sendable {
    let municipality: ID<Municipality>
    private let hash: String

    /// Throws `notLoggedIn` unless the header carries a token of this shape.
    init(authorization: String?) throws {
        let parts = (authorization ?? "").split(separator: " ")
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw Refusal.notLoggedIn }
        let token = parts[1].split(separator: "_", maxSplits: 2)
        guard token.count == 3, token[0] == "torg", let id = ID<Municipality>(text: token[1]) else {
            throw Refusal.notLoggedIn
        }
        municipality = id
        hash = Secret.hash(String(parts[1]))
    }

    func user(in tx: Transaction, _ directory: Directory) throws -> User {
        let id: ID<User>? = try tx.value(
            """
            SELECT user_id FROM api_tokens
            WHERE municipality = \(municipality) AND token_hash = \(hash) AND revoked_at IS NULL
            """)
        guard let user = id.flatMap({ directory.people[$0]?.user }), user.isActive else { throw Refusal.notLoggedIn }
        return user
    }

    /// Makes a token for a user and returns it; it is not to be had again.
    static func create(for user: ID<User>, in op: Operation) throws -> String {
        let token = "torg_\(op.tenant)_\(Secret.random(bytes: 32))"
        try op.tx.run(
            """
            INSERT INTO api_tokens (municipality, token_hash, user_id, created_at)
            VALUES (\(op.tenant), \(Secret.hash(token)), \(user), \(op.now))
            """)
        return token
    }
}

/// `Idempotency-Key`: a repeated request gets the first answer, and nothing happens twice.
///
/// Only what was carried out is kept: an error has changed nothing, so the same key is good for another try.
enum IdempotencyKey {
    /// Visible ASCII, 1–200 characters.
    private static func isValid(_ key: String) -> Bool {
        (1...200).contains(key.utf8.count) && key.utf8.allSatisfy { 33...126 ~= $0 }
    }

    static func once(_ visit: Visit, in op: Operation, _ body: () throws -> Reply) throws -> Reply {
        guard let key = visit.headers[.idempotencyKey] else { return try body() }
        guard isValid(key) else { throw InputErrors("Idempotency-Key", "invalid") }
        let user = try op.user.id
        let request = Data(
            SHA256.hash(data: Data("\(visit.method.rawValue) \(visit.path)\n".utf8) + Data(buffer: visit.body))
        )
        .base64URL
        // The empty row is the lock: a second request with the key waits here until the first is stored.
        let isNew = try op.tx.run(
            """
            INSERT INTO idempotency_keys (municipality, user_id, key, request_hash, status, body, at)
            VALUES (\(op.tenant), \(user), \(key), \(request), 0, '', \(op.now)) ON CONFLICT DO NOTHING
            """)
        if isNew == 0 { return try stored(key, user, request, in: op) }
        let answer = try body()
        var data = Data()
        if case .data(let made, _) = answer.body { data = made }
        try op.tx.run(
            """
            UPDATE idempotency_keys SET status = \(answer.status.code), body = \(String(decoding: data, as: UTF8.self))
            WHERE municipality = \(op.tenant) AND user_id = \(user) AND key = \(key)
            """)
        return answer
    }

    private static func stored(_ key: String, _ user: ID<User>, _ request: String, in op: Operation) throws -> Reply {
        let row = try op.tx.row(
            """
            SELECT request_hash, status, body FROM idempotency_keys
            WHERE municipality = \(op.tenant) AND user_id = \(user) AND key = \(key)
            """)
        guard let row else { throw DatabaseError.conflict }
        let hash: String = try row["request_hash"]
        guard hash == request else { throw Refusal.idempotencyKeyReused }
        let body: String = try row["body"]
        return Reply(
            status: .init(code: try row["status"]), body: .data(Data(body.utf8), type: "application/json"))
    }
}
