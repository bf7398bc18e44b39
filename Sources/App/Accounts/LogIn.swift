import Domain
import Foundation

/// Logging in. The password is checked between two transactions, because that takes time on purpose.
enum LogIn {
    static let routes: [Route] = [
        .page(.login, for: .citizens, show),
        .form(.login, for: .citizens, show: show, read: read, work: check, perform: perform),
    ]

    static let show: PageHandler = { visit, op in
        let isFresh = visit.method == .get || visit.method == .head
        if isFresh, let (_, user) = try op.session(of: visit) { return .redirect(op.accounts.home(of: user)) }
        return .page(try page(visit, op))
    }

    private static func page(_ visit: Visit, _ op: Operation) throws -> LoginPage {
        let frame = try op.frame(visit, title: op.words("login.heading"))
        let logins = Set(op.directory.activePeople.map(\.login))
        let demo = ["agent", "handler", "dompap", "leader", "admin"].filter { frame.isDemo && logins.contains($0) }
        var page = LoginPage(
            frame: frame, words: op.words, input: visit.form,
            demoAccounts: demo.map { DemoAccount(login: $0, text: op.words("login.demo." + $0)) },
            demoPassword: demo.isEmpty ? nil : DemoMunicipality.password)
        if visit.form.errors.contains(where: { $0.code.hasPrefix("throttled") }) {
            page.waiting = op.words("login.waiting")
        }
        // Another site could send a form here with words of its own, to be sent on in the name of whoever logs in.
        let sent = visit.isSentFromHere ? visit.form : FormInput()
        let next = sent.first("next") ?? visit.queried("next")
        if let next, isOurs(next, op) { page.hidden.append(HiddenValue(name: "next", value: next)) }
        if let kept = sent.first("kept") {
            page.hidden.append(HiddenValue(name: "kept", value: kept))
            page.kept = op.words("login.kept")
        }
        return page
    }

    /// Only to pages of the same municipality: a link to the login page must not lead to somebody else's site.
    static func isOurs(_ path: String, _ op: Operation) -> Bool {
        guard path.utf8.count <= 2000, path.hasPrefix(op.paths.base + "/"), LocalPath.isTarget(path) else {
            return false
        }
        return !path.hasPrefix(op.paths(.login)) && !path.hasPrefix(op.paths(.logout))
    }

    private struct Claim: Sendable {
        var login: String
        var user: ID<User>?
        /// Known for this account; nil for one of the crowd.
        var place: KnownPlace?
        var password: PasswordCheck
    }

    private struct Checked: Sendable {
        var claim: Claim
        var verdict: PasswordCheck.Verdict
    }

    private static let read: @Sendable (Visit, Operation) throws -> Claim = { visit, op in
        var input = InputReader(form: visit.form)
        let typedLogin = input.line("login", max: 200, required: true) ?? ""
        // As typed: spaces may belong to a password.
        let typed = visit.form.first("password") ?? ""
        if typed.isEmpty { input.fail("password", "required") }
        if typed.utf8.count > NewPassword.lengths.upperBound * 4 { input.fail("password", "login.failed") }
        try input.finish()
        let user = op.directory.account(typedLogin)?.id
        // Asked for an account that does not exist as well, so that the clock does not tell which ones do.
        let place = try KnownPlaces(of: user ?? ID(0)).place(of: visit, in: op)
        let claim = Claim(
            login: Login.folded(typedLogin), user: user, place: place,
            password: PasswordCheck(
                typed: typed, stored: try op.accounts.passwordHash(of: user ?? ID(0)),
                turn: place == nil ? .unknown(network: visit.network) : .known(user ?? ID(0), network: visit.network)))
        for (throttle, subject) in counters(of: claim, visit) { try throttle.check(subject, in: op) }
        return claim
    }

    /// What a wrong password counts for. A known place counts for itself alone, and waits for nobody else's guesses.
    private static func counters(of claim: Claim, _ visit: Visit) -> [(Throttle, String)] {
        guard let place = claim.place, let user = claim.user else {
            return [(.login, claim.login), (.loginAddress, visit.network)]
        }
        return [(.loginPlace, "\(user) \(place.stored)")]
    }

    private static let check: @Sendable (Claim, Installation) async throws -> Checked = { claim, installation in
        Checked(claim: claim, verdict: try await claim.password.verdict(in: installation))
    }

    private static let perform: @Sendable (Visit, Operation, Checked) throws -> Reply = { visit, op, checked in
        let claim = checked.claim
        let counters = counters(of: claim, visit)
        // Counted before it is known whether it was right: of many guesses at the same moment, only the free ones get
        // an answer.
        for (throttle, subject) in counters.dropFirst() { try throttle.check(subject, in: op) }
        try counters[0].0.count(counters[0].1, in: op)
        guard checked.verdict.isRight, let user = claim.user.flatMap({ op.directory.acting($0, on: op.today) })
        else {
            for (throttle, subject) in counters.dropFirst() { try throttle.count(subject, in: op) }
            var visit = visit
            visit.form.errors = [FieldError(field: nil, code: "login.failed")]
            var answer = Reply.page(try page(visit, op), status: .unprocessableContent)
            answer.security = SecurityEvent(.loginFailed, user: claim.user)
            return answer
        }
        try counters[0].0.forget(counters[0].1, in: op)
        if let renewed = checked.verdict.renewed { try op.accounts.storePassword(renewed, of: user.id) }
        // A session from before, perhaps somebody else's, ends here: nobody can have planted it.
        if let old = visit.cookies[SetCookie.session] { try Session.end(old, in: op) }
        let (session, token) = try Session.start(for: user.id, in: op)
        try op.audit(.loggedIn, user.login, by: user.id)
        var visit = visit
        visit.session = session
        let colleague = op.acting(as: .user(user), for: visit)
        let answer =
            try op.accounts.mustChangePassword(user.id)
            ? ChooseOwnPassword.page(visit, colleague) : goOn(visit, user, colleague)
        return answer.with(SetCookie(name: SetCookie.session, value: token))
            .with(try KnownPlaces(of: user.id).remember(visit, in: op))
    }

    /// Where one was going; with what one was writing when the session ended, if there was anything. What somebody else
    /// was writing is not shown, and that is said.
    static func goOn(_ visit: Visit, _ user: User, _ op: Operation) throws -> Reply {
        let next = visit.form.first("next").flatMap { isOurs($0, op) ? $0 : nil }
        guard let next else { return .redirect(op.accounts.home(of: user)) }
        guard let kept = visit.form.first("kept").flatMap({ OpenedForm($0, in: op) }) else { return .redirect(next) }
        guard FormToken.isOf(user.id, kept.writer, secret: op.installation.secret) else {
            return .redirect(op.accounts.home(of: user), flash: "kept_for_another")
        }
        return .page(try kept.form.page(to: next, heading: op.words("again.heading"), visit, in: op))
    }
}

extension Directory {
    /// Who logs in by this name; nil when nobody does who still works here. As it was given first, then in any form
    /// that is the same login.
    func account(_ typed: String) -> User? {
        let small = typed.lowercased()
        if let same = activePeople.first(where: { $0.login == small }) { return same }
        let folded = Login.folded(typed)
        return activePeople.first { Login.folded($0.login) == folded }
    }
}

extension AccountFacade {
    /// Where somebody's work begins.
    func home(of user: User) -> String {
        if user.may(.seeAllCases) { return paths(.intake) }
        let hasCases = user.may(.handleCases) || user.may(.registerContacts) || user.may(.routeCases)
        return !hasCases && user.permissions.contains(where: \.isAdministrative) ? paths(.admin) : paths(.mine)
    }

    func passwordHash(of user: ID<User>) throws -> String? {
        try tx.value("SELECT password FROM users WHERE municipality = \(tenant) AND id = \(user)")
    }

    func storePassword(_ hash: String, of user: ID<User>) throws {
        try tx.run("UPDATE users SET password = \(hash) WHERE municipality = \(tenant) AND id = \(user)")
    }

    /// Whether the password is one that somebody else chose.
    func mustChangePassword(_ user: ID<User>) throws -> Bool {
        try tx.value("SELECT must_change_password FROM users WHERE municipality = \(tenant) AND id = \(user)") ?? false
    }

    /// - Parameter isOwn: chosen by the person; else it has to be changed before anything else, and who set it is kept:
    ///   that the person has chosen their own does not say who that was.
    func setPassword(_ hash: String, of user: ID<User>, isOwn: Bool) throws {
        try storePassword(hash, of: user)
        try tx.run(
            "UPDATE users SET must_change_password = \(!isOwn) WHERE municipality = \(tenant) AND id = \(user)")
        guard !isOwn else { return }
        try tx.run(
            "UPDATE users SET password_set_by = \(actor.userID) WHERE municipality = \(tenant) AND id = \(user)")
        try op.organisation.touch()
    }

    /// A second person has said yes to what `setter` had a hand in, and nothing of it is open any more.
    func settlePassword(of user: ID<User>, setBy setter: ID<User>) throws {
        try tx.run(
            """
            UPDATE users SET password_set_by = NULL
            WHERE municipality = \(tenant) AND id = \(user) AND password_set_by = \(setter)
                AND NOT EXISTS (SELECT 1 FROM sight_grants WHERE municipality = \(tenant) AND user_id = \(user)
                    AND wanted_by = \(setter) AND state IN ('waiting', 'refused'))
            """)
    }
}
