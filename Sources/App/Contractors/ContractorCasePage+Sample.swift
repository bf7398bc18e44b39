extension ContractorCasePage {
    static func samples(_ words: Words) -> [Sample<ContractorCasePage>] {
        let dates = DateWords(words: words)
        let url = "/sandvik/contractor/7"
        let forms = ContractorForms(words: words, url: url, today: "2026-07-23")
        let new = ContractorCasePage(
            frame: .citizenSample(words, title: "26-10423-4"), number: "26-10423-4",
            title: "Mørkt gatelys ved Strandgata skole", status: words("contractor.status.new"),
            contractor: "Lysmester Alm", forms: forms.all(isAcknowledged: false),
            deadlines: [
                Fact(term: words("contractor.due.acknowledge"), text: dates.day(.sample)),
                Fact(term: words("contractor.due.close"), text: dates.day(.sample)),
            ], text: "Lyset ved hovedinngangen er mørkt på tredje uka.\nRing meg på ••••••.",
            facts: [
                Fact(
                    term: words("case.fact.place"), text: "Strandgata 14",
                    url: "https://www.openstreetmap.org/search?query=Strandgata+14")
            ], unit: "Vei og gatelys")
        var underway = new
        underway.status = words("contractor.status.underway")
        underway.frame.flash = words("flash.contractor_acknowledged")
        underway.forms = forms.all(isAcknowledged: true)
        underway.facts += [
            Fact(
                term: words("contractor.map"), text: "59.02, 10.02",
                url: "https://www.openstreetmap.org/?mlat=59.02&mlon=10.02#map=18/59.02/10.02"),
            Fact(term: words("contractor.app"), text: words("contractor.app.open"), url: "geo:59.02,10.02"),
        ]
        underway.reporter = Reporter(
            name: "Aud Ås", email: "aud@example.org", phone: "38000000", phoneText: "38 00 00 00")
        underway.events = [
            TimelineRow(
                what: words("contractor.message.contractor_told"), when: dates.dayAndTime(.sample),
                instant: "2026-07-23T13:30:00Z", text: "Den venstre, mot skolen."),
            TimelineRow(
                what: words("contractor.message.contractor_asked"), when: dates.dayAndTime(.earlierSample),
                instant: "2026-07-20T07:12:00Z", text: "Hvilken av de to lampene gjelder det?"),
        ]
        underway.phone = "10000000"
        underway.phoneText = "10 00 00 00"
        underway.email = "vei@sandvik.example"
        let input = FormInput(values: ["what": [""]], errors: [.init(field: "what", code: "required")])
        let returned = ContractorForms(words: words, url: url, returned: "done", input: input, today: "2026-07-23")
        var wrong = underway
        wrong.frame.flash = nil
        wrong.summary = returned.summary
        wrong.forms = returned.all(isAcknowledged: true)
        return [Sample("new", new), Sample("errors", wrong), Sample("underway", underway)]
    }
}

extension ContractorEndPage {
    static func samples(_ words: Words) -> [Sample<ContractorEndPage>] {
        let page = { (key: String) in
            ContractorEndPage(
                frame: .citizenSample(words, title: words("contractor.end.\(key).heading")),
                heading: words("contractor.end.\(key).heading"), text: words("contractor.end.\(key).text"),
                advice: words("contractor.end.\(key).advice"))
        }
        var gone = page("gone")
        gone.phone = "10000000"
        gone.phoneText = "10 00 00 00"
        gone.email = "torget@sandvik.example"
        var late = page("late")
        late.frame.written = ["Lampen er byttet."]
        return [
            Sample("done", page("done")), Sample("handed-back", page("handed_back")), Sample("gone", gone),
            Sample("late", late),
        ]
    }
}
