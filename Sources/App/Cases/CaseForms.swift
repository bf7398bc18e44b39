import Domain

/// The forms of the case page: what each is called, asks for and sends. The handler picks those that are allowed now.
///
/// When one of them comes back with errors, give its id and input: that form is then open with what was typed.
struct CaseForms: PageForms {
    static let family = "case."

    let words: Words
    /// The case's page: "/sandvik/cases/26-10423-4".
    let url: String
    let version: String
    /// The id of the form that came back: "closure".
    var returned: String?
    var input = FormInput()
    /// Whom no message of a step reaches.
    var telling = TellingFields()

    typealias Options = [FormField.Option]

    /// "I have it" (R4.1).
    func acknowledgement() -> ActionForm {
        form("acknowledgement", shortcut: "k") { _ in [] }
    }

    func performer(people: Options, current: String = "") -> ActionForm {
        var form = form("performer", shortcut: "u") {
            [$0.select("handler", people, value: current, prompt: words("case.performer.me"))]
        }
        if current.isEmpty { form.title = words("case.performer.choose") }
        return form
    }

    /// The citizen hears from us; not yet solved (R4.1).
    func feedback() -> ActionForm {
        form("feedback", shortcut: "f") {
            let notify = telling.isSent ? [$0.check("notify", checked: true)] : []
            return [$0.area("message", required: true)] + notify + telling.fields(for: $0, isTicked: telling.isSent)
        }
    }

    /// - Parameters:
    ///   - proposed: the unit that the category points to.
    ///   - unreached: who reported it and left no e-mail, which is asked for once more (R3.7).
    func routing(
        units: Options, people: Options, contractors: Options = [], proposed: String = "", unreached: Person? = nil
    ) -> ActionForm {
        form("routing", shortcut: "v") { fields in
            let reach = unreached.map {
                [
                    fields.line("email", type: "email"),
                    fields.line("phone", type: "tel", value: $0.phone?.description ?? ""),
                ]
            }
            var target = [
                fields.select("unit", units, value: proposed, prompt: words("case.choose")),
                fields.select("handler", people, prompt: words("case.routing.handler.any")),
            ]
            if !contractors.isEmpty {
                target.append(
                    fields.select("contractor", contractors, prompt: words("case.routing.contractor.none")))
            }
            for index in target.indices { target[index].isConditional = true }
            return target + (reach ?? []) + [fields.area("note", rows: 2)]
        }
    }

    /// To the contractor who has it.
    func contractorMessage() -> ActionForm {
        form("contractor-message", sentTo: "contractor/message", shortcut: nil) { [$0.area("message", required: true)] }
    }

    func contractorLink() -> ActionForm {
        form("contractor-link", sentTo: "contractor/link", shortcut: nil) { _ in [] }
    }

    func contractorWithdrawal() -> ActionForm {
        form("contractor-withdrawal", sentTo: "contractor/link", method: "DELETE", shortcut: nil) { _ in [] }
    }

    func recoding(categories: Options, current: String) -> ActionForm {
        // Without a category, or with one that is not in use any more, none stands there as if it were chosen.
        let prompt = categories.contains { $0.value == current } ? nil : words("case.choose")
        return form("recoding", shortcut: "c") {
            [
                $0.select("category", categories, value: current, prompt: prompt, required: true),
                $0.area("note", rows: 2),
            ]
        }
    }

    /// Closes with outcome forwarded (R3.5).
    func forwarding() -> ActionForm {
        var form = form("forwarding", sentTo: "closure", shortcut: "x") {
            [$0.line("authority", required: true), $0.area("answer", required: true)] + telling.fields(for: $0)
        }
        form.hidden = [HiddenValue(name: "outcome", value: Outcome.forwarded.rawValue)]
        return form
    }

    func parking() -> ActionForm {
        form("parking", shortcut: "p") {
            var fields = $0
            fields.hints["reason"] = words("case.parking.reason.\(telling.reach)", ["names": telling.names])
            return [fields.line("until", type: "date", required: true), fields.area("reason", rows: 2, required: true)]
        }
    }

    func unparking() -> ActionForm {
        form("unparking", sentTo: "parking", method: "DELETE", shortcut: "b") { _ in [] }
    }

    func waiting() -> ActionForm {
        let waiting = form("waiting", shortcut: "w") {
            [$0.area("message", required: true)] + telling.fields(for: $0)
        }
        return saved(waiting, about: "case.waiting.about_unsent", submit: "case.waiting.submit_unsent")
    }

    func endWaiting() -> ActionForm {
        form("waiting-end", sentTo: "waiting", method: "DELETE", shortcut: "e") { _ in [] }
    }

    /// Corrective or preventive; what, who and when (R5.2).
    func measure() -> ActionForm {
        let kinds = Measure.Kind.allCases.map {
            FormField.Option(value: $0.rawValue, text: words("measure." + $0.rawValue))
        }
        return form("measures", shortcut: "m") {
            [
                $0.radios("kind", kinds, value: Measure.Kind.corrective.rawValue, required: true),
                $0.line("what", required: true),
                $0.line("who", required: true), $0.line("due_at", type: "date"), $0.line("done_at", type: "date"),
            ]
        }
    }

    /// - Parameter today: ISO 8601 day, filled in.
    func measureDone(id: String, today: String) -> ActionForm {
        form("measure-" + id, words: "measure-done", sentTo: "measures/" + id, shortcut: nil) {
            [$0.line("done_at", type: "date", value: today, required: true)]
        }
    }

    /// The person whose contact was joined from outside is a reporter.
    func reporterConfirmation(of contact: String) -> ActionForm {
        form(
            "reporter-" + contact, words: "reporter-confirmation", sentTo: "reporters/" + contact + "/confirmation",
            shortcut: nil
        ) { _ in [] }
    }

    /// Is it also a deviation in the quality system? (R5.3)
    func deviation(reference: String = "") -> ActionForm {
        form("deviation", shortcut: "d") { [$0.line("reference", value: reference, required: true)] }
    }

    /// In front of the unit at once, or no longer (R1.10).
    func acute(isAcute: Bool) -> ActionForm {
        var form = form("acute", words: isAcute ? "unmarking" : "marking", shortcut: nil) { _ in [] }
        form.hidden = [HiddenValue(name: "acute", value: isAcute ? "false" : "true")]
        return form
    }

    func note() -> ActionForm {
        form("notes", shortcut: "n") { [$0.area("note", required: true)] }
    }

    /// With the answer; with a reason when nothing was done, with the measure when something was (R5.1).
    /// - Parameter hasMeasure: a finished corrective measure exists, so none is asked for.
    func closure(hasMeasure: Bool) -> ActionForm {
        let outcomes = [Outcome.measuresTaken, .noAction].map {
            FormField.Option(value: $0.rawValue, text: words("outcome." + $0.rawValue))
        }
        let reasons = CaseForms.closingReasons.map { FormField.Option(value: $0, text: words("reason." + $0)) }
        let closure = form("closure", shortcut: "a") { fields in
            var conditional = [fields.select("reason", reasons, prompt: words("case.choose"))]
            if !hasMeasure {
                conditional += [
                    fields.line("measure_what"), fields.line("measure_who"),
                    fields.line("measure_done_at", type: "date"),
                ]
            }
            for index in conditional.indices { conditional[index].isConditional = true }
            return [
                fields.area("answer", rows: 5, required: true), fields.radios("outcome", outcomes, required: true),
            ] + conditional + telling.fields(for: fields)
        }
        return saved(closure, about: "case.closure.about_unsent", submit: "case.closure.submit_unsent")
    }

    /// How somebody was told of the last step whom no message reached.
    ///
    /// - Parameters:
    ///   - names: who is to be told.
    ///   - people: to choose between, when they are several.
    func told(names: [String], people: Options = []) -> ActionForm {
        var form = form("told", shortcut: "t") { fields in
            let whom = people.count > 1 ? [fields.select("contact", people, prompt: words("case.told.all"))] : []
            return whom + [
                fields.select("how", TellingFields.ways(words), prompt: words("case.choose"), required: true),
                fields.line("at", type: "date", value: telling.today), fields.line("note"),
            ]
        }
        form.hint = words(
            names.isEmpty ? "case.told.nobody" : "case.told.about", ["names": names.joined(separator: ", ")])
        return form
    }

    /// Where no message reaches anybody, the form promises none.
    private func saved(_ form: ActionForm, about: String, submit: String) -> ActionForm {
        guard !telling.isSent else { return form }
        var form = form
        (form.hint, form.submit) = (words(about), words(submit))
        return form
    }

    func reopening() -> ActionForm {
        form("reopening", sentTo: "closure", method: "DELETE", shortcut: "o") { [$0.area("reason", required: true)] }
    }

    /// Codes kept with the case; the words are `reason.<code>`.
    static let closingReasons = [
        "answered", "not_responsible", "not_prioritised", "already_mended", "not_found", "duplicate",
        "private_property",
        "information_missing", "withdrawn", "other",
    ]

    private func form(
        _ id: String, words key: String? = nil, sentTo path: String? = nil, method: String? = nil, shortcut: String?,
        fields: (FormFields) -> [FormField]
    ) -> ActionForm {
        var form = form(id, words: key, sentTo: path, fields)
        (form.method, form.version, form.shortcut) = (method, version, shortcut)
        return form
    }
}
