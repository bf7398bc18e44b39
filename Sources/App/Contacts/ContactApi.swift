import Domain
import HTTPTypes

/// `POST /contacts`.
enum ContactApi {
    static let routes: [Route] = [
        .api(.post, "/contacts") { call, op in
            try op.require(.registerContacts)
            let registered = try read(&call.input, in: op).perform(in: op)
            return try .json(Registered(registered), status: .created)
        }
    ]

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
