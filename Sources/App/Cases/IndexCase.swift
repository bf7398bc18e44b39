import Database
import Domain

/// What somebody reported in one question, and who: a case is found by it.
struct SearchedReport {
    var text: String
    var name: String?
    var email: String?
    var phone: String?
}

extension Operation {
    /// Puts what a case can be found by into the search index: number, words, place, and the people who reported it.
    ///
    /// - Parameter reports: all there are, where they are known; otherwise they are looked up.
    func indexForSearch(_ subject: Case, reports: [SearchedReport]? = nil) throws {
        var parts: [String?] = ["\(subject.number)", subject.title]
        parts += [subject.place?.text, subject.closure?.answer, subject.deviation]
        parts.append(directory.name(ofCategory: subject.category, in: municipality.language))
        for report in try reports ?? self.reports(of: subject.id) {
            parts += [report.text, report.name, report.email, report.phone]
        }
        try SearchIndex.put(
            id: subject.id.rawValue, tenant: tenant.rawValue, text: parts.compactMap(\.self).joined(separator: "\n"),
            language: SearchLanguage(code: municipality.language) ?? .english, in: tx)
    }

    private func reports(of subject: ID<Case>) throws -> [SearchedReport] {
        try tx.rows(
            """
            SELECT questions.text, contacts.name, contacts.email, contacts.phone
            FROM questions JOIN contacts
                ON contacts.municipality = questions.municipality AND contacts.id = questions.contact_id
            WHERE questions.municipality = \(tenant) AND questions.case_id = \(subject) ORDER BY questions.id
            """
        ).map {
            SearchedReport(text: try $0["text"], name: try $0["name"], email: try $0["email"], phone: try $0["phone"])
        }
    }
}
