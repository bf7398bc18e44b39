extension LoginPage {
    static func samples(_ words: Words) -> [Sample<LoginPage>] {
        let frame = Frame.citizenSample(words, title: words("login.heading"))
        let demo = ["agent", "handler", "dompap", "leader", "admin"].map {
            DemoAccount(login: $0, text: words("login.demo." + $0))
        }
        let wrong = FormInput(values: ["login": ["ingrid"]], errors: [.init(field: nil, code: "login.failed")])
        var kept = LoginPage(frame: frame, words: words)
        kept.kept = words("login.kept")
        kept.hidden = [HiddenValue(name: "next", value: "/sandvik/cases/26-10423-4/notes")]
        let later = FormInput(
            values: ["login": ["ingrid"]], errors: [.init(field: nil, code: "throttled.other", values: ["count": "4"])])
        var waiting = LoginPage(frame: frame, words: words, input: later)
        waiting.waiting = words("login.waiting")
        return [
            Sample("kept", kept), Sample("waiting", waiting),
            Sample("empty", .init(frame: frame, words: words)),
            Sample("errors", .init(frame: frame, words: words, input: wrong)),
            Sample(
                "demo",
                .init(
                    frame: .citizenSample(words, title: words("login.heading"), isDemo: true), words: words,
                    demoAccounts: demo, demoPassword: "torg-demo")),
        ]
    }
}
