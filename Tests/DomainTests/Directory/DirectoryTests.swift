import Testing

@testable import Domain

@Suite struct UnitTests {
    private static func unit(_ id: Int64, below parent: Int64?) -> Unit {
        Unit(id: ID(id), parent: parent.map { ID($0) }, name: "\(id)")
    }

    private static func below(_ roots: [Int64], _ units: [(Int64, Int64?)]) -> [Int64] {
        units.map { unit($0, below: $1) }.below(Set(roots.map { ID($0) })).map(\.rawValue).sorted()
    }

    @Test func everythingBelowIsFoundInWhateverOrderItStands() {
        let tree: [(Int64, Int64?)] = [(1, nil), (2, 1), (3, 1), (4, 2), (5, 4), (6, nil), (7, 6)]
        #expect(Self.below([1], tree) == [1, 2, 3, 4, 5])
        #expect(Self.below([1], tree.reversed()) == [1, 2, 3, 4, 5])
        #expect(Self.below([2], tree) == [2, 4, 5])
        #expect(Self.below([5], tree) == [5])
        #expect(Self.below([3, 6], tree) == [3, 6, 7])
        #expect(Self.below([], tree) == [])
    }

    @Test func aCircleEndsTheWalk() {
        #expect(Self.below([1], [(1, 3), (2, 1), (3, 2), (4, 3)]) == [1, 2, 3, 4])
        #expect(Self.below([1], [(1, 1), (2, 2)]) == [1])
        #expect(Self.below([9], [(1, 2), (2, 1)]) == [9])
        // A unit whose parent is gone hangs below nothing.
        #expect(Self.below([1], [(1, nil), (2, 8)]) == [1])
    }

    @Test func thePathLeadsUpwardsAndEnds() {
        func path(_ from: Int64, _ units: [(Int64, Int64?)]) -> [Int64] {
            let all = units.map { Self.unit($0, below: $1) }.map { ($0.id, $0) }
            return Dictionary(uniqueKeysWithValues: all).path(from: ID(from)).map(\.id.rawValue)
        }
        let tree: [(Int64, Int64?)] = [(1, nil), (2, 1), (4, 2), (5, 4), (6, 8)]
        #expect(path(5, tree) == [5, 4, 2, 1])
        #expect(path(1, tree) == [1])
        #expect(path(6, tree) == [6], "what lies above is gone")
        #expect(path(9, tree) == [])
        #expect(path(1, [(1, 2), (2, 3), (3, 1)]) == [1, 2, 3])
    }
}

@Suite struct CategoryTests {
    @Test func isNamedInTheReadersLanguageElseInTheMunicipalitys() {
        let category = Category(id: ID(1), names: ["nb": "Gatelys", "en": "Street light"])
        #expect(category.name(in: "en", fallback: "nb") == "Street light")
        #expect(category.name(in: "da", fallback: "nb") == "Gatelys")
        #expect(category.name(in: "da", fallback: "sv") == "Street light")
        #expect(Category(id: ID(1), names: [:]).name(in: "da", fallback: "sv") == "")
    }
}

@Suite struct MunicipalityTests {
    @Test(arguments: ["ab", "sandvik", "vestre-toten", "k0", String(repeating: "a", count: 40)])
    func isAShortName(text: String) { #expect(Municipality.isSlug(text)) }

    @Test(arguments: [
        "", "a", "Sandvik", "å", "ås", "q\u{301}q", "a b", "a/b", "a.b", "a_b", "api", "public", "health", "open311",
        "robots.txt", "٣٣", "a\n", String(repeating: "a", count: 41),
    ]) func isNoShortName(text: String) { #expect(!Municipality.isSlug(text)) }
}
