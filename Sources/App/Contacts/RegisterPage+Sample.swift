extension RegisterPage {
    static func samples(_ words: Words) -> [Sample<RegisterPage>] {
        let frame = Frame.staffSample(words, title: words("register.heading"), current: "contacts/new")
        let categories = [
            FormField.Option(value: "1", text: "Gatelys"), FormField.Option(value: "2", text: "Hull i veien"),
        ]
        let units = [FormField.Option(value: "7", text: "Vei og gatelys"), FormField.Option(value: "8", text: "Park")]
        let open = OpenCase(
            number: "26-10398-6", url: "/sandvik/cases/26-10398-6", title: "Overvann i kjeller etter regnet",
            text: words("state.underway"))
        let joined = OpenCase(
            number: "26-10399-0", url: "/sandvik/cases/26-10399-0", title: "Mørkt ved skolen",
            text: words("state.underway"), isJoined: true)
        let call = words("emergency.say", ["call": words("emergency.heading") + " " + words("emergency.call.NO")])
        let notices = [
            CategoryNote(category: "1", text: "Er det en riksvei? Ring 175."),
            CategoryNote(category: "2", text: call, isEmergency: true),
        ]
        let texts = ["self_service", "number", "email", "other_authority", "acute"].map { name in
            StandardText(
                title: words("standard.\(name).title"),
                text: words(
                    "standard.\(name).text",
                    ["unit": "Vei og gatelys", "number": "26-10423-4", "call": words("emergency.call.NO")]))
        }
        let wrong = FormInput(
            values: [
                "channel": ["email"], "name": ["Aud Ås"], "email": ["aud"], "q1_text": ["Mørkt gatelys"],
                "q1_category": ["1"],
                "q2_text": [""], "q2_answered": ["true"], "q2_case": ["26-1"],
            ],
            errors: [
                .init(field: "email", code: "invalid_email"), .init(field: "q2_text", code: "required"),
                .init(field: "q2_case", code: "invalid_case_number"),
            ])
        let burning = FormInput(values: ["q1_text": ["Det brenner i en container"]])
        return [
            Sample(
                "acute",
                .init(
                    frame: frame, words: words, input: burning, categories: categories, notices: notices, units: units,
                    standardTexts: texts, emergency: call)),
            Sample(
                "empty",
                .init(frame: frame, words: words, categories: categories, units: units, standardTexts: texts)),
            Sample(
                "no-cases",
                .init(
                    frame: frame, words: words, categories: categories, units: units,
                    noOpenCases: words("register.no_open_cases"), standardTexts: texts)),
            Sample(
                "errors",
                .init(
                    frame: frame, words: words, input: wrong, categories: categories, notices: notices, units: units,
                    questionCount: 2, openCases: [open, joined], standardTexts: texts, asksForSMS: true)),
        ]
    }
}
