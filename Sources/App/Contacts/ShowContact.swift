import Database
import Domain

/// A contact's own page: the agent's receipt (R3.7), and later what was asked and what became of it.
enum ShowContact {
    static let routes: [Route] = [.page("/:municipality/contacts/:contact", for: .staff(nil), page)]

    static let page: PageHandler = { visit, op in
        let shown = try VisibleContact(try visit.id("contact"), in: op)
        for found in shown.cases.values { op.noteReading(of: found) }
        let person = shown.contact.person
        let facts = [
            ("name", person.name), ("email", person.email?.description),
            ("phone", person.phone?.grouped(in: op.municipality.country)),
        ]
        .compactMap { name, text in text.map { Fact(term: op.words("register." + name), text: $0) } }
        let hasCase = shown.contact.questions.contains { $0.caseID != nil }
        let correction = try CorrectContact.form(for: shown.contact, visit, in: op)
        return .page(
            ContactPage(
                frame: try op.frame(visit, title: op.words("contact.heading")), summary: correction?.summary,
                heading: op.summary(of: shown.contact), facts: facts,
                questions: shown.questions.map { line($0, shown, op) },
                sent: hasCase ? try receiptLine(shown.contact, op) : nil, correction: correction?.form))
    }

    /// What became of the receipt, as the outbox has it.
    private static func receiptLine(_ contact: Contact, _ op: Operation) throws -> String {
        let cases = Set(contact.questions.compactMap(\.caseID))
        let receipts = try cases.flatMap { subject in
            let own = Set(try op.events(of: subject).filter { $0.event.data.contact == contact.id }.map(\.id))
            return try op.mails(about: subject).filter { $0.isReceipt && own.contains($0.event) }
        }
        let states = receipts.map(\.state)
        let key =
            if states.isEmpty {
                op.way(to: contact.person) == nil ? "contact.no_email" : "contact.no_receipt"
            } else if states.contains(where: { [.failed, .uncertain].contains($0) }) { "contact.receipt_failed" } else {
                "contact.receipt_" + (states.allSatisfy { $0 == .sent } ? "sent" : "waiting")
            }
        guard let receipt = receipts.first else { return op.words(key) }
        // The address may have been put right since.
        let address = receipt.medium == .sms ? op.grouped(receipt.address) : receipt.address
        return op.words(key + (receipt.medium == .sms ? ".sms" : ""), ["email": address])
    }

    private static func line(_ question: Question, _ shown: VisibleContact, _ op: Operation) -> ContactQuestion {
        let notice = question.category.flatMap { op.directory.categories[$0] }.flatMap { op.notice(of: $0) }
        guard let id = question.caseID else {
            return ContactQuestion(
                text: question.text, outcome: op.words("contact.outcome.answered"), answer: question.answer,
                notice: notice)
        }
        // What went to a case that the reader may not see is told by nothing but that.
        guard let found = shown.cases[id] else {
            return ContactQuestion(text: "–", outcome: op.words("case.confidential"))
        }
        let unit = op.directory.name(of: op.directory.unitInCharge(of: found))
        let isNew = found.createdAt == shown.contact.at
        let due = op.directory.firstAnswerDue(found)
        let say = op.words(
            "contact.say.case",
            [
                "number": "\(found.number)", "unit": unit,
                "deadline": Times(op.directory.calendar, op.words, op.now).day(due),
            ])
        return ContactQuestion(
            text: question.text,
            outcome: op.words(isNew ? "contact.outcome.opened" : "contact.outcome.joined", ["unit": unit]),
            number: "\(found.number)", url: shown.open.contains(id) ? op.paths.cases(found.number) : nil,
            next: found.state.isOpen ? say : nil,
            answer: question.answer, notice: notice)
    }
}

/// A contact as far as somebody may see it (R1.7).
///
/// Who registered it may read it again, and needs the number for the caller even of a case that shows only to its unit.
/// Others see what belongs to a case they may see, and what was answered at once if they see all cases; what was
/// answered in a confidential category shows to its unit only.
struct VisibleContact {
    let contact: Contact
    /// Whose words may be shown, or of which it may be told that they are there.
    let questions: [Question]
    /// Those of the cases whose words may be shown.
    let cases: [ID<Case>: Case]
    /// Those of the cases whose page the reader may open.
    let open: Set<ID<Case>>

    /// Throws `notFound` for a contact that is not there, or of which the reader may see nothing.
    init(_ id: ID<Contact>, in op: Operation) throws {
        guard let contact = try op.contact(id) else { throw Refusal.notFound }
        let user = try op.user
        let isOwn = contact.registeredBy == user.id
        let named = Set(contact.questions.compactMap(\.caseID))
        let visible = try op.cases(named, in: op.scope)
        guard isOwn || !visible.isEmpty else { throw Refusal.notFound }
        self.contact = contact
        open = Set(visible.keys)
        cases = isOwn && visible.count < named.count ? try op.cases(named, in: .everything) : visible
        questions = contact.questions.filter { question in
            if isOwn || question.caseID != nil { return true }
            let category = question.category.flatMap { op.directory.categories[$0] }
            if let category, category.isConfidential {
                return user.units.contains(op.directory.unit(for: category.id))
            }
            return user.may(.seeAllCases)
        }
    }
}

extension Operation {
    /// Those of the cases that the scope has.
    func cases(_ ids: Set<ID<Case>>, in scope: CaseScope) throws -> [ID<Case>: Case] {
        let found = try tx.rows(
            """
            SELECT * FROM cases WHERE municipality = \(tenant) AND id IN \(list: ids.sorted()) AND \(scope.condition)
            """
        ).compactMap { try readable($0, Case.init) }
        return Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
