import HTTPTypes
import NIOHTTP1

/// Why a request is not even looked at: it breaks HTTP (RFC 9110, 9112) in a way by which two programs in a row could read
/// two different requests in it, or it is larger than any honest one.
struct RequestFault: Error, Equatable {
    var status: Int
    /// Seconds, where it may go better later.
    var retryAfter: Int?

    static let malformed = RequestFault(status: 400)
    static let tooSlow = RequestFault(status: 408)
    static let targetTooLong = RequestFault(status: 414)
    static let unknownExpectation = RequestFault(status: 417)
    static let headTooLarge = RequestFault(status: 431)
    static let busy = RequestFault(status: 503, retryAfter: 5)

    /// What is wrong with a head; nil for a good one.
    static func of(_ head: HTTPRequestHead, _ limits: ConnectionLimits) -> RequestFault? {
        guard head.uri.utf8.count <= limits.target else { return .targetTooLong }
        guard isTarget(head.uri, of: head.method), hasOneHost(head), hasOneLength(head) else { return .malformed }
        guard HTTPRequest.Method(head.method.rawValue) != nil else { return .malformed }
        let expectations = head.headers["expect"]
        guard expectations.isEmpty || expectations.map({ $0.lowercased() }) == ["100-continue"] else {
            return .unknownExpectation
        }
        return nil
    }

    /// What the parser refused.
    static func of(_ error: HTTPParserError) -> RequestFault {
        switch error {
        case .headerOverflow: .headTooLarge
        default: .malformed
        }
    }

    /// In origin form or absolute form; `*` for OPTIONS, and an authority for CONNECT, lead nowhere in Torg.
    private static func isTarget(_ target: String, of method: HTTPMethod) -> Bool {
        guard target.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "#") }) else { return false }
        if target.hasPrefix("/") || method == .CONNECT { return true }
        let start = target.prefix(8).lowercased()
        return start.hasPrefix("http://") || start == "https://" || (target == "*" && method == .OPTIONS)
    }

    private static func hasOneHost(_ head: HTTPRequestHead) -> Bool {
        let hosts = head.headers["host"]
        if hosts.isEmpty { return head.version != .http1_1 }
        return hosts.count == 1
            && hosts[0].utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"/\\@?#,<>\"'{}|^`".utf8.contains($0) }
    }

    /// The length of a body is told once, and in one way. Only `chunked` is known.
    private static func hasOneLength(_ head: HTTPRequestHead) -> Bool {
        let codings = head.headers["transfer-encoding"]
        let lengths = head.headers["content-length"]
        guard codings.isEmpty else {
            return codings.count == 1 && codings[0].lowercased() == "chunked" && lengths.isEmpty
                && head.version == .http1_1
        }
        return lengths.isEmpty
            || (lengths.count == 1 && (1...18).contains(lengths[0].utf8.count)
                && lengths[0].utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 })
    }
}
