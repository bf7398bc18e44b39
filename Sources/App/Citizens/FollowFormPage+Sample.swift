extension FollowFormPage {
    static func samples(_ words: Words) -> [Sample<FollowFormPage>] {
        let frame = Frame.citizenSample(words, title: words("follow.heading"))
        let wrong = FormInput(
            values: ["number": ["26-10423-1"], "contact": [""]],
            errors: [
                .init(field: "number", code: "invalid_case_number"), .init(field: "contact", code: "required"),
            ])
        return [
            Sample("empty", .init(frame: frame, words: words)),
            Sample("errors", .init(frame: frame, words: words, input: wrong)),
            Sample(
                "not-shown",
                .init(
                    frame: frame, words: words, answer: words("follow.neutral"), asksForCode: true, phone: "10000000",
                    phoneText: "10 00 00 00")),
            Sample(
                "word-only",
                .init(
                    frame: frame, words: words, answer: words("follow.neutral"), asksForCode: true, sendsCodes: false)),
            Sample(
                "kept",
                .init(
                    frame: frame, words: words,
                    input: .init(values: [
                        "number": ["26-10423-4"], "kept": ["reason=Lampen+er+m%C3%B8rk+igjen."],
                        "kept_form": ["reopening"],
                    ]), answer: words("follow.neutral"))),
        ]
    }
}
