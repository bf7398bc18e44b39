import Domain

extension Directory {
    /// The targets of a case: the municipality's, then what the channel, the unit and the category say otherwise.
    func targets(for subject: Case) -> ServiceTargets { rules.targets(for: subject) }

    /// - Parameter base: what the municipality would have; nil for what it has.
    func targets(
        on channel: Contact.Channel? = nil, unit: ID<Unit>?, category: ID<Category>?, from base: ServiceTargets? = nil
    ) -> ServiceTargets {
        rules.targets(on: channel, unit: unit, category: category, from: base)
    }

    /// What the first answer to a contact about this is measured by.
    func firstAnswer(to category: ID<Category>?, callBack: Bool = false) -> FirstAnswer {
        if category.flatMap({ categories[$0] })?.isComplaint == true { return .complaintAnswer }
        return callBack ? .callBack : .feedback
    }

    /// When the citizen is to have heard from us (R4.4), whether or not they have.
    func firstAnswerDue(_ subject: Case) -> Instant {
        targets(for: subject).target(for: subject.firstAnswer)
            .due(after: subject.clocksFrom, in: calendar, paused: subject.pausedWorkingDays)
    }
}
