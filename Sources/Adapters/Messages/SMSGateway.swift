import CCurl
import Foundation

/// An SMS gateway that takes messages as JSON over HTTP. Gateways differ in what they call things, so the body is a
/// template of the municipality's.
public struct SMSGateway: Sendable, Hashable {
    /// http or https; http only for a gateway on the same machine.
    public var url: URL
    /// The JSON to send, in which `{to}`, `{text}`, `{from}` and `{id}` stand inside strings and are filled in.
    public var body: String
    /// Sent along, such as `Authorization`. Kept out of logs and errors.
    public var headers: [String: String]
    /// Who it is from, as the telephone shows it.
    public var from: String
    /// Seconds in which the gateway must have answered.
    public var timeout = 30

    /// - Returns: nil when the address is not one, or the body would be no JSON once filled in.
    public init?(
        url: String, body: String = #"{"to":"{to}","from":"{from}","text":"{text}","id":"{id}"}"#,
        headers: [String: String] = [:], from: String
    ) {
        guard let address = URL(string: url), let scheme = address.scheme?.lowercased(), let host = address.host(),
            scheme == "https" || (scheme == "http" && Loopback.contains(host))
        else { return nil }
        self.url = address
        self.body = body
        self.headers = headers
        self.from = from
        let names = headers.keys.allSatisfy { $0.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") } }
        let values = headers.values.allSatisfy { $0.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F } }
        guard names, values, body.contains("{to}"), body.contains("{text}"),
            (try? JSONSerialization.jsonObject(with: filled(to: "+4712345678", text: "a \"b\"\n", id: "1"))) != nil
        else { return nil }
    }

    /// Sends one message. When it returns, the gateway has taken responsibility for it.
    ///
    /// - Parameters:
    ///   - id: names the message among all that are sent, the same at each attempt: a gateway that knows it sends none
    ///     twice, and names it in its delivery report.
    /// - Throws: ``DeliveryError``: `permanent` for 4xx except 408, 425 and 429; `uncertain` when the connection
    ///   broke after the message had left.
    public func send(to: String, text: String, id: String) async throws {
        let bytes = filled(to: to, text: text, id: id)
        try await ownThread {
            try HTTPPost(url: url, headers: headers, body: bytes, timeout: timeout).perform()
        }
    }

    /// The template is filled inside JSON strings, so what is put in is escaped as JSON.
    private func filled(to: String, text: String, id: String) -> Data {
        var filled = ""
        var rest = body[...]
        let values = ["to": to, "text": text, "from": from, "id": id]
        while let open = rest.firstIndex(of: "{") {
            filled += rest[..<open]
            rest = rest[open...]
            if let (name, value) = values.first(where: { rest.hasPrefix("{\($0.key)}") }) {
                filled += SMSGateway.escaped(value)
                rest = rest.dropFirst(name.count + 2)
            } else {
                filled += "{"
                rest = rest.dropFirst()
            }
        }
        return Data((filled + rest).utf8)
    }

    private static func escaped(_ text: String) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        let quoted = (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
        return String(quoted.dropFirst().dropLast())
    }
}
