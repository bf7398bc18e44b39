extension MailPreviewPage {
    static func samples(_ words: Words) -> [Sample<MailPreviewPage>] {
        let frame = Frame.citizenSample(words, title: words("mails.heading"))
        let subject = words("mail.receipt.subject", ["number": "26-10423-4"])
        let when = DateWords(words: words).dayAndTime(.sample)
        let body = words(
            "mail.receipt.body",
            [
                "title": "Mørkt gatelys ved Strandgata skole", "number": "26-10423-4", "unit": "Vei og gatelys",
                "deadline": DateWords(words: words).day(.sample), "municipality": "Sandvik kommune",
                "link": "https://torg.example/sandvik/follow/26-10423-4?key=abc",
            ])
        return [
            Sample("empty", .init(frame: frame, mails: [])),
            Sample(
                "open",
                .init(
                    frame: frame,
                    mails: [
                        MailRow(
                            subject: subject, to: "aud@example.org", when: when, url: "/sandvik/mails?mail=1",
                            isCurrent: true)
                    ],
                    mail: MailView(
                        subject: subject, to: "aud@example.org", from: "torg@sandvik.example", when: when, body: body))
            ),
        ]
    }
}
