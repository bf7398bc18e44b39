extension OutgoingMailPage {
    static func samples(_ words: Words) -> [Sample<OutgoingMailPage>] {
        let subject = words("mail.receipt.subject", ["number": "26-10423-4"])
        var page = OutgoingMailPage(
            frame: .staffSample(words, title: subject, current: "admin"),
            back: Link(text: words("admin.mail"), url: "/sandvik/admin/mail"), heading: subject,
            facts: [
                Fact(term: words("admin.mail.to"), text: "aud@example.org"),
                Fact(term: words("admin.mail.case"), text: "26-10423-4", url: "/sandvik/cases/26-10423-4"),
                Fact(term: words("admin.mail.state"), text: words("mailstate.uncertain")),
            ],
            withheld: words("admin.mail.withheld"))
        let withheld = page
        page.withheld = nil
        page.body = words("mail.receipt.body")
        let fields = FormFields(
            words: words, form: "admin.mail", input: FormInput(errors: [.init(field: "twice", code: "required")]))
        page.summary = fields.summary
        page.action = ActionForm(
            id: "retry", title: words("admin.mail.retry"), hint: words("admin.mail.retry.uncertain"),
            url: "/sandvik/admin/mail/1/retry", fields: [fields.check("twice")], submit: words("admin.mail.retry"),
            isOpen: true)
        return [Sample("withheld", withheld), Sample("uncertain", page)]
    }
}
