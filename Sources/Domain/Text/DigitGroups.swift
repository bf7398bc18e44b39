/// The groups of digits in a text, with what stands between them: what telephone numbers, case numbers and the like are
/// found in. Made in one pass.
struct DigitGroups {
    struct Group {
        /// Where it stands among the text's signs.
        var range: Range<Int>
        /// The first digits; all where there are no more than sixteen.
        var digits: String
        var count: Int { range.count }
        /// What stands before it, after the group before.
        var gap: Gap
    }

    enum Gap: Hashable {
        /// Something that parts numbers, or nothing at all: the first.
        case other
        /// Up to three spaces.
        case space
        /// Up to three of space, dash, point, slash and brackets, as between a telephone number's groups.
        case joining(isPoint: Bool)
        /// One dash, with or without spaces around.
        case dash
        /// A sign that hardly anybody writes between them, alone; or one line end, with or without spaces around.
        case unusual(Unicode.Scalar)
    }

    let scalars: [Unicode.Scalar]
    let groups: [Group]

    init(_ scalars: [Unicode.Scalar]) {
        self.scalars = scalars
        var groups: [Group] = []
        var index = 0
        var end = 0
        while index < scalars.count {
            guard scalars[index].isDigit else {
                index += 1
                continue
            }
            let start = index
            while index < scalars.count, scalars[index].isDigit { index += 1 }
            var digits = ""
            digits.unicodeScalars.append(contentsOf: scalars[start..<min(index, start + 16)])
            let gap = groups.isEmpty ? .other : Self.gap(scalars[end..<start])
            groups.append(Group(range: start..<index, digits: digits, gap: gap))
            end = index
        }
        self.groups = groups
    }

    private static let unusual = Set("_,:;·*~|'=".unicodeScalars)

    private static func gap(_ between: ArraySlice<Unicode.Scalar>) -> Gap {
        guard between.count <= 5 else { return .other }
        let dashes = between.count(where: \.isDash)
        if dashes == 1, between.allSatisfy({ $0.isDash || $0.isSpace }) { return .dash }
        guard between.count <= 3 else { return .other }
        if !between.isEmpty, between.allSatisfy(\.isSpace) { return .space }
        if between.allSatisfy({ $0.isSpace || $0.isDash || "./()".unicodeScalars.contains($0) }) {
            return .joining(isPoint: between.elementsEqual(["."]))
        }
        if let sign = between.first, between.count == 1, unusual.contains(sign) { return .unusual(sign) }
        let lineEnds = between.count { $0 == "\n" }
        return lineEnds == 1 && between.allSatisfy { $0 == "\n" || $0.isSpace } ? .unusual("\n") : .other
    }
}
