import Database
import Domain

/// `/{m}/admin/people/{id}/tokens`: the keys by which other programs act as a person, through the API.
enum ManageTokens {
    static let routes: [Route] = [
        .page("/:municipality/admin/people/:person/tokens", for: .staff(.managePeople), show),
        .form(
            .post, "/:municipality/admin/people/:person/tokens", for: .staff(.managePeople), show: show, perform: make),
        .form(
            .post, "/:municipality/admin/people/:person/tokens/revocation", for: .staff(.managePeople), show: show,
            perform: revoke),
    ]

    private static let show: PageHandler = { visit, op in
        let person = try op.personToManage(visit).user
        let words = op.words
        let url = op.paths.admin("people", person.id)
        let times = Times(op.directory.calendar, words, op.now)
        let columns = ["name", "made", "state"].map { words("admin.tokens." + $0) }
        let rows = try op.tx.rows(
            """
            SELECT token_hash, name, created_at, revoked_at FROM api_tokens
            WHERE municipality = \(op.tenant) AND user_id = \(person.id) ORDER BY created_at DESC, token_hash
            """)
        let list = try rows.enumerated().map { index, row in
            let revoked: Instant? = try row["revoked_at"]
            let state = revoked.map { words("admin.tokens.revoked", ["when": times.dayAndTime($0)]) }
            let hash: String = try row["token_hash"]
            return ListRow(
                cells: [
                    ListCell(
                        column: columns[0], text: try row["name"] ?? words("admin.tokens.no_name"), isHeading: true),
                    ListCell(column: columns[1], text: times.dayAndTime(try row["created_at"])),
                    ListCell(
                        column: columns[2], text: state ?? words("admin.tokens.valid"),
                        mark: state.map { _ in .none } ?? .ok),
                ],
                action: revoked != nil
                    ? nil
                    : ActionForm(
                        id: "revoke-\(index)", title: words("admin.tokens.revoke"), url: url + "/tokens/revocation",
                        hidden: [HiddenValue(name: "token", value: hash)], submit: ""))
        }
        return .page(
            ListPage(
                frame: try op.frame(visit, title: words("admin.tokens")), back: Link(text: person.name, url: url),
                heading: words("admin.tokens"), lead: words("admin.tokens.about", ["name": person.name]),
                columns: columns, actionColumn: words("admin.tokens.revoke"), rows: list,
                empty: words("admin.tokens.empty")))
    }

    /// The form as it stands on a person's page.
    static func form(_ url: String, _ op: Operation) -> ActionForm {
        let fields = FormFields(words: op.words, form: "admin.tokens", idPrefix: "tokens-")
        return ActionForm(
            id: "tokens-new", title: op.words("admin.tokens.add"), url: url, fields: [fields.line("name")],
            submit: op.words("admin.tokens.make"))
    }

    private static let make: PageHandler = { visit, op in
        let person = try op.personToManage(visit).user
        guard person.isActive else { throw InputErrors(nil, "person_inactive") }
        var input = InputReader(form: visit.form)
        let name = input.line("name", max: ApiToken.longestName)
        try input.finish()
        let token = try ApiToken.create(for: person.id, name: name, in: op)
        try op.audit(.tokenMade, person.name)
        let words = op.words
        var reply = Reply.page(
            SecretPage(
                frame: try op.frame(visit, title: words("admin.token")),
                heading: words("admin.token.shown", ["name": person.name]), lead: words("admin.token.once"),
                label: words("admin.token"), secret: token,
                next: Link(text: words("admin.tokens"), url: op.paths.admin("people", person.id) + "/tokens")))
        reply.repeatLocation = op.paths.admin("people", person.id) + "/tokens"
        return reply
    }

    private static let revoke: PageHandler = { visit, op in
        let person = try op.personToManage(visit).user
        var input = InputReader(form: visit.form)
        let hash = input.line("token", max: 100, required: true)
        try input.finish()
        let count = try op.tx.run(
            """
            UPDATE api_tokens SET revoked_at = \(op.now) WHERE municipality = \(op.tenant) AND user_id = \(person.id)
                AND token_hash = \(hash) AND revoked_at IS NULL
            """)
        guard count == 1 else { throw Refusal.notFound }
        try op.audit(.tokenRevoked, person.name)
        return .redirect(op.paths.admin("people", person.id) + "/tokens", flash: "saved")
    }

    /// When the person leaves.
    static func revokeAll(of user: ID<User>, in op: Operation) throws {
        try op.tx.run(
            """
            UPDATE api_tokens SET revoked_at = \(op.now)
            WHERE municipality = \(op.tenant) AND user_id = \(user) AND revoked_at IS NULL
            """)
    }
}
