/// The one rule for text before it is stored, whoever brings it: a form, a program, an import.
///
/// Linear in the length of the text.
public enum TypedText {
    public enum Fault: Error, Hashable, Sendable {
        /// A control character or a code point that is no character: nobody can see it, and files in XML cannot hold it.
        case invalidCharacter(UInt32)
    }

    /// So many combining marks may stand on one letter; scripts need four, and emoji one.
    public static let mostMarks = 10

    /// So many code points make up one character that is read: the longest emoji has eleven, a flag seven, a syllable
    /// of a script that joins its letters about as many. Of a longer one an ellipsis is left in the place of the rest.
    public static let mostJoined = 32

    /// As it is stored: one kind of line end, no white space around, no signs that turn the direction of what follows,
    /// no letter buried under marks, and no character without end. Empty for a text in which nothing can be seen.
    ///
    /// - Parameter inOneLine: for names, addresses and titles: line ends and tabs become spaces.
    public static func tidied(_ text: String, inOneLine: Bool = false) throws(Fault) -> String {
        if isPlain(text) { return inOneLine ? joined(text.trimmed) : text.trimmed }
        var tidied = String.UnicodeScalarView()
        var marks = 0
        var isAfterReturn = false
        var isSeen = false
        for scalar in text.unicodeScalars {
            defer { isAfterReturn = scalar == "\r" }
            switch kind(of: scalar) {
            case .lineEnd: if scalar != "\n" || !isAfterReturn { tidied.append("\n") }
            case .turningDirection: continue
            case .invalid: throw .invalidCharacter(scalar.value)
            case .mark:
                marks += 1
                if marks <= mostMarks { tidied.append(scalar) }
                continue
            // What joins letters does not end their marks.
            case .joiner:
                tidied.append(scalar)
                continue
            case .unseen: tidied.append(scalar)
            case .seen:
                isSeen = true
                tidied.append(scalar)
            }
            marks = 0
        }
        guard isSeen else { return "" }
        let trimmed = bounded(String(tidied)).trimmed
        return inOneLine ? joined(trimmed) : trimmed
    }

    /// Nothing but ASCII that is seen, spaces, line ends, and the letters from À to ÿ: what almost everybody writes.
    private static func isPlain(_ text: String) -> Bool {
        var isAfterLead = false
        for byte in text.utf8 {
            if isAfterLead {
                isAfterLead = false
            } else if byte == 0xC3 {
                isAfterLead = true
            } else if !(0x20...0x7E).contains(byte) && byte != 0x0A {
                return false
            }
        }
        return true
    }

    private static func joined(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 == 0x0A || $0 == 0x09 }) else { return text }
        return text.split { $0 == "\n" || $0 == "\t" }.map(\.trimmed).filter { !$0.isEmpty }.joined(separator: " ")
    }

    /// Without a character of more than `mostJoined` code points. The ellipsis joins nothing that comes after it.
    private static func bounded(_ text: String) -> String {
        var bounded = String.UnicodeScalarView()
        for character in text {
            let scalars = character.unicodeScalars
            guard character.utf8.count > mostJoined, scalars.count > mostJoined else {
                bounded.append(contentsOf: scalars)
                continue
            }
            bounded.append(contentsOf: scalars.prefix(mostJoined))
            bounded.append("…")
        }
        return String(bounded)
    }

    private enum Kind { case seen, unseen, joiner, mark, lineEnd, turningDirection, invalid }

    private static func kind(of scalar: Unicode.Scalar) -> Kind {
        switch scalar.value {
        case 0x09, 0x20, 0xA0: .unseen
        // With the line ends of other systems and of word processors.
        case 0x0A...0x0D, 0x85, 0x2028, 0x2029: .lineEnd
        case 0...0x1F, 0x7F...0x9F, 0xFDD0...0xFDEF: .invalid
        case let value where value & 0xFFFE == 0xFFFE: .invalid
        case 0x202A...0x202E, 0x2066...0x206F: .turningDirection
        case 0x21...0x2FF: scalar == "\u{AD}" ? .unseen : .seen
        // A braille pattern without dots.
        case 0x2800: .unseen
        default: kind(beyondLatin: scalar)
        }
    }

    private static func kind(beyondLatin scalar: Unicode.Scalar) -> Kind {
        let properties = scalar.properties
        switch properties.generalCategory {
        case .nonspacingMark, .enclosingMark: return .mark
        case .control, .spaceSeparator: return .unseen
        case .format: return properties.isDefaultIgnorableCodePoint ? .joiner : .unseen
        default: return properties.isDefaultIgnorableCodePoint ? .joiner : .seen
        }
    }
}
