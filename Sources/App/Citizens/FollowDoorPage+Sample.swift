extension FollowDoorPage {
    static func samples(_ words: Words) -> [Sample<FollowDoorPage>] {
        func page(
            code: Bool, word: Bool, isSent: Bool = false, input: FormInput = .init(), kept: [HiddenValue] = []
        ) -> FollowDoorPage {
            FollowDoorPage(
                frame: .citizenSample(words, title: words("door.heading")), words: words, number: "26-10423-4",
                url: "/sandvik/follow/26-10423-4", takesCode: code, hasWord: word, isSent: isSent, input: input,
                kept: kept, phone: code || word ? "10000000" : nil, phoneText: code || word ? "10 00 00 00" : nil)
        }
        let wrong = FormInput(values: ["code": [""]], errors: [.init(field: "code", code: "code_wrong")])
        return [
            Sample("word", page(code: false, word: true)), Sample("neither", page(code: false, word: false)),
            Sample("both", page(code: true, word: true)),
            Sample(
                "kept",
                page(
                    code: true, word: false,
                    kept: [
                        HiddenValue(name: "kept", value: "message=Den+venstre."),
                        HiddenValue(name: "kept_form", value: "answer"),
                    ])),
            Sample("sent", page(code: true, word: false, isSent: true)),
            Sample("errors", page(code: true, word: true, input: wrong)),
        ]
    }
}
