import Database
import Domain

extension AlertFacade {
    /// Tells everybody whom a reminder is for, once each.
    func tell(of reminder: Reminder, about subject: Case, because event: ID<CaseEvent>) throws {
        for addressee in Set(reminder.recipients.map { directory.addressee($0, of: subject, on: today) }) {
            try raise(addressee, about: subject, Alert.News(reminder), reminder.due)
        }
        try op.contractors.remind(reminder, about: subject, because: event)
        guard reminder.kind == .awaitingCitizen, reminder.step == .missed else { return }
        try op.outbox.queueCitizenMessage(
            .reminder(try question(of: subject)), about: subject, because: event,
            to: try op.outbox.reporters(of: subject.id))
    }

    /// What the citizen was asked and has not answered.
    private func question(of subject: Case) throws -> String {
        let data: String? = try tx.value(
            """
            SELECT data FROM events WHERE municipality = \(tenant) AND case_id = \(subject.id)
                AND kind = \(CaseEvent.Kind.waiting) ORDER BY id DESC LIMIT 1
            """)
        return try data.flatMap { try CaseEvent(.waiting, json: $0).fact.writing } ?? ""
    }
}
