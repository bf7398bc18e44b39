/// Keeps texts in a CSV file from becoming formulas in the program that opens it.
///
/// Other people's words go into files that colleagues open, and a program that parts the fields at another sign than
/// the file does (a comma, a tab) sees fields that begin in the middle of a text. So an apostrophe is put before what a
/// program would take for a formula, at the beginning of a text and after every sign that may part fields or lines.
/// Linear in the length of the text.
public enum FormulaGuard {
    /// - Parameter text: a field, as it is meant.
    /// - Returns: the field as it is written.
    public static func disarmed(_ text: String) -> String {
        if isWholeNumber(text) { return text }
        return walk(text) { isFormula($0) ? "'" : nil }
    }

    /// What was given to ``disarmed(_:)``.
    public static func restored(_ text: String) -> String {
        walk(text) { $0.first == "'" && isFormula($0.dropFirst()) ? "" : nil }
    }

    private typealias Rest = Substring.UnicodeScalarView

    /// - Parameter change: what is put at the beginning of a piece, which is given with all that follows; the empty
    ///   text takes its first sign away.
    private static func walk(_ text: String, _ change: (Rest) -> String?) -> String {
        var written = String.UnicodeScalarView()
        var rest = Substring(text).unicodeScalars
        while true {
            switch change(rest) {
            case nil: break
            case "": rest = rest.dropFirst()
            case let added?: written.append(contentsOf: added.unicodeScalars)
            }
            guard let end = rest.firstIndex(where: mayPartFields) else { break }
            let next = rest.index(after: end)
            written.append(contentsOf: rest[..<next])
            rest = rest[next...]
        }
        written.append(contentsOf: rest)
        return String(written)
    }

    private static func isFormula(_ piece: Rest) -> Bool {
        guard let first = piece.first(where: { !isSkipped($0) }) else { return false }
        switch first {
        case "=", "+", "-", "@", "%", "|", "\u{2212}": return true
        // Other forms, as they are typed in East Asia, set small, high or low: some programs take them for the same.
        case "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}", "\u{FF05}", "\u{FF5C}", "\u{FE66}", "\u{FE62}", "\u{FE63}",
            "\u{FE6B}", "\u{FE6A}", "\u{207A}"..."\u{207C}", "\u{208A}"..."\u{208C}", "\u{FB29}":
            return true
        default: return false
        }
    }

    /// Quotes, apostrophes, spaces, control characters and what nobody sees: programs take them away or skip them.
    private static func isSkipped(_ scalar: Unicode.Scalar) -> Bool {
        if mayPartFields(scalar) { return false }
        if scalar.value < 0x7F { return scalar.value <= 0x20 || scalar == "\"" || scalar == "'" }
        switch scalar.properties.generalCategory {
        case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator: return true
        // Full-width quotes; a braille pattern without dots.
        default:
            return scalar.properties.isDefaultIgnorableCodePoint
                || "\u{FF02}\u{FF07}\u{2800}".unicodeScalars.contains(scalar)
        }
    }

    private static func mayPartFields(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ",", ";", "\t", "|", "\n", "\r": true
        default: false
        }
    }

    private static func isWholeNumber(_ text: String) -> Bool {
        text.utf8.count < 20 && Int64(text) != nil && text.utf8.first != UInt8(ascii: "+")
    }
}
