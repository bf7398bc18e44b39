extension ReportPage {
    static func samples(_ words: Words) -> [Sample<ReportPage>] {
        let frame = Frame.citizenSample(words, title: words("report.heading"))
        let promise = words.count("promise.by", 3, ["day": DateWords(words: words).day(.sample)])
        let categories = [
            FormField.Option(value: "1", text: "Gatelys"), FormField.Option(value: "2", text: "Hull i veien"),
            FormField.Option(value: "3", text: "Renovasjonsordningen for hytteområder"),
        ]
        var returned = frame
        returned.returned = .init(to: "/sandvik/report")
        returned.returned?.errors = "sealed"
        let notices = [
            Notice(title: words("emergency.heading"), text: words("emergency.call.NO"), isCall: true),
            Notice(title: "Akutt forurensning eller fare?", text: "Ring 110.", category: "2"),
        ]
        let wrong = FormInput(
            values: ["text": [""], "category": ["2"], "email": ["kim@"], "place": ["Strandgata 14"]],
            errors: [.init(field: "text", code: "required"), .init(field: "email", code: "invalid_email")])
        let noticed = FormInput(
            values: ["text": ["Lyset ved skolen er mørkt"], "category": ["3"]])
        let unread = FormInput(
            values: ["text": ["Lyset ved skolen er mørkt"], "category": ["3"]],
            errors: [.init(field: "notice_seen", code: "notice_unseen")])
        let notes = [
            CategoryNote(
                category: "2", text: words("emergency.heading") + " " + words("emergency.call.NO"), isEmergency: true),
            CategoryNote(
                category: "3", text: "Hytterenovasjon tar det interkommunale selskapet seg av: ring 38 00 00 00."),
        ]
        let burning = FormInput(values: ["text": ["Det brenner i en container ved skolen!"]])
        return [
            Sample(
                "acute",
                .init(
                    frame: frame, words: words, input: burning, promise: promise, categories: categories,
                    emergency: .sample(words, next: words("emergency.send", ["submit": words("report.submit")])))),
            Sample(
                "empty", .init(frame: frame, words: words, promise: promise, categories: categories, notes: notes)),
            Sample(
                "errors",
                .init(
                    frame: returned, words: words, input: wrong, promise: promise, notices: notices,
                    categories: categories)),
            Sample(
                "notice",
                .init(
                    frame: frame, words: words, input: noticed, promise: promise, categories: categories,
                    notes: notes, noticed: "3", asksForSMS: true)),
            Sample(
                "unread",
                .init(
                    frame: frame, words: words, input: unread, promise: promise, categories: categories, notes: notes,
                    noticed: "3")),
        ]
    }
}

extension EmergencyCall {
    static func sample(_ words: Words, next: String? = nil) -> EmergencyCall {
        EmergencyCall(
            heading: words("emergency.heading"),
            text: [words("emergency.call.NO"), words("emergency.watch"), next].compactMap(\.self).joined(
                separator: " "),
            numbers: ["110", "112", "113"].map { .init(text: $0, phone: $0) })
    }
}
