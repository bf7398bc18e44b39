import Domain

/// `/{m}/account/tokens`: the keys by which programs act as oneself. Nobody makes one that acts as somebody else.
enum OwnTokens {
    static let routes: [Route] = [
        .page(.ownTokens, for: .staff(nil), show),
        .form(.post, .ownTokens, for: .staff(nil), show: show, perform: make),
        .form(.post, .ownTokenRevocation, for: .staff(nil), show: show) { visit, op in
            let user = try op.user
            try ManageTokens.revoke(visit, of: user, op)
            return .redirect(op.paths(.ownTokens), flash: "saved")
        },
    ]

    private static let show: PageHandler = { visit, op in
        let (user, words) = (try op.user, op.words)
        let fields = FormFields(words: words, form: "admin.tokens", input: visit.form)
        var page = try ManageTokens.page(of: user, revocation: op.paths(.ownTokenRevocation), visit, op)
        page.back = Link(text: words("account.heading"), url: op.paths(.account))
        page.lead = words("account.tokens.about")
        page.summary = fields.summary
        page.maker = ActionForm(
            id: "new", title: words("admin.tokens.add"), url: op.paths(.ownTokens), fields: [fields.line("name")],
            submit: words("admin.tokens.make"), isPrimary: true, isOpen: !visit.form.errors.isEmpty)
        return .page(page)
    }

    private static let make: PageHandler = { visit, op in
        let user = try op.user
        var input = InputReader(form: visit.form)
        let name = input.line("name", max: ApiToken.longestName)
        try input.finish()
        // Whoever set the password could be sitting here: the key would outlast the second person's look.
        if op.directory.waits(user.id) { throw InputErrors(nil, "token_waits") }
        let token = try ApiToken.create(for: user.id, name: name, in: op)
        try op.audit(.tokenMade, user.name)
        let words = op.words
        var reply = Reply.page(
            SecretPage(
                frame: try op.frame(visit, title: words("admin.token")),
                heading: words("admin.token.shown", ["name": user.name]), lead: words("admin.token.once"),
                label: words("admin.token"), secret: token,
                next: Link(text: words("admin.tokens"), url: op.paths(.ownTokens))))
        reply.repeatLocation = op.paths(.ownTokens)
        return reply
    }
}
