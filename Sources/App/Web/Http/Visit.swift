import Domain
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// One request as the handlers see it: read, checked for size and encoding, not yet understood.
struct Visit: Sendable {
    var method: HTTPRequest.Method
    /// Without the query.
    var path: String
    /// The named parts of the path.
    var parameters: [String: String] = [:]
    var query: [String: [String]] = [:]
    /// As it was sent, without the question mark.
    var rawQuery = ""
    var headers: HTTPFields = [:]
    var cookies: [String: String] = [:]
    var body: ByteBuffer = ByteBuffer()
    /// What was sent with a form, and afterwards what was wrong with it.
    var form = FormInput()
    /// The id of the form that came back with errors, on pages with several.
    var returnedForm: String?
    /// Where the request came from, for throttling; `here` when a program on this machine sent it.
    var address: ClientAddress
    static let here = ClientAddress.here
    var language: String?
    /// The random cookie of this browser.
    var visitor: String = ""
    /// The session, where the page asks for one.
    var session: ID<Session>?

    /// A larger body is refused before it is read to the end.
    static let maximumBody = 1 << 20

    func queried(_ name: String) -> String? { query[name]?.first }

    /// What form tokens are bound to: the session, else the browser. Never the same text, whatever the cookie says.
    var reader: String {
        if let session { return "session \(session)" }
        return visitor.isEmpty ? "" : "visitor " + visitor
    }

    /// The query again, without what concerns only this one request. Nothing of a longer one than pages have: a page
    /// holds it once for each language.
    func query(without names: Set<String>) -> String {
        guard rawQuery.utf8.count <= Self.longestKept else { return "" }
        return URLEncoded.encode(query.filter { !names.contains($0.key) })
    }

    private static let longestKept = 2_000

    /// False for a form that another site sent. Browsers tell; what says nothing is believed, since the form token
    /// and the cookies' SameSite guard as well.
    var isSentFromHere: Bool {
        guard let site = headers[.secFetchSite] else { return true }
        return site == "same-origin" || site == "none"
    }

    func parameter(_ name: String) throws -> String {
        guard let value = parameters[name] else { throw Refusal.notFound }
        return value
    }

    func id<Entity>(_ name: String, of _: Entity.Type = Entity.self) throws -> ID<Entity> {
        guard let id = ID<Entity>(text: try parameter(name)) else { throw Refusal.notFound }
        return id
    }

    func caseNumber() throws -> CaseNumber {
        guard let number = CaseNumber(text: try parameter("number")) else { throw Refusal.notFound }
        return number
    }
}

extension Visit {
    /// What stands in the request line and the headers. Call `read` for the rest.
    ///
    /// - Parameter isSecure: whether citizens reach Torg by TLS: then only cookies that nobody else can plant count.
    init(_ request: Request, parameters: [String: String] = [:], peer: String?, isSecure: Bool = false) {
        let (path, query) = Self.split(request.head.path ?? "/")
        method = request.method
        self.path = path
        rawQuery = query
        self.parameters = parameters
        self.query = URLEncoded.parse(query) ?? [:]
        headers = request.headers
        cookies = Self.cookies(request.headers[values: .cookie], below: isSecure ? Self.base(of: path) : nil)
        address = ClientAddress(peer: peer, forwarded: request.headers[values: .forwardedFor])
        language = queried("language") ?? cookies[SetCookie.language]
    }

    /// Reads the body. Throws `Refusal` for one that is too large, and for a query that is not UTF-8.
    mutating func read(_ request: Request) async throws {
        guard URLEncoded.parse(rawQuery) != nil else { throw Refusal.unreadable }
        guard [.post, .put, .delete, .patch].contains(method) else { return }
        guard !ContentCoding.isCoded(headers[values: .contentEncoding]) else { throw Refusal.codedBody }
        if let length = headers[.contentLength].flatMap(Int.init), length > Self.maximumBody {
            throw Refusal.tooLarge
        }
        do {
            body = try await request.body.collect(upTo: Self.maximumBody)
        } catch is NIOTooManyBytesError {
            throw Refusal.tooLarge
        }
    }

    /// Reads the body as a form.
    mutating func readForm() throws {
        let type = (headers[.contentType] ?? "").split(separator: ";").first ?? ""
        guard type.trimmed.lowercased() == "application/x-www-form-urlencoded" else {
            throw Refusal.unsupportedMediaType
        }
        guard let text = body.getUTF8(), let values = URLEncoded.parse(text) else { throw Refusal.unreadable }
        form.values = values
    }

    /// The language in which a form is to be shown again, where that was what was asked for.
    var languageOfForm: String? {
        var visit = self
        guard method == .post, isSentFromHere, (try? visit.readForm()) != nil else { return nil }
        return visit.form.first(ReturnedForm.language)
    }

    /// Of two cookies with one name and different values one was planted, and nobody can tell which: neither counts.
    ///
    /// - Parameter base: of the municipality's pages, where cookies are named for TLS.
    static func cookies(_ headers: [String], below base: String?) -> [String: String] {
        var (cookies, doubtful): ([String: String], Set<String>) = ([:], [])
        for cookie in headers.flatMap({ $0.split(separator: ";") }) {
            let parts = cookie.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let sent = parts[0].trimmed
            guard parts.count == 2, let name = base.map({ SecureName.plain(sent, base: $0) }) ?? sent else { continue }
            let value = parts[1].trimmed
            if let other = cookies.updateValue(value, forKey: name), other != value { doubtful.insert(name) }
        }
        for name in doubtful { cookies[name] = nil }
        return cookies.filter { !$0.value.isEmpty }
    }

    /// Where the pages of the municipality begin that a path belongs to.
    static func base(of path: String) -> String { "/" + (path.split(separator: "/").first ?? "") }

    static func split(_ target: String) -> (path: String, query: String) {
        guard let mark = target.firstIndex(of: "?") else { return (target, "") }
        return (String(target[..<mark]), String(target[target.index(after: mark)...]))
    }
}

extension ByteBuffer {
    /// The readable bytes as text; nil when they are not UTF-8.
    func getUTF8() -> String? {
        withUnsafeReadableBytes { String(validating: $0, as: UTF8.self) }
    }
}

/// `application/x-www-form-urlencoded`, in bodies and queries.
enum URLEncoded {
    /// Nil when a percent sign is followed by no byte, or the bytes are not UTF-8.
    static func parse(_ text: String) -> [String: [String]]? {
        var values: [String: [String]] = [:]
        for pair in text.utf8.split(separator: UInt8(ascii: "&")) {
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = decode(parts[0]), let value = parts.count > 1 ? decode(parts[1]) : "" else { return nil }
            values[name, default: []].append(value)
        }
        return values
    }

    static func decode(_ text: Substring.UTF8View) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var rest = text[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let value = self.byte(rest) else { return nil }
                bytes.append(value)
                rest = rest.dropFirst(2)
            default: bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    /// The byte that the two digits after a percent sign stand for.
    static func byte(_ digits: Substring.UTF8View) -> UInt8? {
        var digits = digits
        guard let high = digits.popFirst().flatMap(hexadecimal), let low = digits.popFirst().flatMap(hexadecimal)
        else { return nil }
        return high << 4 | low
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    /// A whole query or body, sorted by name.
    static func encode(_ values: [String: [String]]) -> String {
        values.sorted { $0.key < $1.key }
            .flatMap { name, all in all.map { encode(name) + "=" + encode($0) } }
            .joined(separator: "&")
    }

    /// A value for a query.
    static func encode(_ text: String) -> String {
        var encoded = ""
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                encoded.append(Character(Unicode.Scalar(byte)))
            default:
                encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }
}
