import Domain

/// Registering a contact, with the caller on the line (R1.1, R1.2).
struct RegisterPage: Page {
    static let template = "contacts/register"

    var frame: Frame
    var summary: ErrorSummary?
    /// What to ask for, and whether the person is told by itself.
    var lead: String
    /// What was written tells of something acute: what to say first, before it is registered.
    var emergency: String?
    var channel: FormField
    var direction: FormField
    var name: FormField
    var email: FormField
    var phone: FormField
    var wantsUpdates: FormField
    /// Where the municipality sends text messages.
    var bySMS: FormField?
    var questions: [QuestionBlock]
    /// To open what is confidential with. Asked for when a question is; always where the browser cannot tell.
    var word: FormField
    /// It was filled in, or is wrong.
    var isWordShown: Bool
    var canAddQuestion: Bool
    /// The person's other open cases (R2.4).
    var openCases: [OpenCase] = []
    /// Said when they were asked for and there are none.
    var noOpenCases: String?
    /// To read out or paste (R1.6).
    var standardTexts: [StandardText] = []
}

/// One question of a contact; field names begin with q1_, q2_ …
struct QuestionBlock: Sendable {
    var heading: String
    var text: FormField
    var category: FormField
    var place: FormField
    var latitude: String
    var longitude: String
    /// Names of the hidden fields for the position.
    var latitudeName: String
    var longitudeName: String
    var answered: FormField
    var answer: FormField
    var joinedCase: FormField
    var unit: FormField
    var acute: FormField
    var confidential: FormField
    var mustBeAnswered: FormField
    var callBack: FormField
    var notices: [CategoryNote]
    /// The less usual fields are open, because one of them is filled in or wrong.
    var isOpen: Bool
}

struct OpenCase: Sendable {
    var number: String
    var url: String
    var title: String
    /// State and next deadline in words.
    var text: String
    /// The first question belongs to it.
    var isJoined = false
}

struct StandardText: Sendable {
    var title: String
    var text: String
}

extension RegisterPage {
    /// - Parameters:
    ///   - categories: value is the id.
    ///   - units: those the agent may pass to.
    ///   - questionCount: 1–5.
    init(
        frame: Frame, words: Words, input: FormInput = .init(), categories: [FormField.Option],
        notices: [CategoryNote] = [], units: [FormField.Option], questionCount: Int = 1, channel: String = "telephone",
        openCases: [OpenCase] = [],
        noOpenCases: String? = nil, standardTexts: [StandardText] = [], asksForSMS: Bool = false,
        emergency: String? = nil
    ) {
        let fields = FormFields(words: words, form: "register", input: input)
        let channels = Self.channels.map {
            FormField.Option(value: $0.rawValue, text: words("channel." + $0.rawValue))
        }
        let joinsCase = input.values.contains { $0.key.hasSuffix("_case") && $0.value.first?.isEmpty == false }
        let directions = Contact.Direction.allCases.map {
            FormField.Option(value: $0.rawValue, text: words("direction." + $0.rawValue))
        }
        self.init(
            frame: frame, summary: fields.summary { QuestionBlock.label(of: $0, in: fields) ?? fields.label(of: $0) },
            // The case may be confidential, and no page tells that: with a number the promise is a careful one.
            lead: words(joinsCase ? "register.lead.joined" : "register.lead"),
            emergency: emergency.map {
                $0 + " " + words("emergency.register", ["submit": words("register.submit")])
            },
            channel: fields.select("channel", channels, value: channel, required: true),
            direction: fields.select(
                "direction", directions, value: Contact.Direction.incoming.rawValue, required: true),
            name: fields.line("name", autocomplete: "off"),
            email: fields.line("email", type: "email", autocomplete: "off"),
            phone: fields.line("phone", type: "tel", autocomplete: "off"),
            wantsUpdates: fields.check("wants_updates", checked: true),
            bySMS: asksForSMS ? fields.check("by_sms") : nil,
            questions: (1...max(1, min(5, questionCount))).map {
                QuestionBlock(number: $0, fields: fields, categories: categories, notices: notices, units: units)
            },
            word: fields.line("word", autocomplete: "off"),
            isWordShown: !(input.first("word") ?? "").isEmpty || input.errors.contains { $0.field == "word" },
            canAddQuestion: questionCount < 5, openCases: openCases, noOpenCases: noOpenCases,
            standardTexts: standardTexts)
    }

    /// In the order an agent meets them most often.
    static let channels: [Contact.Channel] = [
        .telephone, .visit, .email, .letter, .web, .digitalPost, .sms, .chat, .socialMedia, .selfService,
    ]
}

extension QuestionBlock {
    private static func fields(_ number: Int, of whole: FormFields) -> FormFields {
        var fields = whole
        fields.form = "register.question"
        fields.namePrefix = "q\(number)_"
        return fields
    }

    /// "Question 2, Place" for `q2_place`.
    static func label(of sent: String, in whole: FormFields) -> String? {
        guard sent.first == "q", let number = sent.dropFirst().first?.wholeNumberValue else { return nil }
        let heading = whole.words("register.question.heading", ["number": "\(number)"])
        return fields(number, of: whole).label(of: sent).map { heading + ", " + $0 }
    }

    init(
        number: Int, fields whole: FormFields, categories: [FormField.Option], notices: [CategoryNote],
        units: [FormField.Option]
    ) {
        let fields = QuestionBlock.fields(number, of: whole)
        let words = fields.words
        let unusual = ["case", "acute", "confidential", "must_be_answered", "call_back"].map { fields.namePrefix + $0 }
        self.init(
            heading: words("register.question.heading", ["number": "\(number)"]),
            text: fields.area("text", rows: 3, required: true),
            category: fields.select("category", categories, prompt: words("register.question.category.unknown")),
            place: fields.line("place", autocomplete: "off"),
            latitude: fields.input.first(fields.namePrefix + "lat") ?? "",
            longitude: fields.input.first(fields.namePrefix + "lon") ?? "",
            latitudeName: fields.namePrefix + "lat", longitudeName: fields.namePrefix + "lon",
            answered: fields.check("answered"), answer: fields.area("answer", rows: 2),
            joinedCase: fields.line("case", autocomplete: "off"),
            unit: fields.select("unit", units, prompt: words("register.question.unit.automatic")),
            acute: fields.check("acute"), confidential: fields.check("confidential"),
            mustBeAnswered: fields.check("must_be_answered"), callBack: fields.check("call_back"),
            notices: CategoryNote.shown(notices, of: fields.input.first(fields.namePrefix + "category")),
            isOpen: unusual.contains { name in
                !(whole.input.first(name) ?? "").isEmpty || whole.input.errors.contains { $0.field == name }
            })
    }
}
