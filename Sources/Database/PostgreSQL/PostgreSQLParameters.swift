import Foundation

/// Values laid out for libpq: text, except for bytes, which are sent as they are.
struct PostgreSQLParameters {
    /// All texts and bytes, one after the other, each with a NUL behind it.
    private var bytes: [UInt8] = []
    /// Where each begins; nil is NULL.
    private var offsets: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    var count: Int { offsets.count }

    init(_ values: [SQLValue]) throws {
        for value in values {
            switch value {
            case .null:
                offsets.append(nil)
                lengths.append(0)
                formats.append(0)
            case .integer(let number): append(String(number))
            case .real(let number): append(String(number))
            case .text(let text):
                guard append(text) else { throw DatabaseError.malformed("a text holds a NUL character") }
            case .blob(let blob): blob.withUnsafeBufferPointer { append($0, format: 1) }
            }
        }
    }

    /// False when it holds a NUL. By memory and not by character: every value of every statement comes this way.
    @discardableResult
    private mutating func append(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { content in
            append(content, format: 0)
            guard let first = content.baseAddress else { return true }
            return memchr(first, 0, content.count) == nil
        }
    }

    private mutating func append(_ content: UnsafeBufferPointer<UInt8>, format: Int32) {
        offsets.append(bytes.count)
        lengths.append(Int32(clamping: content.count))
        formats.append(format)
        bytes.append(contentsOf: content)
        bytes.append(0)
    }

    func withPointers<Value>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) throws -> Value
    ) rethrows -> Value {
        try bytes.withUnsafeBytes { buffer in
            let first = buffer.assumingMemoryBound(to: CChar.self).baseAddress
            let pointers = offsets.map { offset in offset.flatMap { first?.advanced(by: $0) } }
            return try pointers.withUnsafeBufferPointer { try body($0.baseAddress, lengths, formats) }
        }
    }
}
