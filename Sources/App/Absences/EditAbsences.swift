import Database
import Domain

/// `/{m}/people/{id}/absences`: when somebody is away and who stands in (R4.5). For oneself, for whoever manages people,
/// and for the leader of a unit they belong to.
enum EditAbsences {
    static let routes: [Route] = [
        .page(.absences, for: .staff(nil), show),
        .form(.post, .absences, for: .staff(nil), show: show, perform: add),
        .form(
            .delete, .absence, for: .staff(nil), show: show, perform: takeBack),
    ]

    /// Somebody else's days away are nobody's business who does not plan with them.
    private static func person(_ visit: Visit, _ op: Operation) throws -> User {
        let id: ID<User> = try visit.id("person")
        guard let person = op.directory.people[id]?.user, person.isActive else { throw Refusal.notFound }
        guard try op.user.mayPlanFor(person) else { throw Refusal.notFound }
        return person
    }

    private static let show: PageHandler = { visit, op in
        let person = try person(visit, op)
        let words = op.words
        let isOwn = try op.user.id == person.id
        let fields = Self.fields(visit.form, op)
        let heading = isOwn ? words("absence.own") : words("absence.of", ["name": person.name])
        return .page(
            FormPage(
                frame: try op.frame(visit, title: heading), summary: fields.summary,
                back: isOwn ? Link(text: words("account.heading"), url: op.paths(.account)) : nil, heading: heading,
                lead: words("absence.lead"),
                notes: op.directory.absencesFromNow(of: person.id, op).map {
                    FormNote(text: op.absences.text($0))
                }, url: op.paths(.absences, person.id),
                sections: [FormSection(fields: inputs(for: person, fields, op))], submit: words("absence.submit"),
                actions: op.directory.absencesFromNow(of: person.id, op).map { takeBack($0, op) }))
    }

    private static func fields(_ input: FormInput, _ op: Operation, prefix: String = "") -> FormFields {
        FormFields(words: op.words, form: "absence", input: input, idPrefix: prefix)
    }

    private static func inputs(for person: User, _ fields: FormFields, _ op: Operation) -> [FormField] {
        let others = op.directory.possibleHandlers.filter { $0.id != person.id }
            .map { FormField.Option(value: "\($0.id)", text: $0.name) }
        return [
            fields.line("first", type: "date", required: true), fields.line("last", type: "date", required: true),
            fields.select("substitute", others, prompt: op.words("absence.substitute.unit")),
        ]
    }

    private static func takeBack(_ absence: Absence, _ op: Operation) -> ActionForm {
        let times = Times(op.directory.calendar, op.words, op.now)
        let days = ["first": times.day(absence.first), "last": times.day(absence.last)]
        let key = absence.first < op.today ? "absence.end" : "absence.take_back"
        return ActionForm(
            id: "absence-\(absence.id)", title: op.words(key, days),
            url: op.paths(.absence, absence.user, absence.id), method: "DELETE", submit: "")
    }

    /// The form as it stands on the account's page and on a person's.
    static func form(for person: User, own: Bool, input: FormInput, _ op: Operation) -> ActionForm {
        ActionForm(
            id: "absence", title: op.words(own ? "absence.own" : "absence.add"), hint: op.words("absence.lead"),
            url: op.paths(.absences, person.id),
            fields: inputs(for: person, fields(input, op, prefix: "absence-"), op), submit: op.words("absence.submit"))
    }

    /// What is planned, with the way to where it can be taken back.
    static func notes(about person: ID<User>, _ op: Operation) -> [FormNote] {
        let absences = op.directory.absencesFromNow(of: person, op)
        return absences.enumerated().map { number, absence in
            FormNote(
                text: op.absences.text(absence),
                link: number == absences.count - 1
                    ? Link(text: op.words("absence.change"), url: op.paths(.absences, person)) : nil)
        }
    }

    private static let add: PageHandler = { visit, op in
        let op = try op.organisation.changing()
        let person = try person(visit, op)
        var input = InputReader(form: visit.form)
        let first = input.day("first")
        let last = input.day("last")
        let substitute: ID<User>? = input.id("substitute")
        if let substitute {
            if substitute == person.id {
                input.fail("substitute", "substitute_is_absent")
            } else if op.directory.people[substitute]?.user.isActive != true {
                input.fail("substitute", "unknown")
            } else if !op.directory.isPossibleHandler(substitute) {
                input.fail("substitute", "cannot_handle")
            }
        }
        if let first, let last {
            if last < first { input.fail("last", "ends_before_it_begins") }
            if last < op.today { input.fail("last", "too_early") }
            if last > op.today + InputReader.furthestAhead { input.fail("last", "too_late") }
        }
        try input.finish()
        guard let first, let last,
            let absence = Absence(id: op.newID(), user: person.id, first: first, last: last, substitute: substitute)
        else { throw Refusal.unreadable }
        try op.tx.insert(absence: absence, of: op.tenant)
        try op.audit(.absenceAdded, "\(person.name), \(first)–\(last)")
        return .redirect(try back(to: person, op), flash: "saved")
    }

    /// One that has begun ends yesterday: what was so stays so.
    private static let takeBack: PageHandler = { visit, op in
        let op = try op.organisation.changing()
        let person = try person(visit, op)
        let id: ID<Absence> = try visit.id("absence")
        guard let absence = op.directory.absences.first(where: { $0.id == id && $0.user == person.id }),
            absence.last >= op.today
        else { throw Refusal.notFound }
        if absence.first < op.today {
            try op.tx.run(
                """
                UPDATE absences SET last_day = \(op.today - 1) WHERE municipality = \(op.tenant) AND id = \(id)
                """)
        } else {
            try op.tx.run("DELETE FROM absences WHERE municipality = \(op.tenant) AND id = \(id)")
        }
        try op.audit(.absenceEnded, "\(person.name), \(absence.first)–\(absence.last)")
        return .redirect(op.paths(.absences, person.id), flash: "absence_ended")
    }

    private static func back(to person: User, _ op: Operation) throws -> String {
        try op.user.id == person.id ? op.paths(.account) : op.paths(.absences, person.id)
    }
}
