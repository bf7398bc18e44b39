import Mustache

/// What makes text safe between tags and in quoted attributes.
///
/// Mustache's own goes through the text by letters as people see them; most texts have nothing to escape, which a
/// look at the bytes tells.
struct EscapedText: MustacheContentType {
    /// What stands first in every template; a partial would fall back to Mustache's own.
    static let pragma = "{{% CONTENT_TYPE:ESCAPED}}\n"

    static func register() { MustacheContentTypes.register(EscapedText(), named: "ESCAPED") }

    func escapeText(_ text: String) -> String { Self.escaped(text) }

    static func escaped(_ text: String) -> String {
        var text = text
        return text.withUTF8 { bytes in
            guard bytes.contains(where: { EscapedText.entity(of: $0) != nil }) else { return nil as String? }
            var escaped: [UInt8] = []
            escaped.reserveCapacity(bytes.count + 32)
            for byte in bytes {
                if let entity = EscapedText.entity(of: byte) {
                    escaped.append(contentsOf: entity.utf8)
                } else {
                    escaped.append(byte)
                }
            }
            return String(decoding: escaped, as: UTF8.self)
        } ?? text
    }

    private static func entity(of byte: UInt8) -> String? {
        switch byte {
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}
