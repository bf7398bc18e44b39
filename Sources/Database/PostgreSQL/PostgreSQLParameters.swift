/// Values laid out for libpq: text, except for bytes, which are sent as they are.
struct PostgreSQLParameters {
    /// All texts and bytes, one after the other, each with a NUL behind it.
    private var bytes: [CChar] = []
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
            case .integer(let number): append(String(number).utf8, format: 0)
            case .real(let number): append(String(number).utf8, format: 0)
            case .text(let text):
                guard !text.utf8.contains(0) else {
                    throw DatabaseError.malformed("a text holds a NUL character")
                }
                append(text.utf8, format: 0)
            case .blob(let blob): append(blob, format: 1)
            }
        }
    }

    private mutating func append(_ content: some Collection<UInt8>, format: Int32) {
        offsets.append(bytes.count)
        lengths.append(Int32(clamping: content.count))
        formats.append(format)
        bytes.append(contentsOf: content.lazy.map { CChar(bitPattern: $0) })
        bytes.append(0)
    }

    func withPointers<Value>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) throws -> Value
    ) rethrows -> Value {
        try bytes.withUnsafeBufferPointer { buffer in
            let pointers = offsets.map { offset in offset.flatMap { buffer.baseAddress?.advanced(by: $0) } }
            return try pointers.withUnsafeBufferPointer { try body($0.baseAddress, lengths, formats) }
        }
    }
}
