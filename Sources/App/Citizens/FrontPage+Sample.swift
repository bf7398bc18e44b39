extension FrontPage {
    static func samples(_ words: Words) -> [Sample<FrontPage>] {
        let frame = Frame.citizenSample(words, title: words("front.heading"))
        let promise = words.count("promise.days", 3)
        return [
            Sample("plain", .init(frame: frame, lead: words("front.lead"), promise: promise)),
            Sample(
                "notices",
                .init(
                    frame: .citizenSample(words, title: words("front.heading"), isDemo: true),
                    lead: words("front.lead"), promise: promise,
                    notices: [
                        Notice(title: "Akutt forurensning eller fare?", text: "Ring 110."),
                        Notice(text: "Plan- og byggesaker tar vi imot på kommunens nettsted."),
                    ])),
        ]
    }
}
