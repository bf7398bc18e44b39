import Foundation

/// A word that a citizen has agreed with the municipality, to open a confidential case with. It is said on the
/// telephone and typed on any keyboard: large or small letters, accents, spaces and signs do not matter.
public struct AgreedWord: Sendable, Hashable {
    /// What is compared: small letters and digits without accents, æ as a, ø as o.
    public let folded: String

    /// Letters and digits that count.
    public static let length = 6...60
    /// Characters that may be typed.
    public static let longestText = 100

    /// Nil for a text with too few letters and digits, or too many; for one letter said many times, and for a mere number:
    /// a day of birth is known to many.
    public init?(_ text: String) {
        guard text.utf8.count <= Self.longestText * 4 else { return nil }
        var folded = String.UnicodeScalarView()
        for scalar in text.lowercased().decomposedStringWithCompatibilityMapping.unicodeScalars {
            switch scalar {
            case "æ": folded.append("a")
            case "ø": folded.append("o")
            case "ß": folded.append(contentsOf: "ss".unicodeScalars)
            case "đ", "ð": folded.append("d")
            case "þ": folded.append(contentsOf: "th".unicodeScalars)
            case "ł": folded.append("l")
            case "ı": folded.append("i")
            default:
                switch scalar.properties.generalCategory {
                case .lowercaseLetter, .otherLetter, .modifierLetter, .decimalNumber: folded.append(scalar)
                default: continue
                }
            }
        }
        guard Self.length.contains(folded.count), Set(folded).count > 2,
            folded.contains(where: { $0.properties.generalCategory != .decimalNumber })
        else { return nil }
        self.folded = String(folded)
    }
}
