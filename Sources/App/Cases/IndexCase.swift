import Database
import Domain

/// What somebody reported in one question, and who: a case is found by it.
struct SearchedReport {
    var text: String
    var name: String?
    var email: String?
    var phone: PhoneNumber?
}

extension SearchedReport {
    init(_ reporter: Recipient) {
        let person = reporter.person
        self.init(
            text: reporter.text, name: person.name, email: person.email?.description, phone: person.phone)
    }
}

extension Operation {
    /// Puts what a case can be found by into the search index: number, words, place, and the people who reported it.
    ///
    /// - Parameter reports: all there are, where they are known; otherwise they are looked up.
    func indexForSearch(_ subject: Case, reports: [SearchedReport]? = nil) throws {
        var parts: [String?] = [subject.title, subject.place?.text, subject.closure?.answer, subject.deviation]
        parts.append(directory.name(ofCategory: subject.category, in: municipality.language))
        var phones: [PhoneNumber] = []
        for report in try reports ?? searchedReports(of: [subject.id])[subject.id] ?? [] {
            parts += [report.text, report.name, report.email]
            phones += [report.phone].compactMap(\.self)
        }
        let text = parts.compactMap(\.self).joined(separator: "\n")
        phones += ContactDetails.telephones(in: text, country: municipality.country)
        try SearchIndex.put(
            id: subject.id.rawValue, tenant: tenant.rawValue,
            FoundBy(
                "\(subject.number)\n\(text)", numbers: phones.flatMap(searchedNumbers), reader: subject.reader?.rawValue
            ),
            language: SearchLanguage(code: municipality.language) ?? .english, in: tx)
    }

    func searchedReports(of cases: [ID<Case>]) throws -> [ID<Case>: [SearchedReport]] {
        var reports: [ID<Case>: [SearchedReport]] = [:]
        let rows = try tx.rows(
            """
            SELECT questions.case_id, questions.text, contacts.name, contacts.email, contacts.phone
            FROM questions JOIN contacts
                ON contacts.municipality = questions.municipality AND contacts.id = questions.contact_id
            WHERE questions.municipality = \(tenant) AND questions.case_id IN \(list: cases) ORDER BY questions.id
            """)
        for row in rows {
            let phone: String? = try row["phone"]
            reports[try row["case_id"], default: []].append(
                SearchedReport(
                    text: try row["text"], name: try row["name"], email: try row["email"],
                    phone: phone.flatMap(PhoneNumber.init)))
        }
        return reports
    }
}
