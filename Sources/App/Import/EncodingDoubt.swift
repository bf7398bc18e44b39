/// Whether a file that is said to have one byte for each letter is in fact UTF-8.
///
/// Letters beyond ASCII in such an encoding are practically never valid UTF-8: `Blåbær` would have to be `BlÃ¥bÃ¦r`.
struct EncodingDoubt {
    private var found: Int?
    private var line = 1
    /// How many bytes of the present letter are still to come.
    private var pending = 0
    private var hasLetters = false
    private var isOther = false
    private var isAfterReturn = false

    /// The first line with letters beyond ASCII that are all valid UTF-8, from 1; nil when there is none so far.
    var lineInUTF8: Int? { found ?? (isInUTF8 ? line : nil) }

    private var isInUTF8: Bool { hasLetters && !isOther && pending == 0 }

    /// The next bytes of the file, in portions of any size. Lines end as `CSVReader` has it: with CR, LF or both.
    mutating func read(_ bytes: [UInt8]) {
        for byte in bytes where found == nil {
            let (isNewline, isReturn) = (byte == UInt8(ascii: "\n"), byte == UInt8(ascii: "\r"))
            defer { isAfterReturn = isReturn }
            if isNewline && isAfterReturn { continue }
            guard isNewline || isReturn else {
                read(byte)
                continue
            }
            if isInUTF8 { found = line }
            line += 1
            (pending, hasLetters, isOther) = (0, false, false)
        }
    }

    private mutating func read(_ byte: UInt8) {
        if byte < 0x80 {
            isOther = isOther || pending > 0
        } else if pending > 0 {
            isOther = isOther || byte > 0xBF
            pending -= 1
        } else {
            hasLetters = true
            switch byte {
            case 0xC2...0xDF: pending = 1
            case 0xE0...0xEF: pending = 2
            case 0xF0...0xF4: pending = 3
            default: isOther = true
            }
        }
    }
}
