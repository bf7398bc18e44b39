/// A citizen's report.
struct ReportPage: Page {
    static let template = "citizens/report"

    var frame: Frame
    var summary: ErrorSummary?
    /// "We answer within 3 working days, by Thursday 23 July at the latest." (R4.3)
    var promise: String
    var notices: [Notice] = []
    /// What was written sounds acute: whom to call first, before it is sent.
    var emergency: EmergencyCall?
    /// Where a category carries a notice (R1.9): shown when it is chosen, confirmed with a tick.
    var categoryNotice: CategoryNotice?
    var text: FormField
    var category: FormField
    var place: FormField
    /// Degrees, filled in by the map; hidden.
    var latitude: String = ""
    var longitude: String = ""
    var name: FormField
    var email: FormField
    var phone: FormField
    var wantsUpdates: FormField
    /// Where the municipality sends text messages.
    var bySMS: FormField?
}

struct CategoryNotice: Sendable {
    /// Of all categories; the script shows those of the one that is chosen.
    var notes: [CategoryNote]
    /// The category whose notes are shown, sent along with the tick; empty for none.
    var shown: String
    /// The field `notice_seen`.
    var confirm: FormField
    /// The form came back to show it.
    var isShown: Bool

    /// Nil where no category says anything.
    ///
    /// - Parameter chosen: the category, by its id.
    init?(_ notes: [CategoryNote], of chosen: String?, confirm: FormField) {
        if notes.isEmpty { return nil }
        self.notes = CategoryNote.shown(notes, of: chosen)
        isShown = self.notes.contains(where: \.isShown)
        shown = isShown ? chosen ?? "" : ""
        self.confirm = confirm
    }
}

extension ReportPage {
    /// - Parameters:
    ///   - categories: those open to the public, without "I do not know".
    ///   - notes: what is told where one of them is chosen.
    ///   - noticed: the category whose notes are shown, chosen or likely.
    init(
        frame: Frame, words: Words, input: FormInput = .init(), promise: String, notices: [Notice] = [],
        categories: [FormField.Option], notes: [CategoryNote] = [], noticed: String? = nil,
        emergency: EmergencyCall? = nil,
        asksForSMS: Bool = false
    ) {
        let fields = FormFields(words: words, form: "report", input: input)
        self.init(
            frame: frame, summary: fields.summary, promise: promise, notices: notices, emergency: emergency,
            categoryNotice: CategoryNotice(notes, of: noticed, confirm: fields.check("notice_seen")),
            text: fields.area("text", rows: 6, required: true),
            category: fields.select("category", categories, prompt: words("report.category.unknown")),
            place: fields.line("place", autocomplete: "off"),
            latitude: input.first("lat") ?? "", longitude: input.first("lon") ?? "",
            name: fields.line("name", autocomplete: "name"),
            email: fields.line("email", type: "email", autocomplete: "email"),
            phone: fields.line("phone", type: "tel", autocomplete: "tel"),
            wantsUpdates: fields.check("wants_updates", checked: true),
            bySMS: asksForSMS ? fields.check("by_sms") : nil)
    }
}
