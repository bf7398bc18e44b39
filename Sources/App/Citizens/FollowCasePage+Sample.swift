extension FollowCasePage {
    static func samples(_ words: Words) -> [Sample<FollowCasePage>] {
        let dates = DateWords(words: words)
        let (day, earlier) = (dates.day(.sample), dates.dayAndTime(.earlierSample))
        let opened = TimelineRow(
            what: words("event.case_opened.public"), when: earlier, instant: "2026-07-20T07:12:00Z", isTold: true)
        let page = FollowCasePage(
            frame: .citizenSample(words, title: "26-10423-4"), number: "26-10423-4",
            title: "Mørkt gatelys ved Strandgata skole", status: words("state.public.new"),
            statusText: words("state.public.new.text") + " " + words("promise.answer_by", ["day": day]),
            steps: Step.samples(words, done: 1), events: [opened],
            facts: [
                Fact(term: words("case.fact.category"), text: "Gatelys"),
                Fact(term: words("case.fact.place"), text: "Strandgata 14"),
            ],
            text: "Lyset ved hovedinngangen er mørkt på tredje uka.\nUngene går der om kvelden til trening.")
        var sent = page
        sent.receipt = Receipt(
            promise: words("promise.answer_by", ["day": day]),
            sent: words("receipt.sent", ["email": "kim@example.org"]),
            link: "/sandvik/follow/26-10423-4?key=sample", linkText: words("receipt.link"))

        var acute = sent
        acute.emergency = .sample(words)

        let told = TimelineRow(
            what: words("event.feedback_given.public", ["unit": "Vei"]), when: earlier,
            instant: "2026-07-20T07:12:00Z", text: "Vi har bestilt en ny lampe. Den kommer i neste uke.", isTold: true)
        var closed = page
        closed.status = words("state.public.closed")
        closed.statusText = words("state.public.closed.text")
        closed.steps = Step.samples(words, done: 4)
        closed.answer = Answer(
            text: "Lampen er byttet, og lyset er på igjen.\nTakk for at du sa fra!", when: dates.dayAndTime(.sample),
            by: "Vei og gatelys")
        closed.events = [told, opened]
        closed.reopening = FollowCasePage.reopening(words, url: "/sandvik/follow/26-10423-4", version: "4")

        var erased = closed
        (erased.title, erased.text) = (words("erased"), words("erased"))
        erased.answer?.text = words("erased")
        erased.erased = words("erased.words", CasePage.decided(words))
        erased.statusText = nil
        (erased.reopening, erased.facts) = (nil, [erased.facts[0]])
        erased.events[0].text = words("erased")

        var asked = page
        asked.status = words("state.public.awaitingCitizen")
        asked.statusText = words("state.public.awaitingCitizen.text")
        asked.question = CitizenQuestion(
            text: "Hvilken av de to lampene gjelder det?",
            form: FollowCasePage.answering(words, url: "/sandvik/follow/26-10423-4"))

        var wrong = closed
        let input = FormInput(values: ["reason": [""]], errors: [.init(field: "reason", code: "required")])
        wrong.summary = FormFields(words: words, form: "follow.reopening", input: input).summary
        wrong.reopening = FollowCasePage.reopening(
            words, url: "/sandvik/follow/26-10423-4", version: "4", input: input)
        var confidential = sent
        confidential.title = "Hjemmehjelpen kommer ikke"
        confidential.text = "Hjemmehjelpen kom ikke i går heller."
        confidential.facts = [Fact(term: words("case.fact.category"), text: "Hjemmetjenesten")]
        confidential.receipt?.confidential = words("receipt.word")
        confidential.word = FollowCasePage.choosingWord(
            words, url: "/sandvik/follow/26-10423-4", hasWord: false, isOpen: true)
        return [
            Sample("sent", sent), Sample("acute", acute), Sample("confidential", confidential), Sample("open", page),
            Sample("asked", asked), Sample("closed", closed), Sample("erased", erased),
            Sample("errors", wrong),
        ]
    }
}

extension Step {
    static func samples(_ words: Words, done: Int, late: Bool = false) -> [Step] {
        let dates = DateWords(words: words)
        let by = words("step.by", ["day": dates.day(.sample)])
        let titles = [
            words("step.received"), words("step.passed_on", ["unit": "Vei og gatelys"]), words("step.feedback"),
            words("step.closed"),
        ]
        return titles.enumerated().map { index, title in
            let isCurrent = index == done
            let was = words("step.was_due", ["day": dates.day(.earlierSample)])
            return Step(
                title: title, text: index < done ? dates.dayAndTime(.earlierSample) : isCurrent && late ? was : by,
                isDone: index < done, isCurrent: isCurrent, isLate: isCurrent && late)
        }
    }
}
