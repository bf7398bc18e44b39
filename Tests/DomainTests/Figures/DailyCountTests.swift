import Testing

@testable import Domain

/// What counts, and as what.
@Suite struct DailyCountTests {
    private static let day = CivilDay(number: 20_000)
    private static let (unit, category) = (ID<Unit>(3), ID<Category>(4))

    private static func asked(_ isAnswered: Bool, category: ID<Category>? = category) -> ContactEvent.Asked {
        .init(
            question: ID(1), category: category, unit: unit, isAnswered: isAnswered, subject: isAnswered ? nil : ID(9))
    }

    @Test func everyQuestionThatCameInCountsOnce() {
        let contact = ContactEvent.Registered(
            channel: .visit, direction: .incoming, questions: [Self.asked(true), Self.asked(false, category: nil)])
        let counts = DailyCount.of(contact, on: Self.day)
        #expect(counts.map(\.counted) == [.answered, .becameCase])
        #expect(counts.map(\.category) == [Self.category, nil])
        #expect(counts.allSatisfy { $0.channel == .visit && $0.unit == Self.unit && $0.day == Self.day })
    }

    @Test func whatWeMadeOurselvesDidNotComeIn() {
        let call = ContactEvent.Registered(channel: .telephone, direction: .outgoing, questions: [Self.asked(true)])
        #expect(DailyCount.of(call, on: Self.day).isEmpty)
    }

    @Test(arguments: [
        (Outcome.measuresTaken, DailyCount.Counted.closedWithMeasures), (.noAction, .closedWithoutAction),
        (.forwarded, .forwarded),
    ])
    func anEndingCountsByItsOutcome(_ outcome: Outcome, _ counted: DailyCount.Counted) {
        let fact = CaseFact.closed(.init(answer: "Done", outcome: outcome))
        let count = DailyCount.of(fact, on: Self.day, category: Self.category, unit: Self.unit)
        #expect(count?.counted == counted && count?.channel == nil)
    }

    @Test func whatIsNoEndingCountsForNothing() {
        for fact in [CaseFact.unparked, .noted(.init(note: "Called"))] {
            #expect(DailyCount.of(fact, on: Self.day, category: nil, unit: Self.unit) == nil)
        }
    }
}
