import Database
import Domain

extension Operation {
    /// Puts what a case can be found by into the search index: number, words, place, and the people who reported it.
    func indexForSearch(_ subject: Case) throws {
        var parts = ["\(subject.number)", subject.title]
        parts += [subject.place?.text, subject.closure?.answer, subject.deviation].compactMap(\.self)
        if let name = directory.name(ofCategory: subject.category, in: municipality.language) { parts.append(name) }
        let rows = try tx.rows(
            """
            SELECT questions.text, contacts.name, contacts.email, contacts.phone
            FROM questions JOIN contacts
                ON contacts.municipality = questions.municipality AND contacts.id = questions.contact_id
            WHERE questions.municipality = \(tenant) AND questions.case_id = \(subject.id) ORDER BY questions.id
            """)
        for row in rows {
            parts.append(try row["text"])
            for column in ["name", "email", "phone"] {
                if let text: String = try row[column] { parts.append(text) }
            }
        }
        try SearchIndex.put(
            id: subject.id.rawValue, tenant: tenant.rawValue, text: parts.joined(separator: "\n"),
            language: SearchLanguage(code: municipality.language) ?? .english, in: tx)
    }
}
