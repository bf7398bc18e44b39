extension ContactDetails {
    /// Where the e-mail addresses stand: outward from each @, with white space beside it or without.
    static func addresses(in scalars: [Unicode.Scalar]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        for at in scalars.indices where scalars[at] == "@" {
            let before = found.last?.upperBound ?? 0
            var last = at
            while last > before, at - last < mostBetween, scalars[last - 1].isBetween { last -= 1 }
            var next = at + 1
            while next < scalars.count, next - at <= mostBetween, scalars[next].isBetween { next += 1 }
            guard let start = localStart(scalars, before: last, notBefore: before),
                let end = literalEnd(scalars, from: next) ?? domainEnd(scalars, from: next)
            else { continue }
            found.append(start..<end)
        }
        return found
    }

    /// So much white space may stand on each side of the @: a line end, with spaces around.
    private static let mostBetween = 3

    /// Longer ones are no part of an address (RFC 5321).
    private static let mostQuoted = 64

    private static func localStart(_ scalars: [Unicode.Scalar], before end: Int, notBefore first: Int) -> Int? {
        if end > first, scalars[end - 1] == "\"" {
            // What stands in quotes may hold spaces.
            let opening = (max(first, end - mostQuoted - 2)..<(end - 1)).last {
                "\"\n".unicodeScalars.contains(scalars[$0])
            }
            guard let opening, scalars[opening] == "\"", opening < end - 2 else { return nil }
            return opening
        }
        var start = end
        while start > first, isLocal(scalars[start - 1]) { start -= 1 }
        return start < end ? start : nil
    }

    /// Where a network address in brackets ends, in the place of a domain.
    private static func literalEnd(_ scalars: [Unicode.Scalar], from start: Int) -> Int? {
        guard start < scalars.count, scalars[start] == "[" else { return nil }
        let end = scalars[start...].prefix(mostQuoted).firstIndex(of: "]")
        guard let end, scalars[(start + 1)..<end].allSatisfy({ isLabel($0) || $0 == "." || $0 == ":" }) else {
            return nil
        }
        return end + 1
    }

    /// Where the domain ends that begins there: at the last part that begins with a letter and has two or more.
    private static func domainEnd(_ scalars: [Unicode.Scalar], from first: Int) -> Int? {
        var end: Int?
        var start = first
        var index = start
        while true {
            while index < scalars.count, isLabel(scalars[index]) { index += 1 }
            guard index > start else { return end }
            if start != first, index - start >= 2, isLabel(scalars[start]), !scalars[start].isDigit,
                scalars[start] != "-"
            {
                end = index
            }
            // A space before the point is no end of a sentence.
            let isSpaced = index + 1 < scalars.count && scalars[index].isSpace && scalars[index + 1] == "."
            if isSpaced { index += 1 }
            guard index < scalars.count, scalars[index] == "." else { return end }
            index += 1
            if isSpaced, index < scalars.count, scalars[index].isSpace { index += 1 }
            start = index
        }
    }

    private static func isLabel(_ scalar: Unicode.Scalar) -> Bool { scalar == "-" || scalar.isWordPart }

    private static func isLocal(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isWordPart || ".!#$%&'*+/=?^_`{|}~-".unicodeScalars.contains(scalar)
    }
}

extension Unicode.Scalar {
    fileprivate var isBetween: Bool { isSpace || self == "\n" }
}
