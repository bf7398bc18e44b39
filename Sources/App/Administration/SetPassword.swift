import Domain

/// `POST /{m}/admin/people/{id}/password`: a new password, typed by the manager or made by Torg and shown once.
/// Whoever was logged in with the old one is logged out.
enum SetPassword {
    static let routes: [Route] = [
        .form(
            .post, "/:municipality/admin/people/:person/password", for: .staff(.managePeople), form: "password",
            show: EditPerson.show
        ) { visit, op in
            let person = try op.personToManage(visit).user
            var input = InputReader(form: visit.form)
            let password = read(visit, login: person.login, &input)
            try input.finish()
            try store(password.text, for: person.id, in: op)
            try Session.endAll(of: person.id, in: op)
            try op.audit(.passwordSet, person.name)
            guard password.isGenerated else {
                return .redirect(op.paths.admin("people", person.id), flash: "password_set")
            }
            return try shown(password.text, to: person.name, visit, op)
        }
    ]

    static func fields(_ visit: Visit, _ op: Operation) -> FormFields {
        let input = visit.returnedForm == "password" ? visit.form : FormInput()
        return FormFields(words: op.words, form: "admin.password", input: input, idPrefix: "password-")
    }

    /// The form as it stands on a person's page.
    static func form(_ visit: Visit, _ url: String, _ op: Operation) -> ActionForm {
        ActionForm(
            id: "password", title: op.words("admin.person.password"), hint: op.words("admin.password.about"), url: url,
            fields: [
                fields(visit, op).line("password", type: "password", autocomplete: "new-password")
            ], submit: op.words("form.save"), isOpen: visit.returnedForm == "password")
    }

    /// What was typed, else one that Torg makes.
    static func read(_ visit: Visit, login: String, _ input: inout InputReader) -> (text: String, isGenerated: Bool) {
        let typed = visit.form.first("password") ?? ""
        guard !typed.isEmpty else { return (generated(), true) }
        if let fault = NewPassword.fault(in: typed, login: login) {
            let lengths = NewPassword.lengths
            input.fail("password", fault, ["min": "\(lengths.lowerBound)", "max": "\(lengths.upperBound)"])
        }
        return (typed, false)
    }

    /// Sixteen letters and digits that nobody mistakes for each other, about 79 bits.
    private static func generated() -> String {
        let alphabet = Array("abcdefghijkmnpqrstuvwxyz23456789")
        var random = SystemRandomNumberGenerator()
        let group = { String((0..<4).compactMap { _ in alphabet.randomElement(using: &random) }) }
        return (0..<4).map { _ in group() }.joined(separator: "-")
    }

    static func store(_ password: String, for id: ID<User>, in op: Operation) throws {
        // Takes about 20 ms, and every writer of the municipality waits meanwhile: seldom enough.
        let hash = try op.installation.passwords.hash(password)
        try op.tx.run(
            "UPDATE users SET password = \(hash) WHERE municipality = \(op.tenant) AND id = \(id)")
    }

    static func shown(_ password: String, to name: String, _ visit: Visit, _ op: Operation) throws -> Reply {
        let words = op.words
        return .page(
            SecretPage(
                frame: try op.frame(visit, title: words("admin.password")),
                heading: words("admin.password.shown", ["name": name]), lead: words("admin.password.once"),
                label: words("admin.password"), secret: password, next: op.link(to: .people)))
    }
}
