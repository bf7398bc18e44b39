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
            Sample("written", written(words)), Sample("gone", gone(words)),
        ]
    }

    /// What was written on a page that is not there any more, in a form that cannot be sent again.
    private static func gone(_ words: Words) -> ErrorPage {
        var page = ErrorPage(
            frame: .citizenSample(words, title: words("problem.404.heading")), words: words, status: 404)
        page.written = ["Lampen er mørk igjen."]
        var returned = ReturnedForm(to: "/sandvik/follow/26-10423-4/answer")
        returned.isOnPage = false
        returned.hidden = [HiddenValue(name: "message", value: "Lampen er mørk igjen.")]
        page.frame.returned = returned
        return page
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
