/// What was sent with a form, and what was wrong with it.
struct FormInput: Sendable {
    /// What was typed, by field name. A name that is missing shows the field's own start value.
    var values: [String: [String]] = [:]
    var errors: [FieldError] = []

    func first(_ name: String) -> String? { values[name]?.first }
}

/// What is wrong with a field. Codes are those of the JSON API; the words are `error.<code>` in the catalogues.
struct FieldError: Sendable, Codable {
    /// nil when it belongs to the form as a whole.
    var field: String?
    /// "required", "too_long", …, or one with a point in it for a rule: "closure.reason_required".
    var code: String
    /// For placeholders in the words, such as the greatest length.
    var values: [String: String] = [:]
    /// Where to send the reader when no field is to blame: to what the form already did.
    var url: String?
}

/// Makes the fields of one form. Labels are the words `<form>.<field>`, hints `<form>.<field>.hint` where there is one.
struct FormFields: Sendable {
    let words: Words
    /// The form's name in the catalogues: "report".
    var form: String
    var input = FormInput()
    /// Goes before every id, on pages with several forms.
    var idPrefix = ""
    /// Goes before every field name, for repeated blocks: "q1_".
    var namePrefix = ""
    /// By field name, of those that no catalogue holds: the name of a day.
    var labels: [String: String] = [:]
    /// By field name, of those that say something about this very case.
    var hints: [String: String] = [:]

    func line(
        _ name: String, type: String = "text", value: String = "", autocomplete: String? = nil, required: Bool = false
    ) -> FormField {
        var field = make(name, required: required)
        // What was typed as a password is never sent back.
        let typed = type == "password" ? "" : input.first(field.name) ?? value
        field.input = .init(type: type, value: typed, autocomplete: autocomplete)
        return field
    }

    func area(_ name: String, value: String = "", rows: Int = 4, required: Bool = false) -> FormField {
        var field = make(name, required: required)
        field.area = .init(value: input.first(field.name) ?? value, rows: rows)
        return field
    }

    /// - Parameter prompt: text of the empty first choice; nil for none.
    func select(
        _ name: String, _ options: [FormField.Option], value: String = "", prompt: String? = nil, required: Bool = false
    ) -> FormField {
        var field = make(name, required: required)
        var all = (prompt.map { [FormField.Option(value: "", text: $0)] } ?? []) + options
        let sent = input.first(field.name)
        // What can no longer be chosen does not become the first of what can: sent again, it is refused again.
        if let sent, !all.contains(where: { $0.value == sent }) {
            let name = input.errors.first { $0.field == field.name }?.values["name"]
            all.insert(
                .init(value: sent, text: name ?? words(sent.isBlank ? "case.choose" : "form.choice_gone")), at: 0)
        }
        field.select = .init(options: mark(all, selected: [sent ?? value], id: field.id))
        return field
    }

    func check(_ name: String, checked: Bool = false) -> FormField {
        var field = make(name, required: true)
        // An unticked box is not sent at all: once anything was sent, silence means no.
        field.check = .init(isChecked: input.values.isEmpty ? checked : input.first(field.name) != nil)
        return field
    }

    func radios(
        _ name: String, _ options: [FormField.Option], value: String = "", required: Bool = false
    ) -> FormField {
        var field = make(name, required: required)
        field.choices = .init(
            type: "radio", options: mark(options, selected: [input.first(field.name) ?? value], id: field.id))
        return field
    }

    func checks(_ name: String, _ options: [FormField.Option], values: [String] = []) -> FormField {
        var field = make(name, required: true)
        let selected = input.values.isEmpty ? values : input.values[field.name] ?? []
        field.choices = .init(type: "checkbox", options: mark(options, selected: selected, id: field.id))
        return field
    }

    /// All that was wrong; nil when nothing was.
    var summary: ErrorSummary? { summary(naming: label(of:)) }

    /// - Parameter label: what a field is called, where a form has fields with other prefixes than this one's.
    func summary(naming label: (_ field: String) -> String?) -> ErrorSummary? {
        guard !input.errors.isEmpty else { return nil }
        return ErrorSummary(
            links: input.errors.map { error in
                // Read away from its field, an error must say which one it is.
                let name = error.field.flatMap(label).map { $0.hasSuffix("?") ? $0 + " " : $0 + ": " }
                return ErrorLink(
                    url: error.field.map { "#" + idPrefix + $0 } ?? error.url, text: (name ?? "") + text(of: error))
            })
    }

    /// The label of a field by the name it was sent under.
    func label(of sent: String) -> String? {
        guard sent.hasPrefix(namePrefix) else { return nil }
        let name = String(sent.dropFirst(namePrefix.count))
        if let label = labels[name] { return label }
        let key = form + "." + name
        return words.has(key) ? words(key) : nil
    }

    private func make(_ name: String, required: Bool) -> FormField {
        let sent = namePrefix + name
        let id = idPrefix + sent
        let key = form + "." + name
        let hint = hints[name] ?? (words.has(key + ".hint") ? words(key + ".hint") : nil)
        let error = input.errors.first { $0.field == sent }.map(text(of:))
        let describedBy = [hint.map { _ in id + "-hint" }, error.map { _ in id + "-error" }].compactMap(\.self)
        return FormField(
            name: sent, id: id, label: labels[name] ?? words(key), hint: hint, error: error,
            describedBy: describedBy.isEmpty ? nil : describedBy.joined(separator: " "), isRequired: required)
    }

    private func text(of error: FieldError) -> String {
        let key = "error." + error.code
        guard let count = error.values["count"].flatMap(Int.init), words.has(key + ".one") else {
            var values = error.values
            for name in ["max", "length"] { values[name] = values[name].map { Int($0).map(words.grouped) ?? $0 } }
            return words(key, values)
        }
        return words.count(key, count, error.values)
    }

    private func mark(_ options: [FormField.Option], selected: [String], id: String) -> [FormField.Option] {
        options.enumerated().map { index, option in
            FormField.Option(
                value: option.value, text: option.text, isSelected: selected.contains(option.value),
                // The first choice carries the field's id, so that the error summary leads to it.
                id: index == 0 ? id : "\(id)-\(index)", isConfidential: option.isConfidential)
        }
    }
}
