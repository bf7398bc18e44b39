import Domain

/// `POST /{m}/admin/people/{id}/password`: a new password, typed by the manager or made by Torg and shown once.
/// Whoever was logged in with the old one is logged out, the person's keys are taken back, and they have to choose one of
/// their own at the next login.
enum SetPassword {
    static let routes: [Route] = [
        .form(
            .adminPersonPassword, for: .staff(.managePeople), form: "password",
            show: EditPerson.show,
            read: { visit, op in
                let person = try op.administration.personToManage(visit).user
                try requireSomebodyElse(person.id, op)
                return NewAccess(visit, login: person.login, name: person.name, email: person.email, op)
            },
            work: NewAccess.hash, perform: perform)
    ]

    private static let perform: @Sendable (Visit, Operation, NewAccess) throws -> Reply = { visit, op, access in
        let colleague = try op.administration.personToManage(visit)
        let person = colleague.user
        try requireSomebodyElse(person.id, op)
        if let fault = access.fault { throw InputErrors([fault]) }
        try access.store(for: person.id, in: op)
        try Session.endAll(of: person.id, in: op)
        // Whoever knew the old one may have made them, and they would outlast it.
        try ManageTokens.revokeAll(of: person.id, in: op)
        // Whoever was kept waiting by somebody's guesses gets in with it at once.
        try Throttle.login.forget(Login.folded(person.login), in: op)
        try op.audit(.passwordSet, person.name)
        try op.sight.doubt(colleague, because: try op.user.id)
        let waiting = op.sight.waitingText(
            "admin.password.sight", op.sight.doubtful(of: colleague, because: try op.user.id))
        guard access.isGenerated else {
            return .redirect(op.paths(.adminPerson, person.id), flash: "password_set")
        }
        return try access.shown(to: person.name, op.paths(.adminPerson, person.id), waiting: waiting, visit, op)
    }

    /// One's own is changed where the old one is asked for.
    private static func requireSomebodyElse(_ person: ID<User>, _ op: Operation) throws {
        guard try op.user.id != person else { throw InputErrors(nil, "password_own_elsewhere") }
    }

    static func fields(_ visit: Visit, _ op: Operation) -> FormFields {
        let input = visit.returnedForm == "password" ? visit.form : FormInput()
        return FormFields(words: op.words, form: "admin.password", input: input, idPrefix: "password-")
    }

    /// The form as it stands on a person's page.
    static func form(for person: Directory.Colleague, _ visit: Visit, _ op: Operation) throws
        -> ActionForm
    {
        // What it costs has to be known before it is done.
        let doubtful = op.sight.doubtful(of: person, because: try op.user.id)
        let about = [op.words("admin.password.about"), op.sight.waitingText("admin.password.sight", doubtful)]
        return ActionForm(
            id: "password", title: op.words("admin.password.new"),
            hint: about.filter { !$0.isEmpty }.joined(separator: " "),
            url: op.paths(.adminPersonPassword, person.user.id),
            fields: [
                fields(visit, op).line("password", type: "password", autocomplete: "new-password")
            ], submit: op.words("form.save"), isOpen: visit.returnedForm == "password")
    }
}

/// A password as the manager typed it, else one that Torg makes; with its hash, which takes too long for a
/// transaction.
struct NewAccess: Sendable {
    private let password: String
    let isGenerated: Bool
    /// What is wrong with what was typed.
    let fault: FieldError?
    private var hash: String?
    private let turn: PasswordQueue.Turn

    init(_ visit: Visit, login: String, name: String, email: String?, _ op: Operation) {
        let typed = visit.form.first("password") ?? ""
        isGenerated = typed.isEmpty
        password = typed.isEmpty ? Self.generated() : typed
        fault = op.accounts.fault(inPassword: password, login: login, name: name, email: email, field: "password")
        turn = (try? op.user.id).map { .known($0, network: visit.network) } ?? .unknown(network: visit.network)
    }

    static let hash: @Sendable (NewAccess, Installation) async throws -> NewAccess = { access, installation in
        guard access.fault == nil else { return access }
        var access = access
        let password = access.password
        access.hash = try await installation.passwordQueue.run(access.turn) {
            try installation.passwords.hash(password)
        }
        return access
    }

    /// Sixteen letters and digits that nobody mistakes for each other, about 79 bits.
    private static func generated() -> String {
        let alphabet = Array("abcdefghijkmnpqrstuvwxyz23456789")
        var random = SystemRandomNumberGenerator()
        let group = { String((0..<4).compactMap { _ in alphabet.randomElement(using: &random) }) }
        return (0..<4).map { _ in group() }.joined(separator: "-")
    }

    func store(for user: ID<User>, in op: Operation) throws {
        guard let hash else { throw Refusal.unreadable }
        try op.accounts.setPassword(hash, of: user, isOwn: false)
    }

    /// The page that shows it, once.
    ///
    /// - Parameters:
    ///   - location: where one is led who sends the form once more.
    ///   - waiting: what the person does not see yet; may be empty.
    func shown(
        to name: String, _ location: String, waiting: String = "", _ visit: Visit, _ op: Operation
    ) throws -> Reply {
        let words = op.words
        var reply = Reply.page(
            SecretPage(
                frame: try op.frame(visit, title: words("admin.password")),
                heading: words("admin.password.shown", ["name": name]),
                lead: words("admin.password.once") + (waiting.isEmpty ? "" : " " + waiting),
                label: words("admin.password"), secret: password, next: op.administration.link(to: .people)))
        reply.repeatLocation = location
        return reply
    }
}
