/// A plain form on a page of its own: most of the administration.
struct FormPage: Page {
    static let template = "administration/form"

    var frame: Frame
    var summary: ErrorSummary?
    /// Where one came from.
    var back: Link?
    var heading: String
    var lead: String?
    /// Where the form is sent.
    var url: String
    var version: String?
    var sections: [FormSection]
    var submit: String
    /// A text as it would be sent, for wordings with placeholders.
    var preview: Preview?
    /// Other things one can do here, each a form of its own.
    var actions: [ActionForm] = []
}

struct FormSection: Sendable {
    /// nil for a section that needs no heading.
    var legend: String?
    var hint: String?
    var fields: [FormField]
}

struct Preview: Sendable {
    var heading: String
    var text: String
}

struct Link: Sendable {
    var text: String
    var url: String
}
