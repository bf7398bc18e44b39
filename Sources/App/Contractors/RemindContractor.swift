import Domain

extension Operation {
    /// The contractor is reminded of what they are to do, besides the handler, who stays responsible. The leader is
    /// the municipality's own.
    func remindContractor(_ reminder: Reminder, about subject: Case, because event: ID<CaseEvent>) throws {
        guard subject.contractor != nil, reminder.step != .escalated,
            [.acknowledge, .feedback, .answer, .callBack, .close].contains(reminder.kind)
        else { return }
        try writeToContractor(
            "contractor_reminder", nil, about: subject, because: event,
            due: Deadline(kind: reminder.kind, at: reminder.due))
    }
}
