/// One field of a form with its label, what was typed, and what was wrong with it. Shown by `forms/field`.
///
/// Made by `FormFields`, which finds the words. Exactly one of the parts `input`, `area`, `select`, `check`, `choices`
/// is there.
struct FormField: Part {
    static let template = "forms/field"

    /// The name it is sent under: that of the JSON API.
    var name: String
    /// Unique on the page; the error summary links to it.
    var id: String
    var label: String
    var hint: String?
    var error: String?
    /// The ids of hint and error, for `aria-describedby`.
    var describedBy: String?
    var isRequired: Bool
    /// Needed for some answers to other fields, which the hint tells: neither required nor "optional".
    var isConditional = false
    var input: Input?
    var area: Area?
    var select: Select?
    var check: Check?
    var choices: Choices?

    /// One line.
    struct Input: Hashable, Sendable {
        /// text, email, tel, password, date, datetime-local, number, color, url or hidden.
        var type: String
        var value: String
        /// The HTML autofill name, as WCAG 1.3.5 wants for data about the person who fills in.
        var autocomplete: String?
    }

    /// Several lines.
    struct Area: Hashable, Sendable {
        var value: String
        var rows: Int
    }

    /// One of many.
    struct Select: Hashable, Sendable {
        var options: [Option]
    }

    /// Yes or no; the label stands after the box.
    struct Check: Hashable, Sendable {
        var isChecked: Bool
    }

    /// All choices to be seen: one (`radio`) or several (`checkbox`).
    struct Choices: Hashable, Sendable {
        var type: String
        var options: [Option]
    }

    struct Option: Hashable, Sendable {
        var value: String
        var text: String
        var isSelected: Bool = false
        /// Unique on the page; set by `FormFields`.
        var id: String = ""
        /// Only a unit may read what it stands for: something more is asked for then.
        var isConfidential = false
    }
}

/// The list of errors on top of a form, each a link to its field.
struct ErrorSummary: Sendable {
    var links: [ErrorLink]
}

struct ErrorLink: Sendable {
    /// "#email", or nil when the error belongs to no field.
    var url: String?
    var text: String
}
