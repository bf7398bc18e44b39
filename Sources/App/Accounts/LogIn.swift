import Domain
import Foundation

/// Logging in. The password is checked between two transactions, because that takes time on purpose.
enum LogIn {
    static let routes: [Route] = [
        .page("/:municipality/login", for: .citizens, show),
        .form("/:municipality/login", for: .citizens, show: show, read: read, work: check, perform: perform),
    ]

    static let show: PageHandler = { visit, op in
        let isFresh = visit.method == .get || visit.method == .head
        if isFresh, let (_, user) = try op.session(of: visit) { return .redirect(op.home(of: user)) }
        return .page(try page(visit, op))
    }

    private static func page(_ visit: Visit, _ op: Operation) throws -> LoginPage {
        let frame = try op.frame(visit, title: op.words("login.heading"))
        let logins = Set(op.directory.activePeople.map(\.login))
        let demo = ["agent", "handler", "leader", "admin"].filter { frame.isDemo && logins.contains($0) }
        var page = LoginPage(
            frame: frame, words: op.words, input: visit.form,
            demoAccounts: demo.map { DemoAccount(login: $0, text: op.words("login.demo." + $0)) },
            demoPassword: demo.isEmpty ? nil : DemoMunicipality.password)
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
        guard path.utf8.count <= 2000, path.hasPrefix(op.paths.base + "/") else { return false }
        return !path.hasPrefix(op.paths.login) && !path.hasPrefix(op.paths.logout)
            && path.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") } && !path.contains("//")
    }

    private struct Claim: Sendable {
        var login: String
        var user: ID<User>?
        var password: PasswordCheck
    }

    private struct Checked: Sendable {
        var claim: Claim
        var verdict: PasswordCheck.Verdict
    }

    private static let read: @Sendable (Visit, Operation) throws -> Claim = { visit, op in
        var input = InputReader(form: visit.form)
        let login = input.line("login", max: 200, required: true) ?? ""
        // As typed: spaces may belong to a password.
        let typed = visit.form.first("password") ?? ""
        if typed.isEmpty { input.fail("password", "required") }
        if typed.utf8.count > NewPassword.lengths.upperBound * 4 { input.fail("password", "login.failed") }
        try input.finish()
        try checkWait(login, visit, op)
        let user = op.directory.activePeople.first { $0.login.lowercased() == login.lowercased() }
        return Claim(
            login: login, user: user?.id,
            password: PasswordCheck(typed: typed, stored: try op.passwordHash(of: user?.id ?? ID(0))))
    }

    private static func checkWait(_ login: String, _ visit: Visit, _ op: Operation) throws {
        try Throttle.login.check(login, in: op)
        try Throttle.loginAddress.check(visit.network, in: op)
    }

    private static let check: @Sendable (Claim, Installation) async throws -> Checked = { claim, installation in
        Checked(claim: claim, verdict: try await claim.password.verdict(in: installation))
    }

    private static let perform: @Sendable (Visit, Operation, Checked) throws -> Reply = { visit, op, checked in
        let claim = checked.claim
        // Counted before it is known whether it was right: of many guesses at the same moment, only the free ones get
        // an answer.
        try Throttle.loginAddress.check(visit.network, in: op)
        try Throttle.login.count(claim.login, in: op)
        guard checked.verdict.isRight, let user = claim.user.flatMap({ op.directory.acting($0, on: op.today) })
        else {
            try Throttle.loginAddress.count(visit.network, in: op)
            var visit = visit
            visit.form.errors = [FieldError(field: nil, code: "login.failed")]
            return .page(try page(visit, op), status: .unprocessableContent)
        }
        try Throttle.login.forget(claim.login, in: op)
        if let renewed = checked.verdict.renewed { try op.storePassword(renewed, of: user.id) }
        // A session from before, perhaps somebody else's, ends here: nobody can have planted it.
        if let old = visit.cookies[SetCookie.session] { try Session.end(old, in: op) }
        let (session, token) = try Session.start(for: user.id, in: op)
        try op.audit(.loggedIn, user.login, by: user.id)
        let answer = try answer(visit, user, session, op)
        return answer.with(SetCookie(name: SetCookie.session, value: token))
    }

    /// Where one was going; with what one was writing when the session ended, if there was anything.
    private static func answer(
        _ visit: Visit, _ user: User, _ session: ID<Session>, _ op: Operation
    ) throws -> Reply {
        let next = visit.form.first("next").flatMap { isOurs($0, op) ? $0 : nil }
        guard let next else { return .redirect(op.home(of: user)) }
        guard let kept = visit.form.first("kept").flatMap(KeptForm.init) else { return .redirect(next) }
        var visit = visit
        visit.session = session
        let colleague = op.acting(as: .user(user), for: visit)
        return .page(
            try kept.page(to: next, heading: colleague.words("again.heading"), visit, in: colleague))
    }
}

extension Operation {
    /// Where somebody's work begins.
    func home(of user: User) -> String {
        if user.may(.seeAllCases) { return paths.intake }
        let hasCases = user.may(.handleCases) || user.may(.registerContacts) || user.may(.routeCases)
        return !hasCases && user.permissions.contains(where: \.isAdministrative) ? paths.admin : paths.mine
    }

    func passwordHash(of user: ID<User>) throws -> String? {
        try tx.value("SELECT password FROM users WHERE municipality = \(tenant) AND id = \(user)")
    }

    func storePassword(_ hash: String, of user: ID<User>) throws {
        try tx.run("UPDATE users SET password = \(hash) WHERE municipality = \(tenant) AND id = \(user)")
    }
}
