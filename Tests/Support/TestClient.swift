import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded

@testable import App

/// Talks to Torg's own responder, without a socket; keeps cookies as a browser does.
public final class TestClient {
    private let torg: TestTorg
    private let respond: (Request) async throws -> Response
    public var cookies: [String: String] = [:]
    public var bearer: String?

    /// - Parameter installation: the test's own, with settings changed; nil for that of `torg`.
    public init(_ torg: TestTorg, installation: Installation? = nil) {
        self.torg = torg
        let answer =
            installation.map { installation -> TestTorg.Responder in
                let responder = installation.responder()
                return { try await responder.respond(to: $0, context: $1) }
            } ?? torg.responder()
        respond = { request in
            let context = TorgContext(
                source: .init(channel: NIOAsyncTestingChannel(), logger: Logger(label: "test")))
            return try await answer(request, context)
        }
    }

    public struct Answer: Sendable {
        public var status: Int
        public var headers: HTTPFields
        public var body: String
        public var location: String? { headers[.location] }
        /// The body as a JSON object.
        public var json: [String: Any] {
            (try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? [String: Any] ?? [:]
        }
        /// A header by its name, in any case.
        public func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }
        /// The hidden field that a form of this page carries.
        public var formToken: String {
            body.firstMatch(of: /name="form" value="([^"]+)"/).map { String($0.1) } ?? ""
        }
    }

    @discardableResult
    public func send(
        _ method: HTTPRequest.Method, _ path: String, body: [UInt8] = [], headers: [String: String] = [:]
    ) async throws -> Answer {
        var fields: HTTPFields = [.acceptLanguage: "en"]
        if !cookies.isEmpty { fields[.cookie] = cookies.map { "\($0)=\($1)" }.sorted().joined(separator: "; ") }
        if let bearer { fields[.authorization] = "Bearer \(bearer)" }
        for (name, value) in headers { HTTPField.Name(name).map { fields[$0] = value } }
        if !body.isEmpty { fields[.contentLength] = "\(body.count)" }
        let request = Request(
            head: .init(method: method, scheme: "http", authority: "torg.test", path: path, headerFields: fields),
            body: .init(buffer: ByteBuffer(bytes: body)))
        let response = try await respond(request)
        for cookie in response.headers[values: .setCookie] {
            let pair = cookie.split(separator: ";")[0].split(separator: "=", maxSplits: 1).map(String.init)
            cookies[pair[0]] = pair.count > 1 && !cookie.contains("Max-Age=0") ? pair[1] : nil
        }
        return Answer(status: response.status.code, headers: response.headers, body: try await Self.read(response))
    }

    public func get(_ path: String) async throws -> Answer { try await send(.get, path) }

    /// Goes where a link leads, as a browser does.
    public func open(_ path: String) async throws -> Answer {
        let answer = try await get(path)
        guard answer.status == 303, let location = answer.location else { return answer }
        return try await get(location)
    }

    /// Sends a form, with the token of the page it stands on.
    public func submit(
        _ path: String, from page: String, _ fields: [String: String], token: String? = nil,
        headers: [String: String] = [:]
    ) async throws -> Answer {
        var fields = fields
        if let token { fields["form"] = token } else { fields["form"] = try await get(page).formToken }
        let body = fields.map { URLEncoded.encode($0) + "=" + URLEncoded.encode($1) }.joined(separator: "&")
        return try await send(
            .post, path, body: Array(body.utf8),
            headers: headers.merging(["Content-Type": "application/x-www-form-urlencoded"]) { own, _ in own })
    }

    /// A call of the JSON API; `path` after `/api/v1`.
    public func call(
        _ method: HTTPRequest.Method, _ path: String, _ json: [String: Any]? = nil, headers: [String: String] = [:]
    ) async throws -> Answer {
        let body = try json.map { Array(try JSONSerialization.data(withJSONObject: $0)) } ?? []
        return try await send(
            method, "/api/v1" + path, body: body,
            headers: headers.merging(["Content-Type": "application/json"]) { own, _ in own })
    }

    /// Gets an API token for a user of the test organisation.
    public func useToken(of login: String) async throws {
        bearer = try await torg.installation.write(torg.sandvik) { op in
            let person = op.directory.people.values.first { $0.user.login == login }
            guard let person else { throw Refusal.notFound }
            return try ApiToken.create(for: person.user.id, in: op)
        }
    }

    /// Begins a session for a user, of the test organisation unless another municipality is named, as after the login
    /// page. With nil: logged out.
    public func logIn(as login: String?, of municipality: ID<Municipality>? = nil) async throws {
        guard let login else {
            cookies[SetCookie.session] = nil
            return
        }
        cookies[SetCookie.session] = try await torg.installation.write(municipality ?? torg.sandvik) { op in
            let person = op.directory.people.values.first { $0.user.login == login }
            guard let person else { throw Refusal.notFound }
            return try Session.begin(for: person.user.id, in: op)
        }
    }

    private static func read(_ response: Response) async throws -> String {
        let writer = CollectingWriter()
        try await response.body.write(writer)
        return writer.text
    }
}

private final class CollectingWriter: ResponseBodyWriter {
    var buffer = ByteBuffer()
    var text: String { String(buffer: buffer) }
    func write(_ buffer: ByteBuffer) async throws { self.buffer.writeImmutableBuffer(buffer) }
    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
