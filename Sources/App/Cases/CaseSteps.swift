import Domain

extension CaseFacade {
    /// The four links of the chain with what was done when, or is due (R4.1).
    func steps(of shown: Case) -> [Step] {
        let times = Times(directory.calendar, words, now)
        let running = running(of: shown)
        func due(_ kind: DeadlineKind, otherwise fallback: String = "") -> (text: String, isLate: Bool) {
            guard let at = running[kind] else { return (fallback, false) }
            let isLate = at < now
            return (words(isLate ? "step.was_due" : "step.by", ["day": times.day(at)]), isLate)
        }
        // Who has to acknowledge it, or has.
        let holder = shown.contractor.map { directory.name(of: $0) } ?? directory.name(of: shown.unit)
        let unit = ["unit": holder]
        let acknowledge = due(.acknowledge)
        let feedback = due(.feedback)
        let close = due(.close)
        var steps = [
            Step(title: words("step.received"), text: times.dayAndTime(shown.createdAt), isDone: true),
            shown.acknowledgedAt.map {
                Step(title: words("step.acknowledged", unit), text: times.dayAndTime($0), isDone: true)
            }
                ?? Step(
                    title: shown.state == .new ? words("step.to_unit") : words("step.passed_on", unit),
                    text: words("step.not_acknowledged") + ", " + acknowledge.text, isLate: acknowledge.isLate),
            shown.feedbackAt.map { Step(title: words("step.feedback"), text: times.dayAndTime($0), isDone: true) }
                ?? Step(
                    title: words("step.feedback"),
                    text: shown.settledAt != nil
                        ? words("step.nobody") : feedback.text.isEmpty ? words("step.not_told") : feedback.text,
                    isLate: feedback.isLate),
            shown.closedAt.map { closedAt in
                guard shown.untoldSince != nil else {
                    return Step(title: words("step.closed"), text: times.dayAndTime(closedAt), isDone: true)
                }
                let tell = due(.tell)
                return Step(
                    title: words("step.closed"), text: words("step.not_told") + ", " + tell.text, isLate: tell.isLate)
            }
                ?? Step(title: words("step.closed"), text: close.text, isLate: close.isLate),
        ]
        if let next = steps.firstIndex(where: { !$0.isDone }) { steps[next].isCurrent = true }
        return steps
    }

    /// When each clock that runs is due.
    func running(of shown: Case) -> [DeadlineKind: Instant] {
        Dictionary(
            shown.clocks.running(directory.targets(for: shown), directory.calendar).map { ($0.kind, $0.at) },
            uniquingKeysWith: { first, _ in first })
    }

    /// What the citizen was answered when the case was closed.
    func answer(to subject: Case) -> Answer? {
        guard let closure = subject.closure, let closedAt = subject.closedAt else { return nil }
        let times = Times(directory.calendar, words, now)
        return Answer(
            text: op.retention.shown(closure.answer, erasedBy: subject.wordsErasure), when: times.dayAndTime(closedAt),
            by: directory.name(of: subject.unit))
    }
}
