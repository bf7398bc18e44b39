import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// What a handler gives back; becomes a response outside the transaction.
struct Reply: Sendable {
    enum Body: Sendable {
        case page(any Page)
        case data(Data, type: String)
        case none
        /// What takes long, or blocks: done when the transaction has ended.
        indirect case work(@Sendable () async throws -> Body)
    }

    var status: HTTPResponse.Status
    var body: Body
    var headers: [HTTPField.Name: String] = [:]
    var cookies: [SetCookie] = []
    /// What is said once on the page one is led to: `flash.<code>`.
    var flash: String?
    /// Where a repeat of the same form is led, when that is not where the first one was redirected to.
    var repeatLocation: String?
    /// What the audit and the log are to say of it, where somebody was turned away.
    var security: SecurityEvent?
    /// The same for everybody: carries no cookies, so that it can be kept by caches between here and the reader.
    var isShared = false

    static func page(_ page: any Page, status: HTTPResponse.Status = .ok) -> Reply {
        Reply(status: status, body: .page(page))
    }

    /// After a form: go there and read on. With `flash`, the word `flash.<code>` is shown there once.
    ///
    /// - Parameter location: never of another site; what would lead to one leads to the front page.
    static func redirect(_ location: String, flash: String? = nil) -> Reply {
        let location = LocalPath.isTarget(location) ? location : "/"
        var answer = Reply(status: .seeOther, body: .none, headers: [.location: location])
        answer.flash = flash
        return answer
    }

    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Reply {
        Reply(status: status, body: .data(try JSON.encode(value), type: "application/json"))
    }

    static func text(_ text: String, type: String = "text/plain; charset=utf-8") -> Reply {
        Reply(status: .ok, body: .data(Data(text.utf8), type: type))
    }

    /// A form that is shown as it was left when somebody goes back to it: its token is used up then, so that what was
    /// sent is not sent once more unawares. It must be sent to another address than its own (a query is enough):
    /// a browser forgets its copy of what it sends something to.
    func stayingInHistory() -> Reply {
        var answer = self
        answer.headers[.cacheControl] = "private, no-cache"
        return answer
    }

    /// Shows what was written in a form that did not go through wherever the page has no field for it any more: nothing
    /// that was typed is lost, whatever has changed meanwhile.
    mutating func keep(_ texts: [String], _ templates: Templates) {
        guard case .page(var page) = body, !texts.isEmpty else { return }
        let shown = FilledFields(in: templates.render(page))
        page.frame.written = texts.filter { !shown.hold($0) }
        body = .page(page)
    }

    /// With the work done that must not hold up a transaction.
    func done() async throws -> Reply {
        guard case .work(let work) = body else { return self }
        var answer = self
        answer.body = try await work()
        return answer
    }

    func with(_ cookie: SetCookie) -> Reply {
        var answer = self
        answer.cookies.append(cookie)
        return answer
    }
}

enum JSON {
    static func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(value)
    }

    static func decode<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }

    /// A JSON object as input; nil when it is none.
    static func object(_ body: ByteBuffer) -> [String: InputValue]? {
        guard case .object(let object) = value(body) else { return nil }
        return object
    }

    /// nil when it is no JSON.
    static func value(_ body: ByteBuffer) -> InputValue? { body.withUnsafeReadableBytes { JSONParser.value($0) } }
}

extension Reply {
    /// The response, with the headers that every answer carries.
    func response(for visit: Visit, installation: Installation) -> Response {
        let response = fullResponse(path: visit.path, installation: installation)
        return visit.method == .head ? response.createHeadResponse() : response
    }

    private func fullResponse(path: String, installation: Installation) -> Response {
        var fields: HTTPFields = [
            .contentSecurityPolicy:
                "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; form-action 'self'; base-uri 'none'",
            .xContentTypeOptions: "nosniff",
            .referrerPolicy: "no-referrer",
            .cacheControl: "no-store",
        ]
        if installation.settings.usesTLS { fields[.strictTransportSecurity] = "max-age=31536000" }
        for (name, value) in headers { fields[name] = value }
        let base = Visit.base(of: path)
        let said = flash.map { [Flash.cookie($0, below: base, installation)] } ?? []
        fields[values: .setCookie] =
            isShared
            ? [] : (cookies + said).map { $0.header(below: base, isSecure: installation.settings.usesTLS) }
        switch body {
        case .none: return Response(status: status, headers: fields)
        case .page(let page):
            fields[.contentType] = "text/html; charset=utf-8"
            fields[.contentLanguage] = page.frame.language
            let html = installation.templates.render(page)
            return Response(status: status, headers: fields, body: .init(byteBuffer: ByteBuffer(string: html)))
        case .work:
            assertionFailure("the work was not done")
            return Response(status: .internalServerError, headers: fields)
        case .data(let data, let type):
            fields[.contentType] = type
            return Response(status: status, headers: fields, body: .init(byteBuffer: ByteBuffer(bytes: data)))
        }
    }
}

extension HTTPField.Name {
    static let referrerPolicy = named("Referrer-Policy")
    static let forwardedFor = named("X-Forwarded-For")
    static let secFetchSite = named("Sec-Fetch-Site")
    static let idempotencyKey = named("Idempotency-Key")

    private static func named(_ name: StaticString) -> HTTPField.Name {
        guard let field = HTTPField.Name(name.description) else { preconditionFailure("\(name) names no header") }
        return field
    }
}
