import Domain

/// One's own name, language and password.
enum ChangeAccount {
    static let routes: [Route] = [
        .page("/:municipality/account", for: .staff(nil), show),
        .form("/:municipality/account", for: .staff(nil), show: show, read: read, work: check, perform: perform),
    ]

    private static let show: PageHandler = { visit, op in
        let user = try op.user
        let fields = FormFields(words: op.words, form: "account", input: visit.form)
        return .page(
            FormPage(
                frame: try op.frame(visit, title: op.words("account.heading")), summary: fields.summary,
                heading: op.words("account.heading"), lead: op.words("account.lead", ["login": user.login]),
                notes: EditAbsences.notes(about: user.id, op), url: op.paths.account,
                sections: [
                    FormSection(fields: [
                        fields.line("name", value: user.name, autocomplete: "name", required: true),
                        fields.select(
                            "language", op.languageOptions(), value: user.language ?? "",
                            prompt: op.words("account.language.none")),
                    ]),
                    FormSection(
                        legend: op.words("account.password"), hint: op.words("account.password.hint"),
                        fields: [
                            fields.line("password_now", type: "password", autocomplete: "current-password"),
                            fields.line("password_new", type: "password", autocomplete: "new-password"),
                        ]),
                ], submit: op.words("account.submit"),
                actions: [EditAbsences.form(for: user, own: true, input: FormInput(), op)]))
    }

    private struct Change: Sendable {
        var name: String
        var language: String?
        /// Present when the password is to be another.
        var old: PasswordCheck?
        var new: String?
    }

    private struct Checked: Sendable {
        var change: Change
        var isRight = true
        var hash: String?
    }

    private static let read: @Sendable (Visit, Operation) throws -> Change = { visit, op in
        let user = try op.user
        var input = InputReader(form: visit.form)
        let name = input.line("name", max: 200, required: true) ?? ""
        let language = input.language()
        let typed = visit.form.first("password_now") ?? ""
        let wanted = visit.form.first("password_new") ?? ""
        var change = Change(name: name, language: language)
        if !wanted.isEmpty {
            if typed.isEmpty { input.fail("password_now", "required") }
            if let fault = NewPassword.fault(in: wanted, login: user.login) {
                let limits = ["min": "\(NewPassword.lengths.lowerBound)", "max": "\(NewPassword.lengths.upperBound)"]
                input.fail("password_new", fault, limits)
            }
            try Throttle.login.check(user.login, in: op)
            change.old = PasswordCheck(typed: typed, stored: try op.passwordHash(of: user.id))
            change.new = wanted
        }
        try input.finish()
        return change
    }

    private static let check: @Sendable (Change, Installation) async throws -> Checked = { change, installation in
        guard let old = change.old, let new = change.new else { return Checked(change: change) }
        guard try await old.verdict(in: installation).isRight else { return Checked(change: change, isRight: false) }
        let hash = try await installation.passwordQueue.run { try installation.passwords.hash(new) }
        return Checked(change: change, hash: hash)
    }

    private static let perform: @Sendable (Visit, Operation, Checked) throws -> Reply = { visit, op, checked in
        let user = try op.user
        if !checked.isRight {
            // Counted like any wrong password, and so stored: whoever sits at a screen left open may not guess on.
            try Throttle.login.count(user.login, in: op)
            var visit = visit
            visit.form.errors = [FieldError(field: "password_now", code: "password_wrong")]
            var answer = try show(visit, op)
            answer.status = .unprocessableContent
            return answer
        }
        if checked.change.name != user.name || checked.change.language != user.language {
            try op.tx.run(
                """
                UPDATE users SET name = \(checked.change.name), language = \(checked.change.language)
                WHERE municipality = \(op.tenant) AND id = \(user.id)
                """)
            try op.touchDirectory()
            try op.audit(.accountChanged, user.login)
        }
        if let hash = checked.hash, let session = visit.session {
            try op.storePassword(hash, of: user.id)
            try Session.endAll(of: user.id, except: session, in: op)
            try op.audit(.passwordChanged, user.login)
        }
        return .redirect(op.paths.account, flash: "saved")
    }
}
