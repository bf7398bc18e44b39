extension FormPage {
    static func samples(_ words: Words) -> [Sample<FormPage>] {
        let input = FormInput(
            values: ["name": ["Aud Ås"], "login": ["aud"], "units": ["7"], "language": ["nb"]],
            errors: [
                .init(field: "login", code: "taken"),
                .init(field: "password", code: "password_too_short", values: ["min": "10"]),
            ])
        var wrong = person(words, input: input)
        wrong.frame.returned = .init(to: wrong.url)
        return [
            Sample("person", person(words, input: .init())), Sample("errors", wrong),
            Sample("due", due(words)),
            Sample("retention", retention(words)), Sample("text", text(words)),
        ]
    }

    private static func person(_ words: Words, input: FormInput) -> FormPage {
        let fields = FormFields(words: words, form: "admin.person", input: input)
        let units = [FormField.Option(value: "7", text: "Vei og gatelys"), FormField.Option(value: "8", text: "Park")]
        let languages = [FormField.Option(value: "nb", text: "Norsk"), FormField.Option(value: "en", text: "English")]
        return FormPage(
            frame: .staffSample(words, title: words("admin.person"), current: "admin"), summary: fields.summary,
            back: Link(text: words("admin.people"), url: "/sandvik/admin/people"), heading: words("admin.person"),
            lead: words("admin.people.about"),
            notes: [
                FormNote(
                    text: words.count("admin.person.cases", 3),
                    link: Link(text: words("admin.person.cases.link"), url: "/sandvik/admin/people/1/cases")),
                FormNote(text: words("admin.person.posts", ["units": "Vei og gatelys"])),
            ], url: "/sandvik/admin/people/1", version: "1",
            sections: [
                FormSection(fields: [
                    fields.line("name", required: true), fields.line("login", required: true),
                    fields.line("email", type: "email"), fields.select("language", languages, value: "nb"),
                    fields.checks("units", units, values: ["7"]), fields.check("active", checked: true),
                ]),
                FormSection(
                    legend: words("login.password"), hint: nil,
                    fields: [
                        FormFields(words: words, form: "admin.password", input: input)
                            .line("password", type: "password", autocomplete: "new-password")
                    ]),
            ],
            submit: words("form.save"),
            more: FormNote(
                text: words("account.tokens.none"),
                link: Link(text: words("admin.tokens"), url: "/sandvik/account/tokens")))
    }

    private static func due(_ words: Words) -> FormPage {
        let fields = FormFields(words: words, form: "admin.calendar")
        return FormPage(
            frame: .staffSample(words, title: words("admin.calendar.preview"), current: "admin"),
            back: Link(text: words("admin.calendar"), url: "/sandvik/admin/calendar"),
            heading: words("admin.calendar.preview"), lead: words("admin.calendar.preview.lead"),
            url: "/sandvik/admin/calendar/preview", isSearch: true,
            sections: [FormSection(isGrid: true, fields: [fields.line("at", type: "datetime-local", required: true)])],
            submit: words("admin.look"),
            preview: Preview(
                heading: words("admin.calendar.preview.heading", ["when": words("date.today")]),
                text: words("admin.calendar.preview.no_period"),
                facts: [
                    Fact(
                        term: words("admin.calendar.acknowledge"),
                        text: words.count("admin.calendar.preview.due", 1, ["when": words("date.tomorrow")]))
                ]))
    }

    private static func text(_ words: Words) -> FormPage {
        let fields = FormFields(words: words, form: "admin.text")
        let values = ["number": "26-10423-4", "title": "Mørkt gatelys", "unit": "Vei", "municipality": "Sandvik"]
        return FormPage(
            frame: .staffSample(words, title: words("admin.texts"), current: "admin"),
            back: Link(text: words("admin.texts"), url: "/sandvik/admin/texts"), heading: words("admin.texts"),
            url: "/sandvik/admin/texts/mail.receipt",
            sections: [
                FormSection(
                    legend: "Norsk bokmål", hint: words("admin.text.placeholders") + " {number}, {title}",
                    quotes: [Preview(heading: words("admin.text.default"), text: words("mail.receipt.body"))],
                    fields: [fields.area("nb", rows: 8)])
            ],
            submit: words("form.save"), look: words("admin.look"),
            preview: Preview(heading: words("admin.text.preview"), text: words("mail.receipt.body", values)),
            actions: [
                ActionForm(
                    id: "delete", title: words("case.unparking"), url: "/sandvik/admin/texts/mail.receipt",
                    method: "DELETE", hidden: [HiddenValue(name: "language", value: "nb")], submit: "")
            ])
    }
}
