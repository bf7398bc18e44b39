/// A text as numbers and addresses are looked for in it: digits of all scripts as 0 to 9, signs in the form that the
/// keyboard has, nothing that takes no room. Knows where each sign stands in the text itself, whose other signs stay as
/// they are. Made in one pass.
struct FoldedText {
    let scalars: [Unicode.Scalar]
    private let text: [Unicode.Scalar]
    /// Where each of `scalars` begins in the text, and where the text ends.
    private let places: [Int]

    init(_ string: some StringProtocol) {
        let text = Array(string.unicodeScalars)
        var scalars: [Unicode.Scalar] = []
        var places: [Int] = []
        scalars.reserveCapacity(text.count)
        places.reserveCapacity(text.count + 1)
        var index = 0
        while index < text.count {
            let start = index
            let scalar = text[start]
            let length = Self.spelledAt(text[start...])
            index += length ?? 1
            // A key's frame or a stroke through a digit makes it no other digit.
            if scalar.isInvisible || (scalar.isMark && scalars.last?.isDigit == true) { continue }
            scalars.append(length == nil ? scalar.folded : "@")
            places.append(start)
        }
        (self.scalars, self.text, self.places) = (scalars, text, places + [text.count])
    }

    /// What is written in the place of an @ where programs that gather addresses read along.
    private static let ats = ["(at)", "[at]", "%40"].map { Array($0.unicodeScalars) }

    /// How many signs of the rest stand for an @.
    private static func spelledAt(_ rest: ArraySlice<Unicode.Scalar>) -> Int? {
        guard let first = rest.first, "([%".unicodeScalars.contains(first) else { return nil }
        return ats.first { rest.prefix($0.count).map(\.lowercased) == $0 }?.count
    }

    /// Whether a text may hold a digit or an address. Most hold neither, which a look at the bytes tells: ASCII and the
    /// letters from À to ÿ.
    static func mayHoldNumbers(_ text: String) -> Bool {
        text.utf8.contains { byte in
            switch byte {
            case 0x30...0x39, UInt8(ascii: "@"), UInt8(ascii: "("), UInt8(ascii: "["): true
            // The first byte of everything else.
            case 0xC2, 0xC4...: true
            default: false
            }
        }
    }

    func string(_ range: Range<Int>) -> String {
        var string = String.UnicodeScalarView()
        string.append(contentsOf: scalars[range])
        return String(string)
    }

    /// The text itself with each of the ranges of `scalars` masked. Those that overlap are masked as one.
    func masking(_ ranges: [Range<Int>]) -> String {
        let mask = Array(PersonalNumber.mask.unicodeScalars)
        var masked: [Unicode.Scalar] = []
        var end = 0
        var masksTo = 0
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where !range.isEmpty {
            if range.lowerBound >= masksTo {
                masked += text[end..<places[range.lowerBound]]
                masked += mask
            }
            masksTo = max(masksTo, range.upperBound)
            end = places[masksTo]
        }
        masked += text[end...]
        var string = String.UnicodeScalarView()
        string.append(contentsOf: masked)
        return String(string)
    }
}

extension Unicode.Scalar {
    fileprivate var isMark: Bool {
        if value < 0x300 { return false }
        return [.nonspacingMark, .enclosingMark].contains(properties.generalCategory)
    }

    /// In the form that the keyboard has, where it is another form of a digit or of a sign in numbers and addresses.
    fileprivate var folded: Unicode.Scalar {
        if value < 0x80 { return self }
        if isDash { return "-" }
        if isSpace { return " " }
        switch properties.numericType {
        case .decimal, .digit:
            // In circles, raised, of other scripts.
            return properties.numericValue.flatMap { Unicode.Scalar(0x30 + UInt32($0)) } ?? self
        default: break
        }
        return switch value {
        case 0x85, 0x2028, 0x2029: "\n"
        case 0xFE6B: "@"
        case 0x2024, 0x3002, 0xFE52, 0xFF61: "."
        case 0x207A, 0x2795, 0xFE62: "+"
        case 0x2022, 0x2027, 0x2219, 0x22C5, 0x30FB: "·"
        default: halfWidth
        }
    }
}
