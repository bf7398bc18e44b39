import Testing

@testable import Domain

/// What counts as told when a message did not arrive, or did after all (R4.1).
@Suite struct MissedMessageTests {
    private typealias Line = (id: ID<CaseEvent>, at: Instant, event: CaseEvent)

    private func at(_ hours: Int) -> Instant { SampleCase.after(hours: hours) }

    private func message(_ about: Int64, _ outcome: CaseFact.Message.Outcome = .failed) -> CaseFact.Message {
        .init(
            message: ID(90), about: ID(about), audience: .citizen, recipient: ID(1), medium: .mail, outcome: outcome)
    }

    private func line(_ id: Int64, _ fact: CaseFact, _ told: Told? = nil) -> Line {
        (ID(id), at(Int(id)), CaseEvent(fact, state: nil, hearing: told.map(CaseEvent.Hearing.init)))
    }

    @Test func theHistoryTellsWhenAllHadLastHeardAnAnswer() throws {
        let feedback = CaseFact.feedbackGiven(.init(message: "Soon"))
        let question = CaseFact.waiting(.init(message: "Which?"))
        let closed = CaseFact.closed(.init(answer: "Done", outcome: .noAction))
        let told = CaseFact.told(.init(contact: nil, note: nil, until: at(1)))
        let table: [(name: String, history: [Line], besides: Int64, at: Instant?)] = [
            ("nothing", [], 1, nil),
            ("itself", [line(2, feedback, .told(at: at(2)))], 2, nil),
            ("another", [line(2, feedback, .told(at: at(2)))], 9, at(2)),
            ("the last", [line(2, feedback, .told(at: at(2))), line(3, question, .told(at: at(3)))], 9, at(3)),
            ("pending", [line(2, feedback, .told(at: at(2))), line(3, closed, .pending)], 9, at(2)),
            ("nobody", [line(2, feedback, .nobody)], 9, nil),
            ("told later", [line(2, feedback, .pending), line(4, told, .told(at: at(4)))], 9, at(4)),
            ("some told", [line(2, feedback, .pending), line(4, told, .pending)], 9, nil),
            (
                "missed",
                [line(2, feedback, .told(at: at(2))), line(3, .messageMissed(message(2)), .pending)], 9, nil
            ),
            (
                "arrived",
                [
                    line(2, feedback, .told(at: at(2))), line(3, .messageMissed(message(2)), .pending),
                    line(4, .messageArrived(message(2, .delivered)), .told(at: at(2))),
                ], 9, at(2)
            ),
            ("a receipt", [line(2, feedback, .told(at: at(2))), line(3, .messageMissed(message(1)))], 9, at(2)),
            (
                "reopened", [line(2, closed, .told(at: at(2))), line(3, .reopened(.init(reason: "Dark")))], 9, nil
            ),
            ("of before it was kept", [line(2, feedback)], 9, at(2)),
        ]
        let subject = try SampleCase.make(.underway)
        for row in table {
            #expect(subject.answeredAt(by: row.history, besides: ID(row.besides)) == row.at, "\(row.name)")
        }
        var complaint = subject
        complaint.firstAnswer = .complaintAnswer
        #expect(complaint.answeredAt(by: [line(2, question, .told(at: at(2)))], besides: ID(9)) == nil)
    }

    @Test func whatCountedBecauseItWasSentCountsNoLonger() throws {
        var subject = try SampleCase.make(.underway)
        _ = try subject.giveFeedback("Soon", told: .told(at: at(2)), at: at(2))
        #expect(!subject.kinds.contains(.feedback))
        let version = subject.version
        let missed = Case.StepHeard(step: .feedback, told: .pending, isLast: true, answeredBefore: nil)
        let event = subject.messageEnded(.messageMissed(message(2)), heard: missed, at: at(5))
        #expect(subject.feedbackAt == nil && subject.untoldSince == at(5) && subject.kinds.contains(.feedback))
        #expect(event.hearing?.told == .pending && event.state == subject.state && subject.version == version)
        let arrived = Case.StepHeard(step: .feedback, told: .told(at: at(2)), isLast: true, answeredBefore: nil)
        _ = subject.messageEnded(.messageArrived(message(2, .delivered)), heard: arrived, at: at(6))
        #expect(subject.feedbackAt == at(2) && subject.untoldSince == nil && !subject.kinds.contains(.feedback))
    }

    @Test func aClosedCaseGetsItsDeadlineBack() throws {
        var subject = try SampleCase.make(.underway)
        _ = try subject.close(SampleCase.refused, measures: [], told: .told(at: at(3)), by: nil, at: at(3))
        #expect(subject.kinds.isEmpty)
        let missed = Case.StepHeard(step: .closing, told: .pending, isLast: true, answeredBefore: at(2))
        _ = subject.messageEnded(.messageMissed(message(2)), heard: missed, at: at(5))
        #expect(subject.kinds == [.tell] && subject.feedbackAt == at(2), "what was heard before stays heard")
    }

    @Test func aQuestionThatDidNotArriveStopsNoClock() throws {
        var subject = try SampleCase.make(.underway)
        let before = subject.kinds
        _ = try subject.awaitCitizen("Which?", told: .told(at: at(2)), calendar: SampleCase.calendar, at: at(2))
        #expect(subject.kinds == [.awaitingCitizen])
        let missed = Case.StepHeard(step: .question, told: .pending, isLast: true, answeredBefore: nil)
        _ = subject.messageEnded(.messageMissed(message(2)), heard: missed, at: at(5))
        #expect(subject.askedAt == nil && subject.kinds == before && subject.untoldSince == at(5))
        // Nobody waits for it any more, so nobody need be asked.
        var ended = try SampleCase.make(.underway)
        _ = try ended.awaitCitizen("Which?", told: .told(at: at(2)), calendar: SampleCase.calendar, at: at(2))
        _ = try ended.resume(note: nil, calendar: SampleCase.calendar, at: at(3))
        _ = ended.messageEnded(.messageMissed(message(2)), heard: missed, at: at(5))
        #expect(ended.feedbackAt == nil && ended.untoldSince == nil)
    }

    @Test func anEarlierStepDoesNotMakeTheLastOneUntold() throws {
        var subject = try SampleCase.make(.underway)
        _ = try subject.giveFeedback("Soon", told: .told(at: at(2)), at: at(2))
        _ = try subject.giveFeedback("Now", told: .told(at: at(3)), at: at(3))
        let missed = Case.StepHeard(step: .feedback, told: .pending, isLast: false, answeredBefore: at(3))
        _ = subject.messageEnded(.messageMissed(message(2)), heard: missed, at: at(5))
        #expect(subject.feedbackAt == at(3) && subject.untoldSince == nil)
    }

    @Test func aReceiptThatDidNotArriveChangesNoClock() throws {
        var subject = try SampleCase.make(.underway)
        let before = subject
        let event = subject.messageEnded(.messageMissed(message(1)), heard: nil, at: at(5))
        #expect(subject == before && event.hearing == nil)
    }
}
