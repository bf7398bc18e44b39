import Foundation

extension StringProtocol {
    /// What two names share that a reader takes for one: whatever their case, the form of their letters (NFC, NFD), their
    /// spaces and dashes, and the signs between them that take no room.
    public var foldedName: String {
        var folded = String.UnicodeScalarView()
        var isApart = false
        for scalar in unicodeScalars where !scalar.isInvisible {
            if scalar.isSpace || scalar.properties.isWhitespace {
                isApart = true
                continue
            }
            if isApart, !folded.isEmpty { folded.append(" ") }
            isApart = false
            folded.append(scalar.isDash ? "-" : scalar)
        }
        return String(folded).lowercased().precomposedStringWithCanonicalMapping
    }
}
