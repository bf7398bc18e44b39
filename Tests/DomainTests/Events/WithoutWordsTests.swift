import Foundation
import Testing

@testable import Domain

/// Of what was written nothing stays in a history whose words are erased; what happened does.
@Suite struct WithoutWordsTests {
    private static let word = "Zulfikar"

    private static let measure = CaseFact.MeasureTold(
        measure: ID(3), kind: .corrective, what: word, who: word, until: nil)
    private static let contractor = ID<Contractor>(4)

    /// One of each kind that tells something, with the word in every text.
    private static let facts: [CaseFact] = [
        .routed(.init(unit: ID(1), note: word)),
        .recoded(.init(category: ID(1), categoryBefore: ID(2), unit: ID(1), note: word, marks: [.acute])),
        .feedbackGiven(.init(message: word)), .parked(.init(until: Instant(milliseconds: 1), reason: word)),
        .waiting(.init(message: word)), .waitingEnded(.init(note: word, message: word)),
        .measureAdded(measure), .measureDone(measure), .deviationLinked(.init(reference: word)),
        .noted(.init(note: word)), .markedAcute(.init(what: .acute, reason: word)),
        .closed(.init(answer: word, outcome: .forwarded, reason: word, authority: word)),
        .reopened(.init(reason: word)), .told(.init(note: word, until: Instant(milliseconds: 1))),
        .contractorAsked(.init(contractor: contractor, message: word)),
        .contractorTold(.init(contractor: contractor, message: word)),
        .contractorDone(.init(contractor: contractor, measure: measure)),
        .contractorHandedBack(.init(contractor: contractor, unit: ID(1), reason: word)),
    ]

    @Test(arguments: facts.indices) func noWordStays(_ index: Int) throws {
        let event = CaseEvent(Self.facts[index], state: .underway)
        let encoder = JSONEncoder()
        #expect(String(decoding: try encoder.encode(event), as: UTF8.self).contains(Self.word))
        let data = try encoder.encode(event.withoutWords)
        #expect(!String(decoding: data, as: UTF8.self).contains(Self.word))
        // It is still what it was.
        let read = try JSONDecoder().decode(CaseEvent.self, from: data, configuration: event.kind)
        #expect(read == event.withoutWords && read.state == .underway && read.fact.unit == event.fact.unit)
        #expect(read.withoutWords == read, "twice is once")
        if event.fact.writing != nil { #expect(read.fact.writing == "", "that there was a text is seen") }
    }

    /// A kind that is not among them tells nothing that somebody wrote.
    @Test func everyKindIsLookedAt() {
        let silent: Set<CaseEvent.Kind> = [
            .opened, .joined, .contactCorrected, .reporterConfirmed, .updatesWanted, .updatesStopped, .acknowledged,
            .performerChanged, .unparked, .reminded, .reminderWithdrawn, .contractorLinkSent, .contractorLinkWithdrawn,
            .wordAgreed, .messageMissed, .messageArrived,
        ]
        #expect(Set(Self.facts.map(\.kind)).union(silent) == Set(CaseEvent.Kind.allCases))
    }
}
