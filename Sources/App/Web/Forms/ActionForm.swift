/// A form with one purpose that opens where it stands (`<details>`), or a single button when it has no fields.
struct ActionForm: Sendable {
    /// The address it jumps to on the page: "closure".
    var id: String
    /// On the button that opens it: "Close the case".
    var title: String
    /// What happens when it is sent, in a sentence.
    var hint: String?
    var url: String
    /// "DELETE" for a form that undoes; nil for POST.
    var method: String?
    /// The version of what the page shows, so that a change made meanwhile is not overwritten.
    var version: String?
    var fields: [FormField] = []
    /// Sent along, not shown.
    var hidden: [HiddenValue] = []
    /// On the button that sends it.
    var submit: String
    /// The key that jumps to it.
    var shortcut: String?
    var isPrimary: Bool = false
    /// Open when the page comes back with errors.
    var isOpen: Bool = false
}

struct HiddenValue: Sendable {
    var name: String
    var value: String

    /// Whom to call stood on the page from which it was sent.
    static let emergencySeen = HiddenValue(name: "emergency_seen", value: "1")
}
