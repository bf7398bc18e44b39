import Domain
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
            let who: Installation.WhoActs = { tx, directory, now in
                .user(try token.user(in: tx, directory, at: now))
            }
            do {
                if method == .get {
                    return try await installation.read(token.municipality, language: "en", as: who) { op in
                        var call = ApiCall(visit: visit, input: InputReader(query: visit.query))
                        return try handler(&call, op)
                    }
                }
                let key = IdempotencyKey(of: visit, body)
                return try await installation.write(token.municipality, language: "en", as: who) { op in
                    let answer = {
                        var call = ApiCall(visit: visit, input: InputReader(body))
                        return try handler(&call, op)
                    }
                    return try key?.once(visit, in: op, answer) ?? answer()
                }
            } catch is NoSuchMunicipality {
                throw Refusal.notLoggedIn
            }
        }
    }

    /// A JSON object, or nothing at all for an empty one.
    private static func readBody(_ visit: Visit) throws -> [String: InputValue] {
        guard visit.body.readableBytes > 0 else { return [:] }
        let type = (visit.headers[.contentType] ?? "").split(separator: ";").first ?? ""
        guard type.trimmed.lowercased() == "application/json" else {
            throw Refusal.unsupportedMediaType
        }
        guard let object = JSON.object(visit.body) else { throw Refusal.unreadable }
        return object
    }
}
