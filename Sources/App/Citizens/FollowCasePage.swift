/// A case as its citizen sees it (R5.6): status in plain words, what happened, the answer, and a way to disagree (R5.4).
struct FollowCasePage: Page {
    static let template = "citizens/follow-case"

    var frame: Frame
    var summary: ErrorSummary?
    /// What was reported is acute, and nobody has it in hand yet.
    var emergency: EmergencyCall?
    /// By whose decision, and when.
    var erased: String?
    /// Just sent: a large receipt stands on top.
    var receipt: Receipt?
    var number: String
    var title: String
    /// The state as the municipality words it for the public.
    var status: String
    /// What that means, and what happens next and when.
    /// Nil when it was erased: then nothing can be done any more.
    var statusText: String?
    var steps: [Step]
    /// Present when closed.
    var answer: Answer?
    /// What we asked the citizen, while we wait for the answer.
    var question: CitizenQuestion?
    /// What the citizen may see, newest first.
    var events: [TimelineRow]
    /// What was reported: place, category, when.
    var facts: [Fact]
    /// The citizen's own words.
    var text: String
    /// "I do not agree"; nil while the case is open.
    var reopening: ActionForm?
    /// To choose the word that opens it, or another; nil for a case that is not confidential.
    var word: ActionForm?
}

struct Receipt: Sendable {
    /// "We answer by Thursday 23 July at the latest." (R4.3)
    var promise: String
    /// "We are sending a receipt to …", or that the number must be kept; nil when there is nothing to add.
    var sent: String?
    /// How the link is opened, of a confidential case.
    var confidential: String?
    /// The address by which one finds back without number and e-mail.
    var link: String
    var linkText: String
}

/// Our question, and the form to answer it.
struct CitizenQuestion: Sendable {
    var text: String
    var form: ActionForm
}

extension FollowCasePage {
    /// "I do not agree: open it again" (R5.4).
    ///
    /// - Parameters:
    ///   - url: the page's own address; the form goes to `…/reopening`.
    ///   - isWarned: whom to call stands on the page.
    static func reopening(
        _ words: Words, url: String, version: String?, isWarned: Bool = false, input: FormInput = .init()
    ) -> ActionForm {
        let fields = FormFields(words: words, form: "follow.reopening", input: input)
        return ActionForm(
            id: "reopening", title: words("follow.reopening"), hint: words("follow.reopening.about"),
            url: url + "/reopening", version: version, fields: [fields.area("reason", required: true)],
            hidden: isWarned ? [.emergencySeen] : [], submit: words("follow.reopening.submit"),
            isOpen: !input.values.isEmpty || !input.errors.isEmpty)
    }

    /// The word by which the link opens: asked for with the receipt, changed whenever they want.
    static func choosingWord(
        _ words: Words, url: String, hasWord: Bool, isOpen: Bool = false, input: FormInput = .init()
    ) -> ActionForm {
        let fields = FormFields(words: words, form: "follow.word", input: input, idPrefix: "word-")
        return ActionForm(
            id: "word", title: words(hasWord ? "follow.word.again" : "follow.word"), hint: words("follow.word.about"),
            url: url + "/word", fields: [fields.line("word", autocomplete: "off", required: true)],
            submit: words("follow.word.submit"), isPrimary: !hasWord, isOpen: isOpen || !input.errors.isEmpty)
    }

    /// The answer to our question.
    static func answering(
        _ words: Words, url: String, isWarned: Bool = false, input: FormInput = .init()
    ) -> ActionForm {
        let fields = FormFields(words: words, form: "follow.answer", input: input)
        return ActionForm(
            id: "answer", title: words("follow.answer"), hint: words("follow.answer.about"), url: url + "/answer",
            fields: [fields.area("message", required: true)], hidden: isWarned ? [.emergencySeen] : [],
            submit: words("follow.answer.submit"), isPrimary: true, isOpen: true)
    }
}
