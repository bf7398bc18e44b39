import Database
import Domain
import Testing

@testable import App
@testable import Support

/// Who had heard of what, worked out apart from the rules: from the history, who reported what, and the outbox. What was
/// sent and did not arrive was not heard.
struct HeardCheck {
    private struct Reporter {
        var person: Person
        var contacts: Set<ID<Contact>> = []
        var isSent = false
        var isToldByHand = false
        /// There is nobody to tell, or somebody said that they cannot be.
        var isNobody = false
        /// Had reported it by then.
        var isMember = true

        var hasHeard: Bool { isSent || isToldByHand }
        var isSettled: Bool { hasHeard || isNobody }
    }

    /// Something that all who had reported the case were to hear.
    private struct Step {
        var kind: CaseEvent.Kind
        var reporters: [String: Reporter]
        var counts = false

        /// - Parameter members: only those who had reported it by then.
        func isOpen(among members: Bool) -> Bool {
            reporters.values.contains { !$0.isSettled && ($0.isMember || !members) }
        }
    }

    private let stored: [Case]
    private let histories: [ID<Case>: [YearSimulationTests.Line]]
    private let people: [ID<Contact>: Person]
    /// By event: the contacts that a message about it was queued to.
    private let outbox: [ID<CaseEvent>: Set<ID<Contact>>]

    init(_ stored: [Case], _ histories: [ID<Case>: [YearSimulationTests.Line]], in torg: TestTorg) async throws {
        (self.stored, self.histories) = (stored, histories)
        (people, outbox) = try await torg.read { op in
            var people: [ID<Contact>: Person] = [:]
            for row in try op.tx.rows("SELECT * FROM contacts WHERE municipality = \(op.tenant)") {
                people[try row["id"]] = try Person(row)
            }
            var outbox: [ID<CaseEvent>: Set<ID<Contact>>] = [:]
            let messages = try op.tx.rows(
                "SELECT event_id, contact_id FROM outbox WHERE municipality = \(op.tenant) AND contact_id IS NOT NULL")
            for row in messages { outbox[try row["event_id"], default: []].insert(try row["contact_id"]) }
            return (people, outbox)
        }
    }

    func nobodyCountsAsToldWhoWasNot() throws {
        var (told, untold, settled, byHand) = (0, 0, 0, 0)
        var (missed, arrived) = (0, 0)
        for subject in stored {
            let heard = try heard(histories[subject.id] ?? [], of: subject)
            #expect((subject.feedbackAt != nil) == heard.counts, "\(subject.number): told \(heard)")
            #expect((subject.untoldSince != nil) == heard.isOpen, "\(subject.number): untold \(heard)")
            #expect(subject.askedAt == nil || heard.counts || subject.firstAnswer != .feedback, "\(subject.number)")
            if subject.feedbackAt != nil { told += 1 }
            if subject.untoldSince != nil { untold += 1 }
            if subject.settledAt != nil { settled += 1 }
            byHand += heard.byHand
            missed += heard.missed
            arrived += heard.arrived
        }
        // How many are still to be told on the very last day is chance; how many came to be told by hand is not.
        #expect(told > 500 && settled > 100 && byHand > 200, "\(told) \(untold) \(settled) \(byHand)")
        #expect(missed > 100 && arrived > 20, "\(missed) \(arrived)")
    }

    private struct Heard {
        /// All had heard of some answer since the case was opened, or opened again.
        var counts = false
        /// Somebody has not heard of the last step.
        var isOpen = false
        var byHand = 0
        /// How many messages did not arrive, and how many did after all.
        var missed = 0
        var arrived = 0
    }

    private func heard(_ history: [YearSimulationTests.Line], of subject: Case) throws -> Heard {
        var reporters: [String: Reporter] = [:]
        var steps: [ID<CaseEvent>: Step] = [:]
        var last: ID<CaseEvent>?
        var (heard, state) = (Heard(), CaseState.new)
        for stored in history {
            let (how, contact) = (stored.event.hearing?.how, stored.event.fact.contact)
            let before = state
            state = stored.event.state ?? state
            if before == .awaitingCitizen, state != .awaitingCitizen { heard.isOpen = false }
            switch stored.event.fact {
            case .opened, .joined:
                guard let contact else { break }
                let person = try #require(people[contact])
                let own = key(person) ?? "\(contact)"
                reporters[own, default: Reporter(person: person)].contacts.insert(contact)
                guard let last else { break }
                let late = Reporter(person: person, isMember: false)
                steps[last]?.reporters[own, default: late].contacts.insert(contact)
            case .feedbackGiven, .waiting, .closed:
                // Somebody wrote down how: that no message was to be sent is not enough.
                #expect(how != .other, "\(subject.number): nobody said so")
                let sent = outbox[stored.id] ?? []
                var step = Step(kind: stored.event.kind, reporters: reporters)
                for (key, reporter) in reporters {
                    let isSent = !reporter.contacts.isDisjoint(with: sent)
                    step.reporters[key]?.isSent = isSent
                    step.reporters[key]?.isToldByHand = !isSent && how != nil
                    step.reporters[key]?.isNobody = reporter.person.isAnonymous
                    if !isSent, how != nil { heard.byHand += 1 }
                }
                heard.isOpen = step.isOpen(among: true)
                count(&step, among: true)
                (steps[stored.id], last) = (step, stored.id)
            case .told:
                heard.byHand += 1
                guard let last, var step = steps[last] else { break }
                for (key, reporter) in step.reporters
                where !reporter.isSettled && (contact.map { self.key(people[$0] ?? Person()) ?? "\($0)" } ?? key) == key
                {
                    step.reporters[key]?.isToldByHand = how != .nobody
                    step.reporters[key]?.isNobody = how == .nobody
                }
                // Whoever joined later does not make untold what had been told.
                if !step.isOpen(among: false) {
                    heard.isOpen = false
                    count(&step, among: false)
                }
                steps[last] = step
            case .messageMissed(let data), .messageArrived(let data):
                let isMissed = stored.event.kind == .messageMissed
                if isMissed { heard.missed += 1 } else { heard.arrived += 1 }
                guard var step = steps[data.about], let recipient = data.recipient,
                    let own = step.reporters.first(where: { $0.value.contacts.contains(recipient) })?.key
                else { break }
                step.reporters[own]?.isSent = !isMissed
                if data.about == last, step.kind != .waiting || state == .awaitingCitizen {
                    heard.isOpen = step.isOpen(among: true)
                }
                count(&step, among: true)
                steps[data.about] = step
            case .reopened: (steps, last, heard.isOpen) = ([:], nil, false)
            default: break
            }
        }
        heard.counts = steps.values.contains { step in
            step.counts && (step.kind != .waiting || subject.firstAnswer == .feedback)
        }
        return heard
    }

    private func count(_ step: inout Step, among members: Bool) {
        step.counts = !step.isOpen(among: members) && step.reporters.values.contains(where: \.hasHeard)
    }

    private func key(_ person: Person) -> String? { person.email?.description ?? person.phone?.description }
}
