import Domain

/// How those were told whom no message reaches, as the form of a step asks it, and as the API may say it at once (R4.1).
struct TellingInput: Sendable {
    /// Nil for not yet.
    var telling: Telling?
    /// A form that asked has to be answered, if only with "not yet".
    private let mayBeSilent: Bool

    static let notYet = "not_yet"
    static let asksNobody = TellingInput(telling: nil, mayBeSilent: true)

    private init(telling: Telling?, mayBeSilent: Bool) {
        self.telling = telling
        self.mayBeSilent = mayBeSilent
    }

    /// - Parameter isAsked: whether the form must say something about whoever cannot be reached.
    init(_ input: inout InputReader, in op: Operation, isAsked: Bool = true) throws {
        let said = input.text("told_how", max: 40)
        let at = input.past("told_at", in: op) ?? op.now
        let note = input.text("told_note", max: 1_000)
        mayBeSilent = said != nil || !isAsked || input.source != .form
        guard let said, said != Self.notYet else { return }
        guard let how = TellingWay(rawValue: said) else { return input.fail("told_how", "unknown") }
        if how == .nobody, note == nil { input.fail("told_note", "required") }
        telling = Telling(how, at: how == .nobody ? op.now : min(at, op.now), note: note)
    }

    /// Throws when somebody is to be told by other means, and nothing is said about it.
    fileprivate func requireAnswer(for listeners: [Listener]) throws {
        if !mayBeSilent, listeners.contains(where: { !$0.isSettled }) { throw InputErrors("told_how", "required") }
    }
}

extension Operation {
    /// Takes a step that whoever reported the case has to hear of, and keeps what they know of it: by a message, by what
    /// was written down, or not yet (R4.1).
    ///
    /// - Parameters:
    ///   - isSent: whether messages go out.
    ///   - elsewhere: how those were told whom a message could reach, when none is to be sent.
    func takeStep(
        on number: CaseNumber, in scope: CaseScope? = nil, version: Int? = nil, _ input: TellingInput,
        isSent: Bool = true, elsewhere: Telling? = nil, _ rule: (inout Case, Told) throws -> CaseEvent
    ) throws -> (case: Case, event: ID<CaseEvent>) {
        var heard: [Listener] = []
        let (changed, event) = try change(number, in: scope, version: version) { subject in
            try subject.admit(input.telling)
            heard = try listeners(of: subject.id)
                .hearing(isSent: isSent, telling: input.telling, elsewhere: elsewhere, at: now)
            let event = try rule(&subject, Told(heard))
            // After the rule: a case that is closed already says more than a field that is empty.
            try input.requireAnswer(for: heard)
            return event
        }
        try store(heard, of: event)
        return (changed, event)
    }
}
