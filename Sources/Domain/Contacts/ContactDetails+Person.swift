extension ContactDetails {
    /// `text` without a person's name, e-mail address and telephone number.
    public static func masked(_ text: String, of person: Person, in country: Country) -> String {
        let folded = FoldedText(text)
        var found: [Range<Int>] = []
        if let email = person.email?.description { found += places(of: email, in: folded.scalars) }
        if let phone = person.phone { found += places(of: phone, country, in: folded.scalars) }
        if let name = person.name { found += places(ofName: name, in: folded.scalars) }
        return found.isEmpty ? text : folded.masking(found)
    }

    /// In small letters or large.
    private static func places(of email: String, in scalars: [Unicode.Scalar]) -> [Range<Int>] {
        let sought = FoldedText(email).scalars.map(\.lowercased)
        guard let sign = sought.firstIndex(of: "@") else { return [] }
        return scalars.indices.compactMap { at in
            guard scalars[at] == "@", at >= sign else { return nil }
            return stands(sought, at: at - sign, in: scalars) ? (at - sign)..<(at - sign + sought.count) : nil
        }
    }

    /// However the digits are grouped, with the country's code or without.
    private static func places(
        of phone: PhoneNumber, _ country: Country, in scalars: [Unicode.Scalar]
    ) -> [Range<Int>] {
        // What is dialled in any country: without the code and without the 0 that is dialled at home.
        let dialled = phone.national(in: country).map { country == .sweden ? String($0.dropFirst()) : $0 }
        let number = Array((dialled ?? String(phone.digits)).unicodeScalars)
        guard number.count >= 5 else { return [] }
        let row = GluedDigits(DigitGroups(scalars))
        return row.digits.indices.compactMap { first in
            let end = first + number.count
            guard end <= row.digits.count, row.digits[first..<end].elementsEqual(number),
                !row.isApart[(first + 1)..<end].contains(true),
                end == row.digits.count || row.places[end] > row.places[end - 1] + 1
            else { return nil }
            return row.start(before: first, in: scalars)..<(row.places[end - 1] + 1)
        }
    }

    /// The whole name, with or without those in the middle. A single one only as it was written: many are words, too.
    private static func places(ofName name: String, in scalars: [Unicode.Scalar]) -> [Range<Int>] {
        let parts = FoldedText(name).scalars.split(whereSeparator: \.properties.isWhitespace).map(Array.init)
        guard let first = parts.first, let last = parts.last, parts.count > 1 || first.count > 1 else { return [] }
        let (small, end) = (first.map(\.lowercased), last.map(\.lowercased))
        return scalars.indices.compactMap { start in
            if start > 0, scalars[start - 1].isWordPart, scalars[start].isWordPart { return nil }
            if parts.count == 1 {
                let isWhole = scalars[start...].starts(with: first) && isWordEnd(start + first.count, in: scalars)
                return isWhole ? start..<(start + first.count) : nil
            }
            guard stands(small, at: start, in: scalars) else { return nil }
            return nameEnd(end, after: start + small.count, in: scalars).map { start..<$0 }
        }
    }

    /// Where the last name ends that follows, with up to two words between.
    private static func nameEnd(_ last: [Unicode.Scalar], after start: Int, in scalars: [Unicode.Scalar]) -> Int? {
        var at = start
        for _ in 0...2 {
            guard at < scalars.count, scalars[at].properties.isWhitespace else { return nil }
            while at < scalars.count, scalars[at].properties.isWhitespace { at += 1 }
            if stands(last, at: at, in: scalars), isWordEnd(at + last.count, in: scalars) { return at + last.count }
            while at < scalars.count, !scalars[at].properties.isWhitespace { at += 1 }
        }
        return nil
    }

    private static func isWordEnd(_ at: Int, in scalars: [Unicode.Scalar]) -> Bool {
        at == scalars.count || !scalars[at].isWordPart
    }

    /// - Parameter sought: in small letters.
    private static func stands(_ sought: [Unicode.Scalar], at start: Int, in scalars: [Unicode.Scalar]) -> Bool {
        guard start + sought.count <= scalars.count else { return false }
        for index in sought.indices where scalars[start + index].lowercased != sought[index] { return false }
        return true
    }
}

/// All digits of a text, one after the other, and which of them cannot belong to the number before.
private struct GluedDigits {
    var digits: [Unicode.Scalar] = []
    var places: [Int] = []
    var isApart: [Bool] = []

    init(_ text: DigitGroups) {
        for group in text.groups {
            for place in group.range {
                isApart.append(place == group.range.lowerBound && group.gap == .other)
                places.append(place)
                digits.append(text.scalars[place])
            }
        }
    }

    /// Where a number begins with what is dialled before it: a country code, a 0, the + in front.
    func start(before first: Int, in scalars: [Unicode.Scalar]) -> Int {
        var start = first
        for count in stride(from: 5, through: 1, by: -1) where first >= count {
            let dialled = digits[(first - count)..<first].map(Character.init)
            guard !isApart[(first - count + 1)...first].contains(true), Self.isPrefix(String(dialled)) else { continue }
            start = first - count
            break
        }
        var place = places[start]
        while place > 0, scalars[place - 1] == "(" { place -= 1 }
        return place > 0 && scalars[place - 1] == "+" ? place - 1 : places[start]
    }

    private static func isPrefix(_ digits: String) -> Bool {
        let code = digits.hasPrefix("00") ? digits.dropFirst(2) : digits[...]
        return code == "0" || ["45", "46", "47"].contains(code.prefix(2)) && ["", "0"].contains(code.dropFirst(2))
    }
}
