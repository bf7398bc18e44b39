import Database
import Domain

extension CaseFacade {
    /// Whoever does not read a case any more keeps no way into it (R1.7): addresses that they joined to it, or gave to
    /// somebody who had reported it, lead to it when its unit says so. With the contact that opened the case it is as its
    /// reporter left it.
    ///
    /// - Parameter before: the case as it was; everybody read what was not confidential.
    func holdAddresses(of subject: Case, since before: Case) throws {
        guard subject.isConfidential, let outsiders = outsiders(of: subject, since: before) else { return }
        try tx.run(
            """
            UPDATE questions SET is_held = 1
            WHERE municipality = \(tenant) AND case_id = \(subject.id) AND is_held = 0 AND contact_id IN (
                SELECT id FROM contacts
                WHERE municipality = \(tenant) AND (email IS NOT NULL OR phone IS NOT NULL)
                    AND (addressed_by \(outsiders) OR registered_by \(outsiders) AND id > (
                        SELECT min(contact_id) FROM questions
                        WHERE municipality = \(tenant) AND case_id = \(subject.id))))
            """)
    }

    /// Those who do not read it and did before, as the end of a condition; nil when there are none.
    private func outsiders(of subject: Case, since before: Case) -> SQL? {
        let readers = { (subject: Case) in
            Set(self.directory.people.values.lazy.map(\.user).filter { !$0.isKeptFrom(subject) }.map(\.id))
        }
        let now = readers(subject)
        guard before.isConfidential else { return now.isEmpty ? "IS NOT NULL" : "NOT IN \(list: now.sorted())" }
        let lost = readers(before).subtracting(now)
        return lost.isEmpty ? nil : "IN \(list: lost.sorted())"
    }
}
