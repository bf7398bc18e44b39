import Domain

/// `/{m}/account/password`: whoever came in with a password that somebody else chose chooses their own. Until then every
/// other page leads here.
enum ChooseOwnPassword {
    static let routes: [Route] = [
        .page(.ownPassword, for: .staff(nil), show),
        .form(
            .ownPassword, for: .staff(nil), show: show, read: read,
            work: { try await $0.hash(in: $1) }, perform: perform),
    ]

    /// What is open before: this page, and logging out.
    static func isWayOut(_ path: String, _ paths: SitePath) -> Bool {
        [paths(.ownPassword), paths(.logout)].contains(path)
    }

    /// Right after logging in, or when something was sent: what was being written goes along.
    static let page: PageHandler = { visit, op in
        var visit = visit
        visit.form.values = visit.form.values.filter { ["next", "kept"].contains($0.key) }
        guard visit.form.first("kept") == nil else { return .page(try makePage(visit, op)) }
        let next = visit.form.first("next").map { "?next=" + URLEncoded.encode($0) } ?? ""
        return .redirect(op.paths(.ownPassword) + next)
    }

    private static let show: PageHandler = { visit, op in
        guard try op.accounts.mustChangePassword(op.user.id) else { return .redirect(op.paths(.account)) }
        return .page(try makePage(visit, op))
    }

    private static func makePage(_ visit: Visit, _ op: Operation) throws -> OwnPasswordPage {
        var frame = try op.frame(visit, title: op.words("own_password.heading"))
        // Its links would all lead back here.
        frame.user = nil
        frame.bell = nil
        frame.navigation = []
        var page = OwnPasswordPage(frame: frame, words: op.words, login: try op.user.login, input: visit.form)
        let sent = visit.isSentFromHere ? visit.form : FormInput()
        let next = sent.first("next") ?? visit.queried("next")
        if let next, LogIn.isOurs(next, op) { page.hidden.append(HiddenValue(name: "next", value: next)) }
        if let kept = sent.first("kept") {
            page.hidden.append(HiddenValue(name: "kept", value: kept))
            page.kept = op.words("own_password.kept")
        }
        return page
    }

    private static let read: @Sendable (Visit, Operation) throws -> OwnPassword = { visit, op in
        var input = InputReader(form: visit.form)
        let own = try OwnPassword(visit, name: op.user.name, &input, in: op)
        try input.finish()
        return own
    }

    private static let perform: @Sendable (Visit, Operation, String?) throws -> Reply = { visit, op, hash in
        guard let hash else { return try OwnPassword.refused(visit, show, in: op) }
        let cookie = try OwnPassword.store(hash, visit, in: op)
        var answer = try LogIn.goOn(visit, op.user, op)
        if answer.headers[.location] != nil, answer.flash == nil { answer.flash = "password_set" }
        return answer.with(cookie)
    }
}

/// A password of one's own, instead of one that was given.
struct OwnPasswordPage: Page {
    static let template = "accounts/own-password"

    var frame: Frame
    var summary: ErrorSummary?
    var lead: String
    /// Tells that what was being written is there.
    var kept: String?
    var now: FormField
    var new: FormField
    /// Where to go afterwards, and what was being written when the session ended.
    var hidden: [HiddenValue] = []
}

extension OwnPasswordPage {
    init(frame: Frame, words: Words, login: String, input: FormInput = .init()) {
        let fields = FormFields(words: words, form: "own_password", input: input)
        self.init(
            frame: frame, summary: fields.summary, lead: words("own_password.lead", ["login": login]),
            now: fields.line("password_now", type: "password", autocomplete: "current-password", required: true),
            new: fields.line("password_new", type: "password", autocomplete: "new-password", required: true))
    }

    static func samples(_ words: Words) -> [Sample<OwnPasswordPage>] {
        let frame = Frame.citizenSample(words, title: words("own_password.heading"))
        let wrong = FormInput(errors: [.init(field: "password_new", code: "password_common")])
        var going = OwnPasswordPage(frame: frame, words: words, login: "ingrid")
        going.hidden = [HiddenValue(name: "next", value: "/sandvik/mine")]
        var writing = going
        writing.hidden.append(HiddenValue(name: "kept", value: "sealed"))
        writing.kept = words("own_password.kept")
        return [
            Sample("given", going), Sample("kept", writing),
            Sample("errors", OwnPasswordPage(frame: frame, words: words, login: "ingrid", input: wrong)),
        ]
    }
}
