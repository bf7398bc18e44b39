/// Groups of digits, one after the other, with what stands between telephone numbers' groups between them.
struct DigitRow {
    private let groups: ArraySlice<DigitGroups.Group>
    private let isInternational: Bool
    /// Where it begins in the text, with the + before the digits.
    let start: Int

    /// The longest telephone numbers in their smallest groups.
    private static let most = 9

    init(_ text: DigitGroups, from first: Int) {
        let all = text.groups
        var end = first + 1
        while end < all.count, end - first < Self.most, all[end].isJoined { end += 1 }
        groups = all[first..<end]
        let before = all[first].range.lowerBound - 1
        let hasPlus = before >= 0 && text.scalars[before] == "+"
        start = hasPlus ? before : before + 1
        isInternational = hasPlus || all[first].digits.hasPrefix("00")
    }

    private func lengths(_ count: Int) -> [Int] { groups.prefix(count).map(\.count) }

    /// Of how many groups the telephone number consists with which the row begins.
    func telephone(in country: Country) -> Int? {
        if isInternational { return international }
        for count in (1...groups.count).reversed() {
            if isUnusual(count) { return count }
            guard isOneWay(count) else { continue }
            switch country {
            case .norway, .denmark:
                if isSwedishAbroad(count) { return count }
                let code = country == .norway ? "47" : "45"
                if isNordic(groups.prefix(count)) { return count }
                if count > 1, first.digits == code, isNordic(groups.prefix(count).dropFirst()) { return count }
                if lengths(count) == [10], first.digits.hasPrefix(code) { return 1 }
            case .sweden:
                if isSwedish(lengths(count)) || (count > 2 && isNordic(groups.prefix(count))) { return count }
            }
        }
        return nil
    }

    /// Where the numbers end with which the row begins, when nothing is asked of the groups but how many digits they have.
    func loose(in country: Country) -> [Int] {
        if isInternational {
            return international.map { [groups[groups.startIndex + $0 - 1].range.upperBound] } ?? []
        }
        var digits = ""
        var ends: [Int] = []
        for group in groups {
            guard digits.utf8.count + group.count <= 12, digits.isEmpty || !group.isUnusual else { break }
            digits += group.digits
            if Self.isLoose(digits, country) { ends.append(group.range.upperBound) }
        }
        return ends
    }

    private static func isLoose(_ digits: String, _ country: Country) -> Bool {
        // With the 0 of home behind it: 46 (0)70.
        if digits.hasPrefix("460"), digits.utf8.count == 12 { return true }
        let isCoded = ["45", "46", "47"].contains { digits.hasPrefix($0) }
        switch country {
        case .norway, .denmark:
            if digits.utf8.count == 8 { return !digits.hasPrefix("0") && !digits.hasPrefix("1") }
        case .sweden:
            if digits.hasPrefix("0") { return (8...10).contains(digits.utf8.count) }
        }
        return isCoded && (10...11).contains(digits.utf8.count)
    }

    private var first: DigitGroups.Group { groups[groups.startIndex] }

    /// With points between all groups, or none: 22.30-23.30 is a time. Nor with unusual signs.
    private func isOneWay(_ count: Int) -> Bool {
        let gaps = groups.prefix(count).dropFirst()
        return Set(gaps.map(\.isPointed)).count <= 1 && !gaps.contains(where: \.isUnusual)
    }

    /// Eight digits with the same unusual sign between all groups, or parted by a line's end. Lists and large sums look
    /// much alike.
    private func isUnusual(_ count: Int) -> Bool {
        guard count > 2, "23456789".contains(first.digits.prefix(1)) else { return false }
        let gaps = groups.prefix(count).dropFirst().map(\.gap)
        let isWrapped = gaps.contains(.unusual("\n"))
        guard isWrapped ? gaps.allSatisfy(\.isSpaced) : gaps[0].isUnusual && Set(gaps).count == 1 else { return false }
        let isList = isWrapped || gaps[0] == .unusual(",") || gaps[0] == .unusual(";")
        let numbers = groups.prefix(count).map(\.digits)
        switch lengths(count) {
        case [3, 2, 3], [3, 3, 2]: return true
        case [2, 2, 2, 2]: return !isList || zip(numbers, numbers.dropFirst()).contains { $0 >= $1 }
        case [2, 3, 3]: return !isList && gaps[0] != .unusual("'")
        default: return false
        }
    }

    /// Eight digits, the first not 0 or 1 (Nkom and SDFI, the numbering plans).
    private func isNordic(_ groups: ArraySlice<DigitGroups.Group>) -> Bool {
        guard let first = groups.first, !first.digits.hasPrefix("0"), !first.digits.hasPrefix("1") else { return false }
        switch groups.map(\.count) {
        case [8]: return !isDay(first.digits)
        case [2, 2, 2, 2], [3, 2, 3], [3, 3, 2], [2, 3, 3], [2, 6]:
            return groups.count > 2 || !groups[groups.startIndex + 1].isPointed
        // As mobile telephones' are in Norway: 900 12345.
        case [3, 5], [5, 3]:
            return ["4", "9"].contains(first.digits.prefix(1)) && !groups[groups.startIndex + 1].isPointed
        // From one year to another, or after a day with its year.
        case [4, 4]:
            return !first.isPointed && !groups.allSatisfy { $0.digits.hasPrefix("19") || $0.digits.hasPrefix("20") }
        default: return false
        }
    }

    /// The area code from its 0 on, and two or three groups; or no groups at all (PTS, the numbering plan).
    private func isSwedish(_ lengths: [Int]) -> Bool {
        guard first.digits.hasPrefix("0"), (8...10).contains(lengths.reduce(0, +)) else { return false }
        if lengths.count == 1 { return true }
        guard (2...4).contains(lengths[0]), !groups[groups.startIndex + 1].isPointed || lengths.count > 2 else {
            return false
        }
        return lengths.count == 2 ? lengths[1] >= 5 : lengths[1...].allSatisfy { (2...3).contains($0) }
    }

    /// One from Sweden in another country: a mobile telephone's, or one with the dash behind its area code that Swedes
    /// write there. Nine digits or more: in eight a time or a day of the month may begin with 0.
    private func isSwedishAbroad(_ count: Int) -> Bool {
        let lengths = lengths(count)
        let digits = lengths.reduce(0, +)
        guard digits >= 9, isSwedish(lengths) else { return false }
        let isMobile = digits == 10 && ["070", "072", "073", "076", "079"].contains { first.digits.hasPrefix($0) }
        if isMobile { return true }
        let gaps = groups.prefix(count).dropFirst().map(\.gap)
        return gaps.count > 1 && gaps[0] == .dash && gaps.dropFirst().allSatisfy(\.isSpaced)
    }

    /// A country code, and as many groups as a number takes: eight digits in Norway and Denmark, up to nine in Sweden.
    private var international: Int? {
        var digits = ""
        var count: Int?
        for (index, group) in groups.enumerated() {
            // In +46 (0)70 the 0 is dialled at home only.
            if group.digits == "0" { continue }
            // What follows in the next line is part of it only as long as it is too short.
            guard group.count <= 15, index == 0 || !group.isUnusual || digits.utf8.count < 8 else { break }
            digits += group.digits
            let number = digits.hasPrefix("00") ? digits.dropFirst(2) : digits[...]
            let most = number.hasPrefix("47") || number.hasPrefix("45") ? 10 : number.hasPrefix("46") ? 12 : 15
            guard number.utf8.count <= most else { break }
            if number.utf8.count >= 8 { count = index + 1 }
        }
        return count
    }

    /// 20260720.
    private func isDay(_ digits: String) -> Bool {
        guard digits.hasPrefix("19") || digits.hasPrefix("20"), let month = Int(digits.dropFirst(4).prefix(2)),
            let day = Int(digits.suffix(2))
        else { return false }
        return (1...12).contains(month) && (1...31).contains(day)
    }
}

extension DigitGroups.Group {
    /// To the group before, as telephone numbers' groups are.
    fileprivate var isJoined: Bool { gap != .other }
    fileprivate var isPointed: Bool { gap == .joining(isPoint: true) }
    fileprivate var isUnusual: Bool { gap.isUnusual }
}

extension DigitGroups.Gap {
    fileprivate var isUnusual: Bool {
        if case .unusual = self { true } else { false }
    }

    fileprivate var isSpaced: Bool { self == .space || self == .unusual("\n") }
}
