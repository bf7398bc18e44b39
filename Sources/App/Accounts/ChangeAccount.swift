import Domain

/// One's own name, language and password.
enum ChangeAccount {
    static let routes: [Route] = [
        .page(.account, for: .staff(nil), show),
        .form(.account, for: .staff(nil), show: show, read: read, work: check, perform: perform),
        .form(
            .post, .sessions, for: .staff(nil), form: "sessions", show: show,
            perform: logOutEverywhere),
    ]

    private static let show: PageHandler = { visit, op in
        let user = try op.user
        let fields = FormFields(words: op.words, form: "account", input: visit.form)
        return .page(
            FormPage(
                frame: try op.frame(visit, title: op.words("account.heading")), summary: fields.summary,
                heading: op.words("account.heading"), lead: op.words("account.lead", ["login": user.login]),
                notes: try op.sight.notes("own") { $0.person == user.id } + EditAbsences.notes(about: user.id, op),
                url: op.paths(.account),
                sections: [
                    FormSection(fields: [
                        fields.line("name", value: user.name, autocomplete: "name", required: true),
                        fields.select(
                            "language", op.organisation.languageOptions(), value: user.language ?? "",
                            prompt: op.words("account.language.none")),
                    ]),
                    FormSection(
                        legend: op.words("account.password"), hint: op.words("account.password.hint"),
                        fields: [
                            fields.line("password_now", type: "password", autocomplete: "current-password"),
                            fields.line("password_new", type: "password", autocomplete: "new-password"),
                        ]),
                ], submit: op.words("account.submit"),
                actions: [
                    EditAbsences.form(for: user, own: true, input: FormInput(), op),
                    ActionForm(
                        id: "sessions", title: op.words("account.sessions"), hint: op.words("account.sessions.about"),
                        url: op.paths(.sessions), submit: op.words("account.sessions")),
                ], more: try keys(of: user.id, op)))
    }

    private static func keys(of user: ID<User>, _ op: Operation) throws -> FormNote {
        let keys: Int64? = try op.tx.value(
            """
            SELECT count(*) FROM api_tokens
            WHERE municipality = \(op.tenant) AND user_id = \(user) AND revoked_at IS NULL
            """)
        return FormNote(
            text: keys ?? 0 == 0
                ? op.words("account.tokens.none") : op.words.count("account.tokens.count", Int(keys ?? 0)),
            link: Link(text: op.words("admin.tokens"), url: op.paths(.ownTokens)))
    }

    private struct Change: Sendable {
        var name: String
        var language: String?
        /// Present when the password is to be another.
        var password: OwnPassword?
    }

    private struct Checked: Sendable {
        var change: Change
        var hash: String?
    }

    private static let read: @Sendable (Visit, Operation) throws -> Change = { visit, op in
        var input = InputReader(form: visit.form)
        var change = Change(name: input.line("name", max: 200, required: true) ?? "", language: input.language())
        if visit.form.first("password_new")?.isEmpty == false {
            change.password = try OwnPassword(visit, name: change.name, &input, in: op)
        }
        try input.finish()
        return change
    }

    private static let check: @Sendable (Change, Installation) async throws -> Checked = { change, installation in
        Checked(change: change, hash: try await change.password?.hash(in: installation))
    }

    private static let perform: @Sendable (Visit, Operation, Checked) throws -> Reply = { visit, op, checked in
        let user = try op.user
        if checked.change.password != nil, checked.hash == nil { return try OwnPassword.refused(visit, show, in: op) }
        if checked.change.name != user.name || checked.change.language != user.language {
            try op.tx.run(
                """
                UPDATE users SET name = \(checked.change.name), language = \(checked.change.language)
                WHERE municipality = \(op.tenant) AND id = \(user.id)
                """)
            try op.organisation.touch()
            try op.audit(.accountChanged, user.login)
        }
        let answer = Reply.redirect(op.paths(.account), flash: "saved")
        guard let hash = checked.hash else { return answer }
        return answer.with(try OwnPassword.store(hash, visit, in: op))
    }

    /// The browsers that were known for the account are strangers again.
    private static let logOutEverywhere: PageHandler = { visit, op in
        let user = try op.user
        try Session.endAll(of: user.id, in: op)
        try op.audit(.loggedOut, user.login)
        return .redirect(op.paths(.login), flash: "logged_out_everywhere").with(.removing(SetCookie.session))
            .with(.removing(SetCookie.browser))
    }
}
