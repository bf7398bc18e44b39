extension ExistencePage {
    static func samples(_ words: Words) -> [Sample<ExistencePage>] {
        let page = { (status: String, say: String) in
            ExistencePage(
                frame: .staffSample(words, title: "26-10423-4"), number: "26-10423-4", status: status, say: say,
                join: "/sandvik/contacts/new?case=26-10423-4")
        }
        return [
            Sample("discreet", page(words("case.confidential"), words("existence.say.no_phone"))),
            Sample(
                "named",
                page(
                    words("existence.at", ["unit": "Barnehage og skole"]),
                    words("existence.say", ["phone": "10 00 00 16"]))),
        ]
    }
}
