import Database
import Domain

/// The unit says that somebody whose contact was joined to its confidential case from outside is a reporter. Only then
/// does their address lead to the case and do they hear of it: otherwise whoever knows the number could read the case by
/// registering an address of their own.
struct ConfirmReporter: CaseUseCase {
    static let path = "reporters/:contact/confirmation"
    static let flash = "reporter_confirmed"
    static let permission = Permission.handleCases

    var contact: ID<Contact>

    init(_ input: inout InputReader, in op: Operation) throws {
        guard let named: ID<Contact> = input.id("contact") else { throw Refusal.notFound }
        contact = named
    }

    func perform(on number: CaseNumber, version: Int?, in op: Operation) throws {
        try op.cases.change(number) { subject in
            let confirmed = try op.tx.run(
                """
                UPDATE questions SET is_held = 0
                WHERE municipality = \(op.tenant) AND case_id = \(subject.id) AND contact_id = \(contact) AND is_held = 1
                """)
            guard confirmed > 0 else { throw Refusal.notFound }
            // Whoever registered the contact may know it; the unit agrees one of its own.
            try op.tx.run(
                "UPDATE contacts SET word_hash = NULL WHERE municipality = \(op.tenant) AND id = \(contact)")
            return try subject.confirmReporter(contact)
        }
    }
}
