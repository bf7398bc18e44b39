extension CasePage {
    static func samples(_ words: Words) -> [Sample<CasePage>] {
        let new = open(words)
        var handled = new
        handled.frame.flash = words("flash.acknowledged")
        handled.state = words("state.underway")
        handled.due = DeadlineWords(words: words).due(.feedback, .sample, days: 0, thisYear: 2026)
        handled.dueKind = .soon
        handled.steps = Step.samples(words, done: 2)
        handled.primary = forms(words).feedback()
        handled.primary?.isPrimary = true
        handled.actions.removeAll { $0.id == "feedback" }
        handled.moreContacts = []
        handled.measures = [
            MeasureRow(
                id: "1", kind: words("measure.corrective"), what: "Bytte lampe",
                text: words("measure.by", ["who": "Veidrift Sør", "day": DateWords(words: words).day(.sample)]),
                done: forms(words).measureDone(id: "1", today: "2026-07-23"))
        ]

        handled.contractor = ContractorCard(
            name: "Lysmester Alm", email: "lys@alm.example", phone: "10002000", phoneText: "10 00 20 00",
            facts: [
                Fact(
                    term: words("case.contractor.sent"), text: DateWords(words: words).dayAndTime(.earlierSample)),
                Fact(term: words("case.contractor.opened"), text: words("case.contractor.never")),
                Fact(term: words("case.contractor.expires"), text: DateWords(words: words).day(.sample)),
            ],
            forms: [
                forms(words).contractorMessage(), forms(words).contractorLink(), forms(words).contractorWithdrawal(),
            ])

        let input = FormInput(
            values: ["answer": [""], "outcome": ["no_action"]],
            errors: [
                .init(field: "answer", code: "closure.answer_required"),
                .init(field: "reason", code: "closure.reason_required"),
            ])
        let returned = forms(words, returned: "closure", input: input)
        var wrong = handled
        wrong.frame.flash = nil
        wrong.summary = returned.summary
        wrong.actions = [returned.closure(hasMeasure: false), returned.note()]
        wrong.moreActions = []

        var closed = new
        closed.state = words("state.closed")
        closed.due = ""
        closed.dueKind = .none
        closed.isAcute = false
        closed.isConfidential = false
        closed.steps = Step.samples(words, done: 4)
        closed.primary = nil
        closed.actions = [forms(words).reopening(), forms(words).note()]
        closed.answer = Answer(
            text: "Lampen er byttet.", when: DateWords(words: words).dayAndTime(.sample), by: "Vei og gatelys")
        closed.reporters = []
        closed.moreActions = []
        return [
            Sample("erased", erased(closed, words)),
            Sample("new", new), Sample("handled", handled), Sample("errors", wrong), Sample("closed", closed),
            Sample("unreached", unreached(handled, words)), Sample("untold", untold(closed, words)),
        ]
    }

    /// Whoever reported it can only be called.
    private static func erased(_ closed: CasePage, _ words: Words) -> CasePage {
        let gone = words("erased")
        var page = closed
        page.title = gone
        page.erased = words("erased.words", Self.decided(words))
        page.actions = []
        page.answer?.text = gone
        page.contact?.text = gone
        page.reporters = [Reporter(name: gone)]
        page.measures = [
            MeasureRow(
                id: "1", kind: words("measure.corrective"), what: gone,
                text: words("measure.done", ["who": gone, "day": DateWords(words: words).day(.sample)]))
        ]
        page.events = page.events.map { row in
            var row = row
            if row.text != nil { row.text = gone }
            return row
        }
        return page
    }

    /// By whom, and when, in samples of what was erased.
    static func decided(_ words: Words) -> [String: String] {
        ["day": DateWords(words: words).dayAndYear(.sample), "by": "Sandvik kommunestyre", "decision": "KS 12/2026"]
    }

    private static func unreached(_ handled: CasePage, _ words: Words) -> CasePage {
        var forms = forms(words)
        forms.telling = TellingFields(isSent: false, unreached: ["Kari Nordmann (22 33 44 55)"], today: "2026-07-23")
        var page = handled
        page.frame.flash = nil
        page.contractor = nil
        page.primary = forms.feedback()
        page.primary?.isPrimary = true
        page.actions = [forms.closure(hasMeasure: true), forms.waiting()]
        page.moreActions = []
        return page
    }

    /// Closed, and nobody has called.
    private static func untold(_ closed: CasePage, _ words: Words) -> CasePage {
        var forms = forms(words)
        forms.telling = TellingFields(isSent: false, unreached: ["Kari Nordmann (22 33 44 55)"], today: "2026-07-23")
        var page = closed
        page.state = words("state.closed_untold")
        page.due = DeadlineWords(words: words).late(.tell, workingDays: 2)
        page.dueKind = .late
        page.primary = forms.told(
            names: ["Kari Nordmann (22 33 44 55)", "Per"],
            people: [.init(value: "1", text: "Kari Nordmann"), .init(value: "2", text: "Per")])
        page.primary?.isPrimary = true
        page.events = [
            TimelineRow(
                what: words("event.closed", ["by": "Jonas"]), when: DateWords(words: words).dayAndTime(.sample),
                instant: "2026-07-23T09:12:00Z", text: "Lampen er byttet.", note: words("event.not_told"))
        ]
        return page
    }

    private static func forms(_ words: Words, returned: String? = nil, input: FormInput = .init()) -> CaseForms {
        CaseForms(
            words: words, url: "/sandvik/cases/26-10423-4", version: "3", returned: returned, input: input)
    }

    private static func open(_ words: Words) -> CasePage {
        let forms = forms(words)
        let people = [FormField.Option(value: "1", text: "Jonas"), FormField.Option(value: "2", text: "Mette")]
        let units = [FormField.Option(value: "7", text: "Vei og gatelys"), FormField.Option(value: "8", text: "Park")]
        var acknowledge = forms.acknowledgement()
        acknowledge.isPrimary = true
        return CasePage(
            frame: .staffSample(words, title: "26-10423-4", current: "units/7"), number: "26-10423-4",
            url: "/sandvik/cases/26-10423-4", title: "Mørkt gatelys ved Strandgata skole",
            state: words("state.passedOn"),
            due: DeadlineWords(words: words).late(.acknowledge, workingDays: 2), dueKind: .late,
            isAcute: true, isConfidential: true, mustBeAnswered: true, steps: Step.samples(words, done: 1, late: true),
            primary: acknowledge,
            actions: [
                forms.feedback(), forms.closure(hasMeasure: false),
                forms.routing(units: units, people: people, contractors: people),
            ],
            moreActions: [
                forms.performer(people: people), forms.recoding(categories: units, current: "7"), forms.measure(),
                forms.parking(), forms.waiting(), forms.forwarding(), forms.deviation(), forms.note(),
            ],
            events: events(words),
            contact: contact(
                words, "Lyset ved hovedinngangen er mørkt på tredje uka. Ungene går der om kvelden til trening."),
            moreContacts: [contact(words, "Det er helt mørkt der. Noen kommer til å falle.")],
            facts: [
                Fact(term: words("case.fact.category"), text: "Gatelys"),
                Fact(term: words("case.fact.place"), text: "Strandgata 14", url: "/sandvik/search?q=Strandgata+14"),
                Fact(term: words("case.fact.unit"), text: "Vei og gatelys"),
                Fact(term: words("case.fact.handler"), text: words("case.fact.nobody")),
                Fact(term: words("case.fact.leader"), text: "Seksjonsleder veiforvaltning"),
            ],
            reporters: [
                Reporter(
                    name: "Aud Ås", email: "aud@example.org", phone: "38000000", phoneText: "38 00 00 00",
                    note: words("case.reporter.wants_updates")),
                Reporter(name: words("case.reporter.anonymous")),
                Reporter(
                    name: "Liv Ås", email: "liv@example.org", note: words("case.reporter.held"),
                    confirmation: forms.reporterConfirmation(of: "1")),
            ],
            measures: [])
    }

    private static func contact(_ words: Words, _ text: String) -> CaseContact {
        let when = DateWords(words: words).dayAndTime(.earlierSample)
        return CaseContact(
            url: "/sandvik/contacts/1",
            heading: words(
                "contact.summary", ["channel": words("channel.telephone"), "when": when, "person": "Ingrid"]),
            text: text)
    }

    private static func events(_ words: Words) -> [TimelineRow] {
        let dates = DateWords(words: words)
        return [
            TimelineRow(
                what: words(
                    "event.reminder_sent.missed",
                    ["deadline": words("deadline.kind.acknowledge"), "until": dates.day(.earlierSample)]),
                when: dates.dayAndTime(.sample),
                instant: "2026-07-23T13:30:00Z"),
            TimelineRow(
                what: words("event.routed", ["by": "Ingrid", "unit": "Vei og gatelys"]),
                when: dates.dayAndTime(.earlierSample), instant: "2026-07-20T07:14:00Z",
                text: "Flere foreldre har ringt. Skolen åpner 17. august."),
            TimelineRow(
                what: words("event.receipt_sent", ["email": "aud@example.org"]),
                when: dates.dayAndTime(.earlierSample), instant: "2026-07-20T07:12:00Z", isTold: true),
            TimelineRow(
                what: words("event.feedback_given", ["by": "Jonas"]), when: dates.dayAndTime(.earlierSample),
                instant: "2026-07-20T07:12:00Z", text: "Vi bytter lampen i morgen.", isTold: true,
                note: words("event.told", ["email": "aud@example.org"])),
        ]
    }
}
