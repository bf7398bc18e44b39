import Domain

/// A contact in the API, with those of its questions that belong to the case it is shown with.
struct ContactJSON: Encodable {
    var id: ID<Contact>
    var at: Instant
    var channel: Contact.Channel
    var direction: Contact.Direction
    var person: PersonJSON
    var questions: [QuestionJSON]

    init(_ contact: Contact) {
        id = contact.id
        at = contact.at
        channel = contact.channel
        direction = contact.direction
        person = PersonJSON(contact.person)
        questions = contact.questions.map(QuestionJSON.init)
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
    var text: String
    @OrNull var category: ID<Category>?
    var answered: Bool
    @OrNull var answer: String?
    /// Joined from outside; not confirmed by the case's unit.
    var held: Bool

    init(_ question: Question) {
        id = question.id
        text = question.text
        category = question.category
        answered = question.isAnswered
        answer = question.answer
        held = question.isHeld
    }
}
