import Database
import Domain

/// `/{m}/admin/people/{id}/tokens`: the keys by which other programs act as a person, to be looked at and taken back. Only
/// the person makes them (`OwnTokens`): a key for somebody else would show its maker what only they may see.
enum ManageTokens {
    static let routes: [Route] = [
        .page(.adminPersonTokens, for: .staff(.managePeople), show),
        .form(.post, .adminPersonTokenRevocation, for: .staff(.managePeople), show: show) { visit, op in
            let person = try op.administration.personToManage(visit).user
            try revoke(visit, of: person, op)
            return .redirect(op.paths(.adminPersonTokens, person.id), flash: "saved")
        },
    ]

    private static let show: PageHandler = { visit, op in
        let person = try op.administration.personToManage(visit).user
        var page = try page(of: person, revocation: op.paths(.adminPersonTokenRevocation, person.id), visit, op)
        page.back = Link(text: person.name, url: op.paths(.adminPerson, person.id))
        page.lead = op.words("admin.tokens.about", ["name": person.name])
        return .page(page)
    }

    /// The keys of one person, the newest first.
    ///
    /// - Parameter revocation: where one is taken back.
    static func page(of person: User, revocation: String, _ visit: Visit, _ op: Operation) throws -> ListPage {
        let words = op.words
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
                actions: revoked != nil
                    ? []
                    : [
                        ActionForm(
                            id: "revoke-\(index)", title: words("admin.tokens.revoke"), url: revocation,
                            hidden: [HiddenValue(name: "token", value: hash)], submit: "")
                    ])
        }
        return ListPage(
            frame: try op.frame(visit, title: words("admin.tokens")), heading: words("admin.tokens"), columns: columns,
            actionColumn: words("admin.tokens.revoke"), rows: list, empty: words("admin.tokens.empty"))
    }

    static func revoke(_ visit: Visit, of person: User, _ op: Operation) throws {
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
    }

    /// When the person leaves, and when somebody else may have been them.
    static func revokeAll(of user: ID<User>, in op: Operation) throws {
        try op.tx.run(
            """
            UPDATE api_tokens SET revoked_at = \(op.now)
            WHERE municipality = \(op.tenant) AND user_id = \(user) AND revoked_at IS NULL
            """)
    }
}
