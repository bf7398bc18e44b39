import Foundation

/// Reads JSON (RFC 8259) into input values, in one pass over the bytes.
///
/// Foundation's decoder takes a second for a kilobyte of nested brackets, and ten times as long for an ordinary body:
/// too much for what anybody may send.
struct JSONParser {
    /// Deeper than any body that Torg asks for.
    private static let deepest = 16

    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    /// The object that the bytes hold; nil when they hold anything else: invalid UTF-8, half a surrogate pair, a number
    /// beyond 64-bit floating point, a name twice in one object, more than 16 levels.
    static func value(_ bytes: UnsafeRawBufferPointer) -> InputValue? {
        var parser = JSONParser(bytes: bytes)
        guard let value = parser.value(depth: 0) else { return nil }
        parser.skipSpace()
        return parser.position == bytes.count ? value : nil
    }

    private init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    private mutating func value(depth: Int) -> InputValue? {
        skipSpace()
        guard position < bytes.count else { return nil }
        switch bytes[position] {
        case UInt8(ascii: "{"): return depth < Self.deepest ? object(depth: depth + 1) : nil
        case UInt8(ascii: "["): return depth < Self.deepest ? list(depth: depth + 1) : nil
        case UInt8(ascii: "\""): return string().map(InputValue.text)
        case UInt8(ascii: "t"): return take("true") ? .flag(true) : nil
        case UInt8(ascii: "f"): return take("false") ? .flag(false) : nil
        case UInt8(ascii: "n"): return take("null") ? .null : nil
        default: return number()
        }
    }

    private mutating func object(depth: Int) -> InputValue? {
        position += 1
        var object: [String: InputValue] = [:]
        if closes(with: "}") { return .object(object) }
        repeat {
            skipSpace()
            guard let name = string() else { return nil }
            skipSpace()
            guard take(":"), let value = value(depth: depth), object.updateValue(value, forKey: name) == nil else {
                return nil
            }
            skipSpace()
        } while take(",")
        return take("}") ? .object(object) : nil
    }

    private mutating func list(depth: Int) -> InputValue? {
        position += 1
        var items: [InputValue] = []
        if closes(with: "]") { return .list(items) }
        repeat {
            guard let item = value(depth: depth) else { return nil }
            items.append(item)
            skipSpace()
        } while take(",")
        return take("]") ? .list(items) : nil
    }

    private mutating func string() -> String? {
        guard take("\"") else { return nil }
        let start = position
        // Most strings have no escapes and are copied as they stand.
        while position < bytes.count, bytes[position] >= 32 {
            if bytes[position] == UInt8(ascii: "\"") {
                position += 1
                return String(validating: bytes[start..<(position - 1)], as: UTF8.self)
            }
            if bytes[position] == UInt8(ascii: "\\") { return escapedString(from: start) }
            position += 1
        }
        return nil
    }

    private mutating func escapedString(from start: Int) -> String? {
        var text = Array(bytes[start..<position])
        while position < bytes.count, bytes[position] >= 32 {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                guard let scalar = escape() else { return nil }
                text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            default: text.append(byte)
            }
        }
        return nil
    }

    /// What follows a backslash.
    private mutating func escape() -> Unicode.Scalar? {
        guard position < bytes.count else { return nil }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{c}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"):
            guard let first = hexadecimal() else { return nil }
            guard 0xD800...0xDBFF ~= first else { return Unicode.Scalar(first) }
            guard take("\\u"), let second = hexadecimal(), 0xDC00...0xDFFF ~= second else { return nil }
            return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        default: return nil
        }
    }

    private mutating func hexadecimal() -> UInt32? {
        guard position + 4 <= bytes.count else { return nil }
        var value: UInt32 = 0
        for byte in bytes[position..<(position + 4)] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
            value = value << 4 | UInt32(digit)
        }
        position += 4
        return value
    }

    private mutating func number() -> InputValue? {
        let start = position
        _ = take("-")
        if !take("0") { guard digits() else { return nil } }
        if take(".") { guard digits() else { return nil } }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            guard digits() else { return nil }
        }
        guard let number = Double(String(decoding: bytes[start..<position], as: UTF8.self)), number.isFinite else {
            return nil
        }
        return .number(number)
    }

    /// One digit or more.
    private mutating func digits() -> Bool {
        let start = position
        while position < bytes.count, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[position] { position += 1 }
        return position > start
    }

    private mutating func closes(with end: StaticString) -> Bool {
        skipSpace()
        return take(end)
    }

    private mutating func skipSpace() {
        while position < bytes.count, [9, 10, 13, 32].contains(bytes[position]) { position += 1 }
    }

    private mutating func take(_ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard position + count <= bytes.count else { return false }
        for index in 0..<count where bytes[position + index] != text.utf8Start[index] { return false }
        position += count
        return true
    }
}
