import Domain

/// A contact in the API, with those of its questions that the reader may see; beside a case, those that belong to it.
struct ContactJSON: Encodable {
    var id: ID<Contact>
    var at: Instant
    var channel: Contact.Channel
    var direction: Contact.Direction
    var person: PersonJSON
    var questions: [QuestionJSON]
    /// Confidential cases of which whoever registered the contact may know no more than that they exist.
    var keptCases: [String]
    /// The day on which it was erased who it was.
    @OrNull var erased: String?

    enum CodingKeys: String, CodingKey {
        case id, at, channel, direction, person, questions, erased
        case keptCases = "kept_cases"
    }

    /// - Parameter cases: those that the questions belong to, as far as they may be shown.
    init(_ contact: Contact, cases: [ID<Case>: Case], in op: Operation) {
        id = contact.id
        at = contact.at
        channel = contact.channel
        direction = contact.direction
        person = PersonJSON(contact.person)
        questions = contact.questions.map { question in
            QuestionJSON(question, about: question.caseID.flatMap { cases[$0] }, in: op)
        }
        keptCases = []
        erased = op.retention.erasedDay(contact.erasure)
    }

    init(_ shown: VisibleContact, in op: Operation) {
        var contact = shown.contact
        contact.questions = shown.questions.filter { $0.caseID.map { shown.kept[$0] == nil } ?? true }
        // Who it was, and how they are reached now, is the unit's to know.
        if !shown.kept.isEmpty { contact.person = Person() }
        self.init(contact, cases: shown.cases, in: op)
        keptCases = shown.kept.values.map { "\($0.number)" }.sorted()
    }
}

struct PersonJSON: Encodable {
    @OrNull var name: String?
    @OrNull var email: String?
    @OrNull var phone: String?
    var wantsUpdates: Bool
    var bySMS: Bool

    enum CodingKeys: String, CodingKey {
        case name, email, phone
        case wantsUpdates = "wants_updates"
        case bySMS = "by_sms"
    }

    init(_ person: Person) {
        name = person.name
        email = person.email?.description
        phone = person.phone?.description
        wantsUpdates = person.wantsUpdates
        bySMS = person.bySMS
    }
}

struct QuestionJSON: Encodable {
    var id: ID<Question>
    /// Null when it was erased.
    @OrNull var text: String?
    @OrNull var category: ID<Category>?
    var answered: Bool
    @OrNull var answer: String?
    /// Joined from outside; not confirmed by the case's unit.
    var held: Bool
    @OrNull var caseNumber: String?
    /// The day on which its words were erased.
    @OrNull var erased: String?

    enum CodingKeys: String, CodingKey {
        case id, text, category, answered, answer, held, erased
        case caseNumber = "case"
    }

    init(_ question: Question, about subject: Case?, in op: Operation) {
        id = question.id
        text = question.erasure == nil ? question.text : nil
        category = question.category
        answered = question.isAnswered
        answer = question.answer
        held = question.isHeld
        caseNumber = subject.map { "\($0.number)" }
        erased = op.retention.erasedDay(question.erasure)
    }
}
