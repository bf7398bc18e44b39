import Domain

/// One's own password, changed by whoever knows the one there is now.
struct OwnPassword: Sendable {
    private let old: PasswordCheck
    private let new: String

    /// Reads the fields `password_now` and `password_new`. What is wrong is gathered in the reader.
    ///
    /// - Parameter name: as it is going to be.
    init(_ visit: Visit, name: String, _ input: inout InputReader, in op: Operation) throws {
        let user = try op.user
        let typed = visit.form.first("password_now") ?? ""
        new = visit.form.first("password_new") ?? ""
        if typed.isEmpty { input.fail("password_now", "required") }
        if new.isEmpty {
            input.fail("password_new", "required")
        } else if new == typed {
            input.fail("password_new", "password_same")
        } else if let fault = op.accounts.fault(
            inPassword: new, login: user.login, name: name, email: user.email, field: "password_new")
        {
            input.fail("password_new", fault.code, fault.values)
        }
        try Throttle.ownPassword.check("\(user.id)", in: op)
        old = PasswordCheck(
            typed: typed, stored: try op.accounts.passwordHash(of: user.id),
            turn: .known(user.id, network: visit.network))
    }

    /// The hash of the new one; nil when the old one was not right.
    func hash(in installation: Installation) async throws -> String? {
        guard try await old.verdict(in: installation).isRight else { return nil }
        return try await installation.passwordQueue.run(old.turn) { try installation.passwords.hash(new) }
    }

    /// A wrong old one: counted like any wrong password, since whoever sits at a screen left open may not guess on.
    static func refused(_ visit: Visit, _ show: PageHandler, in op: Operation) throws -> Reply {
        try Throttle.ownPassword.count("\(try op.user.id)", in: op)
        var visit = visit
        visit.form.errors = [FieldError(field: "password_now", code: "password_wrong")]
        var answer = try show(visit, op)
        answer.status = .unprocessableContent
        answer.security = SecurityEvent(.passwordWrong, user: try op.user.id)
        return answer
    }

    /// Ends all other sessions, and forgets all places but this one. Returns the browser's cookie.
    static func store(_ hash: String, _ visit: Visit, in op: Operation) throws -> SetCookie {
        let user = try op.user
        try op.accounts.setPassword(hash, of: user.id, isOwn: true)
        try Session.endAll(of: user.id, except: visit.session, in: op)
        try Throttle.ownPassword.forget("\(user.id)", in: op)
        try op.audit(.passwordChanged, user.login)
        return try KnownPlaces(of: user.id).remember(visit, in: op)
    }
}
