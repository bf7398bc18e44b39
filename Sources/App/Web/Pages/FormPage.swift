/// A plain form on a page of its own: most of the administration.
struct FormPage: Page {
    static let template = "administration/form"

    var frame: Frame
    var summary: ErrorSummary?
    /// Where one came from.
    var back: Link?
    var heading: String
    var lead: String?
    /// What one should know before changing anything: cases that are open, a post nobody holds.
    var notes: [FormNote] = []
    /// Where the form is sent.
    var url: String
    /// It asks for something and changes nothing: sent with the address, so that the answer can be linked to.
    var isSearch = false
    var version: String?
    var sections: [FormSection]
    var submit: String
    /// On a second button, sent as the field `preview`: shows what was typed without storing it. nil for none.
    var look: String?
    /// What was typed, as it would come out.
    var preview: Preview?
    /// Other things one can do here, each a form of its own.
    var actions: [ActionForm] = []
    /// Where what belongs here, too, is found. nil for nowhere.
    var more: FormNote?
}

struct FormSection: Sendable {
    /// nil for a section that needs no heading.
    var legend: String?
    var hint: String?
    /// Texts beside the fields: Torg's own wording, and how the municipality's looks.
    var quotes: [Preview] = []
    /// Many short fields stand beside each other where there is room.
    var isGrid = false
    /// Two and two of them belong together.
    var isPaired = false
    var fields: [FormField]
}

struct FormNote: Sendable {
    var text: String
    var link: Link?
}
