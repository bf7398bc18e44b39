import Testing

@testable import Domain

/// What must be there before a case can be closed (R5.1, R3.5).
@Suite struct ClosureTests {
    @Test(arguments: [
        (Closure(answer: "", outcome: .noAction, reason: "x"), [CaseRefusal.answerRequired]),
        (Closure(answer: " \n\t\u{a0}", outcome: .noAction, reason: "x"), [.answerRequired]),
        (Closure(answer: "", outcome: .measuresTaken), [.answerRequired, .measureRequired]),
        (Closure(answer: "", outcome: .forwarded), [.answerRequired, .authorityRequired]),
        (Closure(answer: "a", outcome: .noAction), [.reasonRequired]),
        (Closure(answer: "a", outcome: .noAction, reason: "  "), [.reasonRequired]),
        (Closure(answer: "a", outcome: .noAction, authority: "x"), [.reasonRequired]),
        (Closure(answer: "a", outcome: .noAction, reason: "x"), []),
        (Closure(answer: "a", outcome: .forwarded), [.authorityRequired]),
        (Closure(answer: "a", outcome: .forwarded, authority: " "), [.authorityRequired]),
        (Closure(answer: "a", outcome: .forwarded, reason: "x"), [.authorityRequired]),
        (Closure(answer: "a", outcome: .forwarded, authority: "County"), []),
        (Closure(answer: "a", outcome: .measuresTaken), [.measureRequired]),
        (Closure(answer: "a", outcome: .measuresTaken, reason: "x", authority: "y"), [.measureRequired]),
    ]) func saysWhatIsMissing(closure: Closure, missing: [CaseRefusal]) {
        #expect(closure.missing(given: []) == missing)
        #expect(missing.allSatisfy { $0.isAboutInput && $0.field != nil })
    }

    @Test func aMeasureMustBeCorrectiveToldAndDone() {
        let closure = Closure(answer: "Mended", outcome: .measuresTaken)
        let wanting: [Measure] = [
            SampleCase.measure(.preventive), SampleCase.measure(isDone: false), SampleCase.measure(what: " "),
            SampleCase.measure(who: ""),
        ]
        for measure in wanting { #expect(closure.missing(given: [measure]) == [.measureRequired]) }
        #expect(closure.missing(given: wanting) == [.measureRequired])
        #expect(closure.missing(given: wanting + [SampleCase.measure()]).isEmpty)
    }

    @Test func aRefusalIsAboutTheInputOrAboutTheState() {
        let input: Set<CaseRefusal> = [
            .untilPassed, .answerRequired, .reasonRequired, .measureRequired, .authorityRequired,
            .contractorConfidential, .toldTooEarly,
        ]
        for refusal in CaseRefusal.allCases {
            #expect(refusal.isAboutInput == input.contains(refusal))
            #expect((refusal.field != nil) == refusal.isAboutInput, "\(refusal)")
        }
    }
}
