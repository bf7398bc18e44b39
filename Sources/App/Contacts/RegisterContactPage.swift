import Database
import Domain

/// The desk's form for a contact (R1.1, R1.6).
enum RegisterContactPage {
    static let routes: [Route] = [
        .page(.newContact, for: .staff(.registerContacts), show),
        .form(.post, .contacts, for: .staff(.registerContacts), show: show, perform: perform),
    ]

    private static let mostQuestions = 5

    static let show: PageHandler = { visit, op in
        var visit = visit
        // The case that was picked among the person's own: the first question belongs to it.
        if let joined = visit.form.first("join") { visit.form.values["q1_case"] = [joined] }
        if visit.method == .get, let number = visit.queried("case").flatMap({ CaseNumber(text: $0) }) {
            // Once anything is filled in, a box without a tick is one that was taken away.
            visit.form.values = ["q1_case": ["\(number)"], "wants_updates": ["true"]]
        }
        var input = InputReader(form: visit.form)
        let ways = SoughtWays(&input, in: op)
        let openCases = try openCases(of: ways, visit.form, in: op)
        let wereSought = visit.form.first("find_person") != nil && !ways.isEmpty && input.errors.isEmpty
        let emergency = emergency(visit.form, in: op)
        let page = Reply.page(
            RegisterPage(
                frame: try op.frame(visit, title: op.words("register.heading")), words: op.words, input: visit.form,
                categories: categories(op),
                notices: op.citizens.categoryNotes(
                    op.directory.activeCategories(in: op.language), saying: op.contacts.emergencyToSay),
                units: op.organisation.unitOptions(),
                questionCount: questionCount(visit.form), openCases: openCases,
                noOpenCases: wereSought && openCases.isEmpty ? op.words("register.no_open_cases") : nil,
                standardTexts: standardTexts(visit.form, op), asksForSMS: op.outbox.tellsBySMS,
                emergency: emergency))
        // What was typed about a caller is not left in the browser.
        return visit.method == .post ? page : page.stayingInHistory()
    }

    static let perform: PageHandler = { visit, op in
        // "Another question", "find the person's cases", "it is about this one": the form comes back, nothing is
        // stored.
        if visit.form.first("find_person") != nil {
            var input = InputReader(form: visit.form)
            // That there is nothing is said of what could be looked up only.
            if SoughtWays(&input, in: op).isEmpty, input.errors.isEmpty { input.fail("phone", "nothing_sought") }
            try input.finish()
        }
        if ["add_question", "find_person", "join"].contains(where: { visit.form.first($0) != nil }) {
            throw InputErrors([])
        }
        let registered = try read(visit.form, in: op).perform(in: op)
        return .redirect(op.paths(.contact, registered.contact.id))
    }

    /// Those of confidential categories are marked: with one of them the word is asked for.
    private static func categories(_ op: Operation) -> [FormField.Option] {
        op.organisation.categoryOptions().map { option in
            var option = option
            option.isConfidential =
                ID<Category>(text: option.value).flatMap { op.directory.categories[$0] }?.isConfidential == true
            return option
        }
    }

    private static func questionCount(_ form: FormInput) -> Int {
        let sent = (1...mostQuestions).last { form.values["q\($0)_text"] != nil } ?? 1
        return min(mostQuestions, sent + (form.first("add_question") == nil ? 0 : 1))
    }

    private static func read(_ form: FormInput, in op: Operation) throws -> RegisterContact {
        var input = InputReader(form: form)
        let channel: Contact.Channel? = input.choice("channel", required: true)
        let direction: Contact.Direction? = input.choice("direction")
        let person = Person(
            name: input.line("name", max: 200), email: input.email("email"), phone: input.phone("phone"),
            wantsUpdates: input.flag("wants_updates"), bySMS: input.flag("by_sms"))
        input.checkTexting(person, in: op)
        let word = input.agreedWord("word")
        let questions = (1...questionCount(form)).compactMap { number -> QuestionInput? in
            let prefix = "q\(number)_"
            // A further block that was left empty is no question.
            if number > 1 && (form.first(prefix + "text") ?? "").isBlank { return nil }
            return QuestionInput(&input, prefix: prefix, in: op)
        }
        // Whom to call is said while the caller is still on the line, not when all is written down.
        try input.finish(
            warnedOf: questions.contains { !$0.isAnswered && op.contacts.isAcute($0.text, in: $0.category) })
        return RegisterContact(
            channel: channel ?? .telephone, direction: direction ?? .incoming, person: person, questions: questions,
            word: word)
    }

    /// What to say first, when one of the questions tells of something acute that nobody has dealt with.
    private static func emergency(_ form: FormInput, in op: Operation) -> String? {
        let acute = (1...questionCount(form)).first { number in
            form.first("q\(number)_answered") == nil
                && op.contacts.isAcute(form.first("q\(number)_text") ?? "", in: category(number, form))
        }
        return acute.map { op.contacts.emergencyToSay(about: op.directory.category(category($0, form))) }
    }

    private static func category(_ number: Int, _ form: FormInput) -> ID<Category>? {
        form.first("q\(number)_category").flatMap { ID(text: $0) }
    }

    /// Other open cases of the person on the line (R2.4), once e-mail or phone is known.
    private static func openCases(of ways: SoughtWays, _ form: FormInput, in op: Operation) throws -> [OpenCase] {
        guard !ways.isEmpty else { return [] }
        let times = Times(op.directory.calendar, op.words, op.now)
        // Step by step, newest first: a person with thousands of contacts costs no more than one with a few.
        let known =
            ways.emails.map { "email = \($0.description)" as SQL } + ways.phoneKeys.map { "phone_key = \($0)" as SQL }
        let contacts = try known.flatMap { condition in
            try op.tx.rows(
                """
                SELECT id FROM contacts WHERE municipality = \(op.tenant) AND \(condition) ORDER BY id DESC LIMIT 50
                """
            ).map { try $0["id"] as ID<Contact> }
        }
        let cases = try op.tx.rows(
            """
            SELECT case_id FROM questions WHERE municipality = \(op.tenant) AND contact_id IN \(list: contacts)
            """
        ).compactMap { try $0["case_id"] as ID<Case>? }
        return try op.tx.rows(
            """
            SELECT cases.* FROM cases WHERE cases.municipality = \(op.tenant) AND cases.id IN \(list: cases)
                AND \(StoredDeadlines.open) AND \(try op.scope.condition)
            ORDER BY cases.id DESC LIMIT 5
            """
        ).map { row in
            let found = try Case(row)
            let state = op.words("state." + found.state.rawValue)
            let joined = form.first("q1_case").flatMap { CaseNumber(typed: $0, year: op.today.year) }
            return OpenCase(
                number: "\(found.number)", url: op.paths(.case, found.number), title: found.title,
                text: state + " · " + times.due(op.cases.nextDue(found)).text, isJoined: joined == found.number)
        }
    }

    /// In the municipality's own words, with what is known already filled in (R1.6).
    private static func standardTexts(_ form: FormInput, _ op: Operation) -> [StandardText] {
        let category = op.directory.category(category(1, form))
        return ["email", "number", "self_service", "acute", "other_authority"].map { name in
            StandardText(
                title: op.words("standard.\(name).title"),
                text: op.text(
                    "standard.\(name).text", in: op.language,
                    [
                        "unit": op.directory.name(of: op.municipality.centre), "number": "…", "authority": "…",
                        "call": op.contacts.whomToCall(about: category, in: op.language),
                    ]))
        }
    }
}

/// By what the person on the line is looked up: more than can be kept of them, such as two numbers in one field.
private struct SoughtWays {
    let emails: [EmailAddress]
    let phoneKeys: [String]

    /// Of two numbers that were run together nothing would be found; nobody writes more beside each other.
    private static let mostPhones = 10

    /// What is filled in and cannot be read is noted as wrong.
    init(_ input: inout InputReader, in op: Operation) {
        emails = [input.email("email")].compactMap(\.self)
        guard let typed = input.line("phone", max: 100) else {
            phoneKeys = []
            return
        }
        let phones =
            [PhoneNumber.typed(typed)].compactMap(\.self)
            + ContactDetails.telephones(in: typed, country: op.municipality.country)
        if phones.isEmpty { input.fail("phone", "invalid_phone") }
        var keys: [String] = []
        for key in phones.compactMap(op.contacts.lookupKey) where !keys.contains(key) { keys.append(key) }
        phoneKeys = Array(keys.prefix(Self.mostPhones))
    }

    var isEmpty: Bool { emails.isEmpty && phoneKeys.isEmpty }
}
