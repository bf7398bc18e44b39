extension ListPage {
    static func samples(_ words: Words) -> [Sample<ListPage>] {
        let back = Link(text: words("admin.back"), url: "/sandvik/admin")
        let columns = [words("admin.mail.subject"), words("admin.mail.to"), words("admin.mail.state")]
        let row = { (subject: String, state: String, mark: DueKind, actions: [ActionForm]) in
            ListRow(
                cells: [
                    ListCell(
                        column: columns[0], text: subject, url: "/sandvik/admin/mail/1", note: "26-10423-4",
                        isHeading: true, level: state == "failed" ? "2" : nil),
                    ListCell(column: columns[1], text: "aud@example.org"),
                    ListCell(column: columns[2], text: words("mailstate." + state), mark: mark),
                ], actions: actions)
        }
        let retry = ActionForm(
            id: "retry-1", title: words("admin.mail.retry"), url: "/sandvik/admin/mail/1/retry", submit: "")
        let page = { (rows: [ListRow]) in
            ListPage(
                frame: .staffSample(words, title: words("admin.mail"), current: "admin"), back: back,
                heading: words("admin.mail"), lead: words("admin.mail.about"), columns: columns, rows: rows,
                empty: words("admin.mail.empty"))
        }
        let subject = words("mail.receipt.subject", ["number": "26-10423-4"])
        var many = page([row(subject, "sent", .ok, []), row(subject, "failed", .late, [retry])])
        many.add = Link(text: words("admin.people.add"), url: "/sandvik/admin/people/new")
        many.filters = [Filter(text: words("list.filter.all"), url: "?", count: "2", isCurrent: true)]
        many.actionColumn = words("admin.mail.retry")
        many.next = "?after=2"
        let fields = FormFields(
            words: words, form: "readings",
            input: FormInput(values: ["first": ["x"]], errors: [FieldError(field: "first", code: "invalid_date")]))
        var narrowed = page([row(subject, "sent", .ok, [])])
        narrowed.summary = fields.summary
        narrowed.maker = ActionForm(
            id: "new", title: words("admin.tokens.add"), url: "/sandvik/account/tokens",
            fields: [FormFields(words: words, form: "admin.tokens").line("name")], submit: words("admin.tokens.make"),
            isPrimary: true)
        narrowed.choices = [fields.line("first", type: "date", required: true)]
        narrowed.choicesURL = "/sandvik/readings"
        narrowed.hidden = [HiddenValue(name: "show", value: "refused")]
        return [Sample("empty", page([])), Sample("narrowed", narrowed), Sample("many", many)]
    }
}
