import Domain

/// The case's unit agrees a word with a citizen who calls, by which they open the confidential case; also another one
/// when the first was forgotten. On the page alone: a program has nobody on the telephone.
enum AgreeWord {
    static let routes: [Route] = [
        .form(
            .post, .case.below("word"), for: .staff(.handleCases), form: "word", show: ShowCase.page
        ) { visit, op in
            let number = try visit.caseNumber()
            let subject = try op.cases.load(number, in: op.scope, forChange: true)
            guard subject.isConfidential else { throw Refusal.notFound }
            let contacts = try op.outbox.reporters(of: subject.id).map(\.contact)
            var input = InputReader(form: visit.form)
            let word = input.agreedWord("word", required: true)
            // Of one reporter nobody has to be chosen.
            let contact = contacts.count == 1 ? contacts[0] : input.id("contact", of: Contact.self, required: true)
            if let contact, !contacts.contains(contact) { input.fail("contact", "unknown") }
            try input.finish()
            guard let word, let contact else { throw Refusal.notFound }
            try op.citizens.agree(word, with: contact, about: subject.id)
            try op.cases.record(subject.wordAgreed(with: contact), on: subject)
            return .redirect(op.paths(.case, number), flash: "word_agreed")
        }
    ]
}

extension CaseForms {
    /// - Parameter reporters: to choose between; none where there is only one.
    func word(reporters: Options, hasWord: Bool) -> ActionForm {
        var form = form("word") { fields in
            let choice = reporters.isEmpty ? [] : [fields.select("contact", reporters, required: true)]
            return choice + [fields.line("word", autocomplete: "off", required: true)]
        }
        if hasWord { form.title = words("case.word.again") }
        return form
    }
}
