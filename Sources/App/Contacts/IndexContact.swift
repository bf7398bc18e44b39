import Database
import Domain

extension ContactFacade {
    /// What a contact is found by: who it was, what was asked, and what was answered at once.
    ///
    /// Where some of it is confidential, its unit alone finds it, by that and by what is open: the name of somebody at
    /// child protection is the unit's to know, whatever else they asked. Of two such units the first; each finds its own
    /// case.
    ///
    /// - Parameter cases: all that its questions belong to.
    func searchedText(of contact: Contact, cases: [ID<Case>: Case]) -> SearchedText {
        let readers = contact.questions.map { soleReader(of: $0, cases) }
        let reader = readers.lazy.compactMap(\.self).first
        let shown = zip(contact.questions, readers).filter { $1 == nil || $1 == reader }.map(\.0)
        let person = contact.person
        let asked: [String?] = shown.flatMap { question in
            // A case has its own category, and is found by that.
            let category = question.caseID == nil ? question.category : nil
            return [question.text, question.answer, directory.name(ofCategory: category, in: municipality.language)]
        }
        return SearchedText(
            .contact, contact.id.rawValue, [person.name, person.email?.description] + asked,
            phones: [person.phone].compactMap(\.self), reader: reader, in: op)
    }

    /// The unit that alone finds it by a question's words: of its case, else of the category in which it was answered at once.
    private func soleReader(of question: Question, _ cases: [ID<Case>: Case]) -> ID<Unit>? {
        if let id = question.caseID { return cases[id]?.reader }
        guard let category = directory.category(question.category), category.isConfidential else { return nil }
        return directory.unit(for: category.id)
    }

    func index(_ contact: Contact, cases: [ID<Case>: Case]) throws {
        try op.index.put(searchedText(of: contact, cases: cases))
    }

    /// Those that are stored, with what they belong to now.
    func index(_ ids: [ID<Contact>]) throws {
        for text in try searchedTexts(of: ids) { try op.index.put(text) }
    }

    func searchedTexts(of ids: [ID<Contact>]) throws -> [SearchedText] {
        let contacts = try load(ids)
        let cases = try op.cases.load(Set(contacts.flatMap(\.cases)), in: .everything)
        return contacts.map { searchedText(of: $0, cases: cases) }
    }
}
