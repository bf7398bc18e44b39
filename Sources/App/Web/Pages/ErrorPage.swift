/// When something did not go well: what happened, and what to do now. Never technical detail.
struct ErrorPage: Page {
    static let template = "web/error"

    var frame: Frame
    /// The HTTP status, shown small for whoever asks for help: "404".
    var status: String
    var heading: String
    var text: String
    /// What to do now.
    var advice: String
    var linkURL: String
    var linkText: String
    /// What people had written in the form that was not taken.
    var written: [String] = []
    /// That form once more, when it may be taken now.
    var again: SendAgain?
}

struct SendAgain: Sendable {
    var url: String
    var values: [HiddenValue]
}

extension ErrorPage {
    /// The page for an HTTP status, in the words of `problem.<code>`.
    /// - Parameter code: "404", or another code with words of its own, such as "forbidden".
    init(frame: Frame, words: Words, status: Int, code: String? = nil) {
        let key = "problem." + (code ?? "\(status)")
        let isStaff = frame.user != nil
        var frame = frame
        frame.title = words(key + ".heading")
        self.init(
            frame: frame, status: "\(status)", heading: words(key + ".heading"), text: words(key + ".text"),
            advice: words(key + ".advice"),
            linkURL: frame.user?.home ?? (frame.base.isEmpty ? "/" : frame.base),
            linkText: words(isStaff ? "problem.home.staff" : "problem.home"))
    }

    /// Keeps what was sent with a form, so that nobody has to write it twice.
    mutating func keep(_ visit: Visit, canBeSentAgain: Bool) {
        var visit = visit
        guard visit.method == .post, visit.isSentFromHere, (try? visit.readForm()) != nil else { return }
        let kept = KeptForm(visit)
        guard !kept.isEmpty else { return }
        written = kept.texts
        var returned = ReturnedForm(to: visit.path, query: visit.rawQuery)
        returned.isOnPage = canBeSentAgain && visit.form.first("form") != nil
        if !returned.isOnPage { returned.hidden = kept.hidden }
        frame.returned = returned
        guard canBeSentAgain, let token = visit.form.first("form") else { return }
        // The token of the form that was not taken is still good, and the only one where the database is away.
        frame.form = token
        again = SendAgain(url: visit.path, values: kept.hidden)
    }
}
