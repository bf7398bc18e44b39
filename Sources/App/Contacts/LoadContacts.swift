import Database
import Domain

extension ContactFacade {
    /// The contacts that belong to a case, each with those of its questions that do.
    func load(of wanted: ID<Case>) throws -> [Contact] {
        try load(where: "questions.case_id = \(wanted)")
    }

    /// Those of the contacts that the scope has, each with all its questions.
    ///
    /// - Parameter scope: all, for Torg's own work, unless told otherwise.
    func load(_ ids: [ID<Contact>], in scope: ContactScope? = nil) throws -> [Contact] {
        if ids.isEmpty { return [] }
        return try load(where: "questions.contact_id IN \(list: ids) AND \(scope?.condition ?? "1 = 1")")
    }

    private func load(where condition: SQL) throws -> [Contact] {
        let rows = try tx.rows(
            """
            SELECT contacts.id, contacts.at, contacts.channel, contacts.direction, contacts.name, contacts.email,
                contacts.phone, contacts.wants_updates, contacts.by_sms, contacts.language, contacts.registered_by,
                contacts.erasure_id, questions.id AS question_id, questions.text, questions.category_id, questions.is_answered,
                questions.answer, questions.case_id, questions.is_held,
                questions.erasure_id AS question_erasure_id
            FROM questions JOIN contacts
                ON contacts.municipality = questions.municipality AND contacts.id = questions.contact_id
            WHERE questions.municipality = \(tenant) AND \(condition)
            ORDER BY contacts.id, questions.id
            """)
        var contacts: [Contact] = []
        for row in rows {
            let id: ID<Contact> = try row["id"]
            if contacts.last?.id != id {
                var contact = Contact(
                    id: id, at: try row["at"], channel: try row["channel"], direction: try row["direction"],
                    person: try Person(row), registeredBy: try row["registered_by"], questions: [])
                contact.erasure = try row["erasure_id"]
                contacts.append(contact)
            }
            var question = Question(
                id: try row["question_id"], text: try row["text"], category: try row["category_id"],
                isAnswered: try row["is_answered"], answer: try row["answer"], caseID: try row["case_id"],
                isHeld: try row["is_held"])
            question.erasure = try row["question_erasure_id"]
            contacts[contacts.count - 1].questions.append(question)
        }
        return contacts
    }
}

extension Person {
    /// From the columns of the table `contacts`.
    init(_ row: Row) throws {
        let email: String? = try row["email"]
        let phone: String? = try row["phone"]
        self.init(
            name: try row["name"], email: email.flatMap(EmailAddress.init), phone: phone.flatMap(PhoneNumber.init),
            wantsUpdates: try row["wants_updates"], bySMS: try row["by_sms"], language: try row["language"])
    }
}
