import Database
import Domain

/// A contact's own page: the agent's receipt (R3.7), and later what was asked and what became of it.
enum ShowContact {
    static let routes: [Route] = [.page(.contact, for: .staff(nil), page)]

    static let page: PageHandler = { visit, op in
        let shown = try VisibleContact(try visit.id("contact"), in: op)
        shown.noteReadings(in: op)
        let person = shown.contact.person
        let facts = [
            ("name", person.name), ("email", person.email?.description),
            ("phone", person.phone?.grouped(in: op.municipality.country)),
        ]
        .compactMap { name, text in text.map { Fact(term: op.words("register." + name), text: $0) } }
        var page = ContactPage(
            frame: try op.frame(visit, title: op.words("contact.heading")),
            heading: op.cases.summary(of: shown.contact), facts: facts,
            questions: try shown.questions.map { try line($0, shown, op) })
        if !shown.kept.isEmpty {
            // Who it was, and how they are reached now, is the unit's to know, whatever else they asked.
            page.facts = []
            page.sent = op.words("contact.kept.person")
            page.summary = CorrectContact.returned(visit, op)?.summary
            return .page(page)
        }
        if let erasure = shown.contact.erasure {
            // Who it was is no more, and what they were sent went with it.
            page.facts = [Fact(term: op.words("register.name"), text: op.words("erased"))]
            page.sent = try op.retention.told(of: erasure)
            return .page(page)
        }
        let correction = try CorrectContact.form(for: shown.contact, visit, in: op)
        (page.summary, page.correction) = (correction?.summary, correction?.form)
        if !shown.cases.isEmpty { page.sent = try receiptLine(shown.contact, Set(shown.cases.keys), op) }
        return .page(page)
    }

    /// What became of the receipt, as the outbox has it.
    private static func receiptLine(
        _ contact: Contact, _ cases: Set<ID<Case>>, _ op: Operation
    ) throws -> String {
        let receipts = try cases.flatMap { subject in
            let own = Set(try op.history.events(of: subject).filter { $0.event.fact.contact == contact.id }.map(\.id))
            return try op.cases.mails(about: subject).filter { $0.isReceipt && own.contains($0.event) }
        }
        let states = receipts.map(\.state)
        let key =
            if states.isEmpty {
                op.outbox.way(to: contact.person) == nil ? "contact.no_email" : "contact.no_receipt"
            } else if states.contains(where: { [.failed, .uncertain].contains($0) }) { "contact.receipt_failed" } else {
                "contact.receipt_" + (states.allSatisfy { $0 == .sent } ? "sent" : "waiting")
            }
        // The address may have been put right since.
        guard let receipt = receipts.first, let sent = receipt.address else { return op.words(key) }
        let address = receipt.medium == .sms ? op.grouped(sent) : sent
        return op.words(key + (receipt.medium == .sms ? ".sms" : ""), ["email": address])
    }

    private static func line(
        _ question: Question, _ shown: VisibleContact, _ op: Operation
    ) throws -> ContactQuestion {
        let category = op.directory.category(question.category)
        let notice = category.flatMap { op.citizens.notice(of: $0) }
        guard let id = question.caseID else {
            return ContactQuestion(
                text: op.contacts.text(of: question), outcome: op.words("contact.outcome.answered"),
                answer: question.answer,
                notice: notice)
        }
        if let kept = shown.kept[id] { return try line(question, keptIn: kept, shown, op) }
        guard let found = shown.cases[id] else { return ContactQuestion(text: "–", outcome: "–") }
        let unit = op.directory.name(of: op.directory.unitInCharge(of: found))
        // Before anything else, with the caller still on the line.
        let isUrgent = op.contacts.isUrgent(question, of: found, since: shown.contact.at)
        let isNew = found.createdAt == shown.contact.at
        let due = op.directory.firstAnswerDue(found)
        let say = op.words(
            "contact.say.case",
            [
                "number": "\(found.number)", "unit": unit,
                "deadline": Times(op.directory.calendar, op.words, op.now).day(due),
            ])
        let wayIn = try SayWayIn(
            shown.contact, about: found, mayAgree: op.user.may(.handleCases) && shown.open.contains(id), in: op)
        return ContactQuestion(
            text: op.contacts.text(of: question),
            outcome: op.words(isNew ? "contact.outcome.opened" : "contact.outcome.joined", ["unit": unit]),
            number: "\(found.number)", url: shown.open.contains(id) ? op.paths(.case, found.number) : nil,
            emergency: isUrgent ? op.contacts.emergencyToSay(about: op.directory.category(found.category)) : nil,
            next: found.state.isOpen ? RunningText(([say] + wayIn.say).joined(separator: " ")) : nil,
            warning: wayIn.warning, answer: question.answer,
            // Of something acute it says to call first and report it afterwards, which has just been done.
            notice: category?.isAcute == true ? nil : notice)
    }

    /// Of a confidential case, for whoever registered the contact and may not read it: what to tell the caller, by what
    /// was known when they called.
    private static func line(
        _ question: Question, keptIn kept: Case, _ shown: VisibleContact, _ op: Operation
    ) throws -> ContactQuestion {
        let existence = Existence(of: kept, in: op)
        var say = [op.words("contact.say.kept", ["number": "\(kept.number)"])]
        if kept.createdAt == shown.contact.at {
            let due = op.directory.firstAnswerDue(asOpened(kept, question, shown.contact, op))
            let day = Times(op.directory.calendar, op.words, op.now).day(due)
            say.append(op.words("contact.say.kept.deadline", ["deadline": day]))
        }
        let wayIn = try SayWayIn(shown.contact, keptIn: kept, in: op)
        say += wayIn.say
        if let phone = existence.phone { say.append(op.words("contact.say.kept.phone", ["phone": phone])) }
        let mayOpen = (try? op.user.may(.registerContacts)) == true
        return ContactQuestion(
            text: op.words("contact.kept"), outcome: existence.status(op.words), number: "\(kept.number)",
            url: mayOpen ? op.paths(.case, kept.number) : nil, emergency: emergency(question, existence, op),
            next: RunningText(say.joined(separator: " ")), warning: wayIn.warning)
    }

    /// Whom to call first, by what was told and not by what has become of it. The number of a category tells what it is
    /// about, so it is not given where the unit is not named.
    private static func emergency(_ question: Question, _ existence: Existence, _ op: Operation) -> String? {
        guard op.contacts.isAcute(question) else { return nil }
        let category = op.directory.category(question.category)
        return op.contacts.emergencyToSay(about: existence.unit == nil ? nil : category)
    }

    /// The case before anything was done with it: what has happened since does not show in what is promised.
    private static func asOpened(
        _ kept: Case, _ question: Question, _ contact: Contact, _ op: Operation
    ) -> Case {
        var opened = Case(
            id: kept.id, number: kept.number, createdAt: kept.createdAt, title: "", category: question.category,
            unit: op.directory.unit(for: question.category))
        opened.channel = contact.channel
        opened.firstAnswer = op.directory.firstAnswer(
            to: question.category, callBack: kept.firstAnswer == .callBack)
        return opened
    }
}
