extension ErrorPage {
    static func samples(_ words: Words) -> [Sample<ErrorPage>] {
        let title = words("problem.404.heading")
        return [
            Sample(
                "not-found", .init(frame: .citizenSample(words, title: title), words: words, status: 404)),
            Sample(
                "no-municipality",
                .init(
                    frame: Frame(
                        language: words.language, municipality: "Torg", base: "", title: "", form: "sample"),
                    words: words, status: 404)),
            Sample("staff", .init(frame: .staffSample(words, title: title), words: words, status: 409)),
            Sample("written", written(words)),
        ]
    }

    private static func written(_ words: Words) -> ErrorPage {
        var page = ErrorPage(
            frame: Frame(language: words.language, municipality: "Torg", base: "", title: "", form: "sample"),
            words: words, status: 503)
        page.written = ["Lampen er mørk igjen."]
        page.again = SendAgain(
            url: "/sandvik/report", values: [HiddenValue(name: "text", value: "Lampen er mørk igjen.")])
        return page
    }
}
