import Database
import Domain
import HTTPTypes

/// `POST /contacts`, `GET /contacts`, `/contacts/{id}`.
enum ContactApi {
    static let routes: [Route] = [
        .api(.get, "/contacts") { call, op in try list(&call.input, in: op) },
        .api(.get, "/contacts/:contact") { call, op in
            let shown = try VisibleContact(try call.visit.id("contact"), in: op)
            shown.noteReadings(in: op)
            return try .json(ContactJSON(shown, in: op))
        },
        .api(.post, "/contacts") { call, op in
            try op.require(.registerContacts)
            let registered = try read(&call.input, in: op).perform(in: op)
            return try .json(Registered(registered), status: .created)
        },
    ]

    private static func list(_ input: inout InputReader, in op: Operation) throws -> Reply {
        let text = input.line("text", max: 200)
        var conditions: [SQL] = []
        if let from = input.instant("from", in: op.directory.calendar, plainDay: .start) {
            conditions.append("contacts.at >= \(from)")
        }
        if let to = input.instant("to", in: op.directory.calendar, plainDay: .end) {
            conditions.append("contacts.at < \(to)")
        }
        let paging = try ApiPaging(&input)
        try input.finish()
        let page = try ContactList(text: text, conditions: conditions, limit: paging.limit, after: paging.after)
            .load(in: op)
        for shown in page.contacts { shown.noteReadings(in: op) }
        return try .json(ApiList(items: page.contacts.map { ContactJSON($0, in: op) }, next: page.next?.text))
    }

    /// Days; ten years. What is older comes by import, not as if it were new.
    private static let oldest = 3_653

    private static func read(_ input: inout InputReader, in op: Operation) throws -> RegisterContact {
        let person = input.object("person") { inner in
            let person = Person(
                name: inner.line("name", max: 200), email: inner.email("email"), phone: inner.phone("phone"),
                wantsUpdates: inner.flag("wants_updates"), bySMS: inner.flag("by_sms"))
            inner.checkTexting(person, in: op)
            return person
        }
        let at = input.past("at", in: op)
        if let at, at < op.now.adding(days: -Self.oldest) { input.fail("at", "too_early") }
        let channel: Contact.Channel? = input.choice("channel", required: true)
        let direction: Contact.Direction? = input.choice("direction")
        let word = input.agreedWord("word")
        let questions = input.list("questions", max: Contact.maximumQuestions, required: true) {
            QuestionInput(&$0, in: op)
        }
        try input.finish()
        return RegisterContact(
            channel: channel ?? .telephone, direction: direction ?? .incoming, at: at, person: person ?? Person(),
            questions: questions, word: word)
    }

    private struct Registered: Encodable {
        var id: ID<Contact>
        var questions: [Line]

        struct Line: Encodable {
            var id: ID<Question>
            @OrNull var caseNumber: String?

            enum CodingKeys: String, CodingKey {
                case id
                case caseNumber = "case"
            }

        }

        init(_ registered: RegisterContact.Registered) {
            id = registered.contact.id
            questions = zip(registered.contact.questions, registered.cases).map {
                Line(id: $0.id, caseNumber: $1.map { "\($0.number)" })
            }
        }
    }
}
