import Domain

/// How those were told whom no message reaches, as the form of a step asks it, and as the API may say it at once (R4.1).
struct TellingInput: Sendable {
    /// Nil for not yet.
    var telling: Telling?
    /// A form that asked has to be answered, if only with "not yet".
    private let mayBeSilent: Bool

    static let notYet = "not_yet"

    /// - Parameter isAsked: whether the form must say something about whoever cannot be reached.
    init(_ input: inout InputReader, in op: Operation, isAsked: Bool = true) throws {
        let said = input.line("told_how", max: 40)
        mayBeSilent = said != nil || !isAsked || input.source != .form
        telling = input.telling(said == Self.notYet ? nil : said, prefix: "told_", in: op)
    }

    /// Throws when somebody is to be told by other means, and nothing is said about it.
    fileprivate func requireAnswer(for listeners: [Listener]) throws {
        if let fault = silence(before: listeners) { throw InputErrors([fault]) }
    }

    private func silence(before listeners: [Listener]) -> FieldError? {
        let isOwed = !mayBeSilent && listeners.contains { !$0.isSettled }
        return isOwed ? FieldError(field: "told_how", code: "required") : nil
    }

    /// What is wrong with it for those who are to hear of a step in this case.
    ///
    /// - Parameter isSent: whether messages go out.
    func faults(about subject: Case, isSent: Bool = true, in op: Operation) throws -> [FieldError] {
        // A case that cannot take the step says more than an empty field.
        guard subject.state.isOpen else { return [] }
        do throws(CaseRefusal) { try subject.admit(telling) } catch {
            return [FieldError(field: error.field, code: error.rawValue)]
        }
        let heard = try op.cases.listeners(of: subject.id).hearing(isSent: isSent, telling: telling, at: op.now)
        return [silence(before: heard)].compactMap(\.self)
    }
}

extension InputReader {
    /// How somebody was told, when and what there is to say of it. That somebody cannot be told needs a reason.
    ///
    /// - Parameters:
    ///   - how: as it was sent; nil for not at all.
    ///   - prefix: of the names of the fields.
    mutating func telling(_ how: String?, prefix: String, in op: Operation) -> Telling? {
        let at = past(prefix + "at", in: op) ?? op.now
        let note = text(prefix + "note", max: 1_000)
        guard let how else { return nil }
        guard let way = TellingWay(rawValue: how) else {
            fail(prefix + "how", "unknown")
            return nil
        }
        if way == .nobody, note == nil { fail(prefix + "note", "required") }
        return Telling(way, at: way == .nobody ? op.now : min(at, op.now), note: note)
    }
}

extension CaseFacade {
    /// Takes a step that whoever reported the case has to hear of, and keeps what they know of it: by a message, by what
    /// was written down, or not yet (R4.1).
    ///
    /// - Parameters:
    ///   - isSent: whether messages go out.
    ///   - rule: the step is the last of what it returns.
    @discardableResult
    func takeStep(
        on number: CaseNumber, in scope: CaseScope? = nil, version: Int? = nil, _ input: TellingInput,
        isSent: Bool = true, _ rule: (inout Case, Told) throws -> [CaseEvent]
    ) throws -> Change {
        var heard: [Listener] = []
        let change = try change(number, in: scope, version: version) { subject in
            try subject.admit(input.telling)
            heard = try listeners(of: subject.id).hearing(isSent: isSent, telling: input.telling, at: now)
            var events = try rule(&subject, Told(heard))
            events[events.count - 1].hearing?.how =
                heard.lazy.compactMap(\.telling).first { $0 == input.telling }?.how
            return events
        }
        // After the rule and the version: a case that is closed already, or was changed, says more than an empty field.
        try input.requireAnswer(for: heard)
        try store(heard, of: change.event)
        return change
    }

    /// By a rule that is the step alone.
    @discardableResult
    func takeStep(
        on number: CaseNumber, in scope: CaseScope? = nil, version: Int? = nil, _ input: TellingInput,
        isSent: Bool = true, _ rule: (inout Case, Told) throws -> CaseEvent
    ) throws -> Change {
        try takeStep(on: number, in: scope, version: version, input, isSent: isSent) { subject, told in
            [try rule(&subject, told)]
        }
    }
}
