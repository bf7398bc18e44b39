import Database
import Domain
import Testing

@testable import App
@testable import Support

/// Who had heard of what, worked out apart from the rules: from the history, who reported what, and the outbox.
struct HeardCheck {
    private struct Reporter {
        var person: Person
        var hasHeard = false
        var isSettled = false
    }

    private let stored: [Case]
    private let histories: [ID<Case>: [YearSimulationTests.Line]]
    private let people: [ID<Contact>: Person]
    /// By event: the contacts that a message about it was queued to.
    private let outbox: [ID<CaseEvent>: [String]]

    init(_ stored: [Case], _ histories: [ID<Case>: [YearSimulationTests.Line]], in torg: TestTorg) async throws {
        (self.stored, self.histories) = (stored, histories)
        (people, outbox) = try await torg.read { op in
            var people: [ID<Contact>: Person] = [:]
            for row in try op.tx.rows("SELECT * FROM contacts WHERE municipality = \(op.tenant)") {
                people[try row["id"]] = try Person(row)
            }
            var outbox: [ID<CaseEvent>: [String]] = [:]
            let mails = try op.tx.rows(
                "SELECT event_id, address FROM outbox WHERE municipality = \(op.tenant) AND event_id IS NOT NULL")
            for row in mails { outbox[try row["event_id"], default: []].append(try row["address"]) }
            return (people, outbox)
        }
    }

    func nobodyCountsAsToldWhoWasNot() throws {
        var (told, untold, settled, byHand) = (0, 0, 0, 0)
        for subject in stored {
            let heard = try heard(histories[subject.id] ?? [], of: subject)
            #expect((subject.feedbackAt != nil) == heard.counts, "\(subject.number): told \(heard)")
            #expect((subject.untoldSince != nil) == heard.isOpen, "\(subject.number): untold \(heard)")
            #expect(subject.askedAt == nil || heard.counts || subject.firstAnswer != .feedback, "\(subject.number)")
            if subject.feedbackAt != nil { told += 1 }
            if subject.untoldSince != nil { untold += 1 }
            if subject.settledAt != nil { settled += 1 }
            byHand += heard.byHand
        }
        // How many are still to be told on the very last day is chance; how many came to be told by hand is not.
        #expect(told > 500 && settled > 100 && byHand > 200, "\(told) \(untold) \(settled) \(byHand)")
    }

    private struct Heard {
        /// All had heard of some answer since the case was opened, or opened again.
        var counts = false
        /// Somebody has not heard of the last step.
        var isOpen = false
        var byHand = 0
    }

    private func heard(_ history: [YearSimulationTests.Line], of subject: Case) throws -> Heard {
        var reporters: [String: Reporter] = [:]
        var (heard, step, state) = (Heard(), CaseEvent.Kind.opened, CaseState.new)
        for stored in history {
            let (how, contact) = (stored.event.hearing?.how, stored.event.fact.contact)
            let before = state
            state = stored.event.state ?? state
            if before == .awaitingCitizen, state != .awaitingCitizen { heard.isOpen = false }
            switch stored.event.kind {
            case .opened, .joined:
                guard let contact else { break }
                let person = try #require(people[contact])
                let own = key(person) ?? "\(contact)"
                reporters[own] = reporters[own] ?? Reporter(person: person)
            case .feedbackGiven, .waiting, .closed:
                step = stored.event.kind
                for (key, reporter) in reporters {
                    let isSent =
                        reporter.person.email.map { (outbox[stored.id] ?? []).contains($0.description) } ?? false
                    let isNobody = reporter.person.isAnonymous
                    // Somebody wrote down how: that no message was to be sent is not enough.
                    #expect(how != .other, "\(subject.number): nobody said so")
                    let isToldByHand = !isSent && how != nil
                    if isToldByHand { heard.byHand += 1 }
                    reporters[key]?.hasHeard = isSent || isToldByHand
                    reporters[key]?.isSettled = isSent || isToldByHand || isNobody
                }
                settle(reporters, step, subject, &heard)
            case .told:
                heard.byHand += 1
                for (key, reporter) in reporters
                where !reporter.isSettled
                    && (contact.map { self.key(people[$0] ?? Person()) ?? "\($0)" } ?? key) == key
                {
                    reporters[key]?.hasHeard = how != .nobody
                    reporters[key]?.isSettled = true
                }
                let wasOpen = heard.isOpen
                settle(reporters, step, subject, &heard)
                heard.isOpen = heard.isOpen && wasOpen
            case .reopened: (heard.counts, heard.isOpen) = (false, false)
            default: break
            }
        }
        return heard
    }

    private func settle(
        _ reporters: [String: Reporter], _ step: CaseEvent.Kind, _ subject: Case, _ heard: inout Heard
    ) {
        let isOpen = reporters.values.contains { !$0.isSettled }
        let hasHeard = !isOpen && reporters.values.contains(where: \.hasHeard)
        heard.isOpen = isOpen
        if hasHeard, step != .waiting || subject.firstAnswer == .feedback { heard.counts = true }
    }

    private func key(_ person: Person) -> String? { person.email?.description ?? person.phone?.description }
}
