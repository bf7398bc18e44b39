import Testing

@testable import Domain

/// The transition table, written out once more by hand: every action in every state.
@Suite struct TransitionTests {
    /// `=` stays, `<` goes back to where it was, `!` is refused with the reason; else the state it goes to.
    static let table = """
        action           new               passedOn          underway          parked            awaitingCitizen   closed
        passOn           passedOn          passedOn          passedOn          passedOn          passedOn          !closed
        acknowledge      underway          underway          underway          underway          underway          !closed
        assign           passedOn          =                 =                 =                 =                 !closed
        recode           =                 =                 =                 =                 =                 !closed
        giveFeedback     =                 =                 =                 =                 =                 !closed
        note             =                 =                 =                 =                 =                 =
        park             parked            parked            parked            parked            parked            !closed
        unpark           !not_parked       !not_parked       !not_parked       <                 !not_parked       !closed
        awaitCitizen     awaitingCitizen   awaitingCitizen   awaitingCitizen   awaitingCitizen   awaitingCitizen   !closed
        resume           !not_waiting      !not_waiting      !not_waiting      !not_waiting      <                 !closed
        addMeasure       =                 =                 =                 =                 =                 !closed
        finishMeasure    =                 =                 =                 =                 =                 =
        linkDeviation    =                 =                 =                 =                 =                 =
        markAcute        =                 =                 =                 =                 =                 !closed
        join             =                 =                 =                 =                 =                 =
        correctContact   =                 =                 =                 =                 =                 =
        tell             =                 =                 =                 =                 =                 =
        passToContractor passedOn          passedOn          passedOn          passedOn          passedOn          !closed
        askHandler       !none             =                 =                 =                 =                 !closed
        tellContractor   !none             =                 =                 =                 =                 !closed
        linkContractor   !none             =                 =                 =                 =                 !closed
        reportDone       !none             underway          underway          underway          underway          !closed
        handBack         !none             passedOn          passedOn          passedOn          passedOn          !closed
        close            closed            closed            closed            closed            closed            !closed
        reopen           !not_closed       !not_closed       !not_closed       !not_closed       !not_closed       underway
        """

    private static func transition(_ word: Substring) throws -> Transition {
        if word == "=" { return .stay }
        if word == "<" { return .back }
        if word.hasPrefix("!") {
            let refusal = word == "!none" ? .notContracted : CaseRefusal(rawValue: "case." + word.dropFirst())
            return .refused(try #require(refusal, "\(word)"))
        }
        return .to(try #require(CaseState(rawValue: String(word)), "\(word)"))
    }

    @Test func everyActionInEveryStateIsAsWritten() throws {
        let lines = Self.table.split(separator: "\n").map { $0.split(separator: " ") }
        let states = try lines[0].dropFirst().map { try #require(CaseState(rawValue: String($0))) }
        #expect(states == CaseState.allCases)
        #expect(lines.dropFirst().map { String($0[0]) } == CaseAction.allCases.map(\.rawValue))
        var pairs = 0
        for line in lines.dropFirst() {
            let action = try #require(CaseAction(rawValue: String(line[0])))
            for (state, word) in zip(states, line.dropFirst()) {
                #expect(state.transition(on: action) == (try Self.transition(word)), "\(action) in \(state)")
                pairs += 1
            }
        }
        #expect(pairs == 6 * 25)
    }

    @Test func theOpenActionsAreThoseThatAreNotRefused() {
        #expect(
            CaseState.closed.actions == [.note, .finishMeasure, .linkDeviation, .join, .correctContact, .tell, .reopen])
        #expect(CaseState.new.actions.count == 17)
        #expect(
            Set(CaseState.passedOn.actions).subtracting(CaseState.new.actions) == [
                .askHandler, .tellContractor, .linkContractor, .reportDone, .handBack,
            ])
        #expect(CaseState.passedOn.actions == CaseState.underway.actions)
        #expect(Set(CaseState.parked.actions).subtracting(CaseState.underway.actions) == [.unpark])
        #expect(Set(CaseState.awaitingCitizen.actions).subtracting(CaseState.underway.actions) == [.resume])
    }

    @Test func onlyClosedIsNotOpen() {
        #expect(CaseState.allCases.filter { !$0.isOpen } == [.closed])
    }
}
