import Foundation
import Testing

@testable import Domain

@Suite struct IDTests {
    @Test func isReadAsItIsWritten() {
        for number in [1, 42, Int64.max] { #expect(ID<Case>(text: "\(number)")?.rawValue == number) }
        for text in ["", "0", "-1", "+5", "007", " 1", "1 ", "1.0", "x", "9223372036854775808", "٣"] {
            #expect(ID<Case>(text: text) == nil, "\(text)")
        }
    }

    @Test func isATextInJSON() throws {
        let json = try JSONEncoder().encode([ID<Case>(Int64.max)])
        #expect(String(decoding: json, as: UTF8.self) == "[\"9223372036854775807\"]")
        #expect(try JSONDecoder().decode([ID<Case>].self, from: json) == [ID(Int64.max)])
        for wrong in ["[1]", "[\"\"]", "[\"-1\"]", "[null]"] {
            #expect(throws: DecodingError.self) { try JSONDecoder().decode([ID<Case>].self, from: Data(wrong.utf8)) }
        }
    }
}

@Suite struct IDSequenceTests {
    private let now = SampleCase.start

    private static func isRising(_ ids: [ID<Case>]) -> Bool { zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 } }

    @Test func risesWithTheClockAndWithout() {
        var sequence = IDSequence(node: 3)
        // 10,000 in one millisecond: more than its 4,096 places.
        var ids = (0..<10_000).map { _ in sequence.next(at: now, of: Case.self) }
        ids.append(sequence.next(at: now.adding(milliseconds: 1)))
        ids.append(sequence.next(at: now.adding(days: 1)))
        #expect(Self.isRising(ids) && ids.allSatisfy { $0.rawValue > 0 })
    }

    @Test func isPositiveAsFarAsItReaches() {
        let reach = IDSequence.reach
        for instant in [reach.lowerBound, reach.upperBound] {
            var sequence = IDSequence(node: 1023)
            let ids = (0..<10_000).map { _ in sequence.next(at: instant, of: Case.self) }
            #expect(Self.isRising(ids) && ids.allSatisfy { ID<Case>(text: "\($0)") == $0 })
        }
        #expect(reach.lowerBound.iso8601.hasPrefix("2000-01-01") && reach.upperBound.iso8601.hasPrefix("2069-09-"))
    }

    @Test func risesWhenTheClockIsSetBack() {
        var sequence = IDSequence(node: 3)
        let steps = [0, 5, -3_600_000, -3_600_001, 1, 4, 6, 7, Int64.min / 2, 8]
        let ids = steps.map { sequence.next(at: now.adding(milliseconds: $0), of: Case.self) }
        #expect(Self.isRising(ids))
    }

    @Test func goesOnAfterTheNewestThatIsThere() {
        var first = IDSequence(node: 1023)
        let newest: ID<Case> = first.next(at: now)
        for node in [0, 5, 1023] {
            var second = IDSequence(node: node, after: newest.rawValue)
            #expect(second.next(at: now.adding(days: -1), of: Case.self) > newest, "\(node)")
        }
    }

    @Test func twoNodesNeverMakeTheSame() {
        var ids: Set<ID<Case>> = []
        for node in 0..<1024 {
            var sequence = IDSequence(node: node)
            for _ in 0..<5 { #expect(ids.insert(sequence.next(at: now)).inserted) }
        }
        #expect(ids.count == 5 * 1024)
    }

    @Test func lastsUntil2069() throws {
        var sequence = IDSequence(node: 0)
        let last = try #require(Instant(iso8601: "2069-09-01T00:00:00Z"))
        #expect(sequence.next(at: last, of: Case.self).rawValue > 0)
    }

    @Test func thePastSortsAmongItsOwnTime() throws {
        var live = IDSequence(node: 7)
        let before: ID<Case> = live.next(at: now.adding(milliseconds: -1))
        let after: ID<Case> = live.next(at: now.adding(milliseconds: 1_001))
        for strand in [0, 1, 4_711, 127_999, 128_000, -1, Int.max, Int.min + 1] {
            var past = IDSequence(past: strand, node: 7)
            let id: ID<Case> = past.next(at: now)
            #expect(before < id && id < after, "\(strand)")
        }
        // Long before Torg, and in order.
        var old = IDSequence(past: 1, node: 7)
        let ids = try ["1987-01-01T00:00:00Z", "1999-12-31T00:00:00Z", "2001-01-01T00:00:00Z", "2018-12-27T00:00:00Z"]
            .map { old.next(at: try #require(Instant(iso8601: $0)), of: Case.self) }
        #expect(Self.isRising(ids) && ids.allSatisfy { $0.rawValue > 0 && $0 < before })
    }

    @Test func strandsOfTheSameSecondDoNotMeet() {
        var ids: Set<ID<Case>> = []
        for strand in 5_000..<6_000 {
            var past = IDSequence(past: strand, node: 7)
            let own = (0..<32).map { _ in past.next(at: now, of: Case.self) }
            #expect(Self.isRising(own))
            ids.formUnion(own)
        }
        #expect(ids.count == 32_000)
    }

    @Test func aStrandRisesWhateverItsTimes() {
        var past = IDSequence(past: 9, node: 7)
        let ids = [0, 0, 999, 1_000, 0, 86_400_000].map {
            past.next(at: now.adding(milliseconds: $0), of: Case.self)
        }
        #expect(Self.isRising(ids))
    }
}
