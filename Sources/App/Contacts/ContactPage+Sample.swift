import Domain

extension ContactPage {
    static func samples(_ words: Words) -> [Sample<ContactPage>] {
        let dates = DateWords(words: words)
        let heading = words(
            "contact.summary",
            [
                "channel": words("channel.telephone"), "when": dates.dayAndTime(.earlierSample), "person": "Ingrid",
            ])
        let opened = ContactQuestion(
            text: "Lyset ved hovedinngangen er mørkt på tredje uka.",
            outcome: words("contact.outcome.opened", ["unit": "Vei og gatelys"]), number: "26-10423-4",
            url: "/sandvik/cases/26-10423-4",
            next: RunningText(
                words(
                    "contact.say.case",
                    ["number": "26-10423-4", "unit": "Vei og gatelys", "deadline": dates.day(.sample)])),
            notice: "Er det en riksvei? Ring 175.")
        let answered = ContactQuestion(
            text: "Når åpner biblioteket?", outcome: words("contact.outcome.answered"),
            answer: "Klokka 10 alle hverdager.")
        let kept = ContactQuestion(
            text: words("contact.kept"), outcome: words("existence.at", ["unit": "Barnehage og skole"]),
            number: "26-10423-4", url: "/sandvik/cases/26-10423-4",
            next: RunningText(
                [
                    words("contact.say.kept", ["number": "26-10423-4"]),
                    words("contact.say.kept.deadline", ["deadline": dates.day(.sample)]),
                    words("contact.say.kept.mail"), words("contact.say.kept.word.link"),
                    words("contact.say.kept.phone", ["phone": "10 00 00 16"]),
                ].joined(separator: " ")))
        let noWayIn = ContactQuestion(
            text: words("contact.kept"), outcome: words("case.confidential"), number: "26-10425-9",
            url: "/sandvik/cases/26-10425-9",
            emergency: words(
                "emergency.say", ["call": words("emergency.heading") + " " + words("emergency.call.NO")]),
            next: RunningText(
                [
                    words("contact.say.kept", ["number": "26-10425-9"]),
                    words("contact.say.kept.deadline", ["deadline": dates.day(.sample)]),
                    words("contact.say.kept.none"),
                ].joined(separator: " ")), warning: words("contact.kept.none"))
        let returned = CorrectContact.Form(
            Person(name: "Aud Ås"), url: "/sandvik/contacts/1/person", words: words,
            returned: FormInput(
                values: ["email": ["aud.example.org"]], errors: [FieldError(field: "email", code: "invalid_email")]))
        return [
            Sample(
                "one",
                .init(
                    frame: .staffSample(words, title: words("contact.heading")), heading: heading,
                    facts: [Fact(term: words("register.name"), text: "Aud Ås")], questions: [opened],
                    sent: words("contact.no_email"))),
            Sample(
                "erased",
                .init(
                    frame: .staffSample(words, title: words("contact.heading")), heading: heading,
                    facts: [Fact(term: words("register.name"), text: words("erased"))],
                    questions: [ContactQuestion(text: words("erased"), outcome: words("contact.outcome.answered"))],
                    sent: words("erased.by", CasePage.decided(words)))),
            Sample(
                "kept",
                .init(
                    frame: .staffSample(words, title: words("contact.heading")), heading: heading, facts: [],
                    questions: [kept, noWayIn], sent: words("contact.kept.person"))),
            Sample(
                "two",
                .init(
                    frame: .staffSample(words, title: words("contact.heading")), summary: returned.summary,
                    heading: heading,
                    facts: [
                        Fact(term: words("register.name"), text: "Aud Ås"),
                        Fact(term: words("register.email"), text: "aud@example.org"),
                    ],
                    questions: [opened, answered],
                    sent: words("contact.receipt_sent", ["email": "aud@example.org"]), correction: returned.form)),
        ]
    }
}
