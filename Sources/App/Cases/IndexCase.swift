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

extension Case {
    /// Words of its own that it is found by: where one of them changes, it is indexed anew.
    var foundBy: [String?] { ["\(number)", title, place?.text, closure?.answer, deviation] }
}

extension CaseFacade {
    /// What a case is found by: number, words, place, and the people who reported it.
    ///
    /// - Parameter reports: all there are of the case.
    func searchedText(of subject: Case, reports: [SearchedReport]) -> SearchedText {
        let category = directory.name(ofCategory: subject.category, in: municipality.language)
        return SearchedText(
            .matter, subject.id.rawValue,
            subject.foundBy + [category] + reports.flatMap { [$0.text, $0.name, $0.email] },
            phones: reports.compactMap(\.phone), reader: subject.reader, in: op)
    }

    /// - Parameter reports: all there are, where they are known; otherwise they are looked up.
    func index(_ subject: Case, reports: [SearchedReport]? = nil) throws {
        let reports = try reports ?? searchedReports(of: [subject.id])[subject.id] ?? []
        try op.index.put(searchedText(of: subject, reports: reports))
    }

    func searchedReports(of cases: [ID<Case>]) throws -> [ID<Case>: [SearchedReport]] {
        var reports: [ID<Case>: [SearchedReport]] = [:]
        let rows = try tx.rows(
            """
            SELECT questions.case_id, questions.text, contacts.name, contacts.email, contacts.phone
            FROM questions JOIN contacts
                ON contacts.municipality = questions.municipality AND contacts.id = questions.contact_id
            WHERE questions.municipality = \(tenant) AND questions.case_id IN \(list: cases)
            ORDER BY questions.case_id, questions.id
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
