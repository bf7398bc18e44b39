import Database
import Domain
import HTTPTypes

/// A request for a page or from a form, on its way through municipality, language, session and form token.
struct PageRequest {
    var visit: Visit
    var audience: Audience
    /// Shown also to whoever has to choose a password of their own first.
    private var isWayOut: Bool
    let installation: Installation
    let municipality: ID<Municipality>

    init(_ visit: Visit, _ audience: Audience, _ installation: Installation) async throws {
        let found = try await installation.directories.find(
            try visit.parameter("municipality"), in: installation.database)
        guard let found else { throw Refusal.notFound }
        municipality = found
        self.visit = visit
        self.audience = audience
        isWayOut = ChooseOwnPassword.isWayOut(visit.path, SitePath(municipality: try visit.parameter("municipality")))
        self.installation = installation
    }

    /// - Parameter writes: whether viewing the page writes anything; almost none does.
    func show(_ show: @escaping PageHandler, writes: Bool = false) async throws -> Reply {
        var visit = visit
        visit.visitor = visit.cookies[SetCookie.visitor] ?? Secret.random(bytes: 16)
        let visitor = visit.visitor
        let outcome: Outcome
        do {
            let body: @Sendable (Operation) throws -> Outcome = { [visit] op in
                try enter(visit, op) { Outcome(answer: try show($0, $1), session: $2) }
            }
            outcome =
                try await writes
                ? installation.write(municipality, body) : installation.read(municipality, body)
        } catch Refusal.notLoggedIn {
            return through(.login)
        } catch Refusal.passwordMustChange {
            return through(.ownPassword)
        }
        var answer = outcome.answer
        if visit.cookies[SetCookie.visitor] == nil {
            answer.cookies.append(.init(name: SetCookie.visitor, value: visitor))
        }
        // What it says is for the page that is shown, not for one that only leads there.
        if visit.cookies[SetCookie.flash] != nil, answer.headers[.location] == nil {
            answer.cookies.append(.removing(SetCookie.flash))
        }
        let chosen = visit.queried("language") ?? visit.form.first(ReturnedForm.language)
        if let language = chosen, Catalogues.languages.contains(language) {
            answer.cookies.append(.init(name: SetCookie.language, value: language, seconds: 365 * 86_400))
        }
        return try await keepUp(outcome.session, answer)
    }

    /// - Parameter body: carries out what the form asks; what it throws about the input brings the form back.
    func perform(
        elseShow show: @escaping PageHandler, _ body: (PageRequest) async throws -> Reply
    ) async throws -> Reply {
        var request = self
        try request.visit.readForm()
        // What another site, or a neighbouring host name, had written for somebody is not shown as theirs; nor is it
        // carried out, even with a good token: whoever made it could have somebody logged in as whom they choose.
        guard request.visit.isSentFromHere else { throw Refusal.formForged }
        var returned = ReturnedForm(to: visit.path, query: visit.rawQuery)
        do {
            if let language = request.visit.form.first(ReturnedForm.language) {
                // Nothing is carried out: the form comes back as it was sent.
                request.visit.language = language
                throw InputErrors(try await request.check(ReturnedForm.errorsBefore))
            }
            var answer = try await body(request)
            answer.offerLanguages(returned, installation.templates)
            return answer
        } catch Refusal.notLoggedIn {
            return try await request.showLogin()
        } catch Refusal.passwordMustChange {
            return try await request.showNewPassword()
        } catch {
            guard let why = FormReturn(error) else { throw error }
            request.visit.form.errors = why.errors
            var answer = try await request.show { visit, op in
                var visit = visit
                visit.form.errors = visit.form.errors.map { op.naming($0, in: visit.form) }
                return try show(visit, op)
            }
            answer.keep(KeptForm(request.visit).texts, installation.templates)
            try returned.seal(why.errors, of: municipality, installation.secret)
            answer.offerLanguages(returned, sent: request.visit.form, installation.templates)
            if answer.status == .ok { answer.status = why.status }
            answer.security = SecurityEvent(error, visit)
            if let seconds = why.retryAfter { answer.headers[.retryAfter] = "\(seconds)" }
            return answer
        }
    }

    /// The form's transaction: its token is used up with what it does, or not at all.
    func write(_ perform: @escaping PageHandler) async throws -> Reply {
        var visit = visit
        visit.visitor = visit.cookies[SetCookie.visitor] ?? ""
        let answer = try await installation.write(municipality) { [visit] op in
            try enter(visit, op) { visit, op, _ in
                let token = try checkToken(visit, op)
                try FormToken.use(token, in: op)
                let answer = try perform(visit, op)
                if let location = answer.repeatLocation ?? answer.headers[.location] {
                    try FormToken.note(token, ledTo: location, in: op)
                }
                return answer
            }
        }
        // Colleagues see what they did in the numbers beside their lists at once.
        if case .staff = audience { installation.forgetCounts(of: municipality) }
        return answer
    }

    func check<Found: Sendable>(
        _ read: @escaping @Sendable (Visit, Operation) throws -> Found
    ) async throws -> Found {
        var visit = visit
        visit.visitor = visit.cookies[SetCookie.visitor] ?? ""
        return try await installation.read(municipality) { [visit] op in
            try enter(visit, op) { visit, op, _ in
                _ = try checkToken(visit, op)
                return try read(visit, op)
            }
        }
    }

    private func checkToken(_ visit: Visit, _ op: Operation) throws -> String {
        let token = visit.form.first("form") ?? ""
        try FormToken.check(token, for: visit.reader, at: op.now, secret: installation.secret)
        return token
    }

    private struct Outcome: Sendable {
        var answer: Reply
        var session: Session?
    }

    /// Finds out who it is and whether they may. Throws `notLoggedIn` where a session is needed and there is none.
    private func enter<Value>(
        _ visit: Visit, _ opened: Operation, _ body: (Visit, Operation, Session?) throws -> Value
    ) throws -> Value {
        var visit = visit
        guard case .staff(let permission) = audience else {
            return try body(visit, opened.acting(as: .citizen, for: visit), nil)
        }
        guard let (session, user) = try opened.session(of: visit) else { throw Refusal.notLoggedIn }
        if session.mustChangePassword, !isWayOut { throw Refusal.passwordMustChange }
        visit.session = session.id
        let op = opened.acting(as: .user(user), for: visit)
        if let permission { try op.require(permission) }
        return try body(visit, op, session)
    }

    /// Through another page first, and then to where one was going.
    private func through(_ page: Address<Void>) -> Reply {
        let first = SitePath(municipality: visit.parameters["municipality"] ?? "")(page)
        guard visit.method == .get else { return .redirect(first) }
        let query = visit.query(without: ["language"])
        return .redirect(first + "?next=" + URLEncoded.encode(visit.path + (query.isEmpty ? "" : "?" + query)))
    }

    /// The session has ended while somebody was writing: what they wrote goes through the login page, where nobody can
    /// read it, and comes back to whoever wrote it.
    private func showLogin() async throws -> Reply {
        guard var request = try keeping() else { return through(.login) }
        request.audience = .citizens
        var answer = try await request.show(LogIn.show)
        answer.offerLanguages(
            ReturnedForm(to: SitePath(municipality: try visit.parameter("municipality"))(.login)),
            sent: request.visit.form,
            installation.templates)
        if answer.status == .ok { answer.status = .unauthorized }
        return answer
    }

    /// Somebody else has set the password while they were writing: likewise, until they have chosen their own.
    private func showNewPassword() async throws -> Reply {
        guard var request = try keeping() else { return through(.ownPassword) }
        request.audience = .staff(nil)
        request.isWayOut = true
        var answer = try await request.show(ChooseOwnPassword.page)
        answer.offerLanguages(
            ReturnedForm(to: SitePath(municipality: try visit.parameter("municipality"))(.ownPassword)),
            sent: request.visit.form, installation.templates)
        if answer.status == .ok { answer.status = .forbidden }
        return answer
    }

    /// The request with nothing in its form but what was being written, sealed, and where it was going; nil when nothing
    /// was.
    private func keeping() throws -> PageRequest? {
        let kept = KeptForm(visit)
        guard visit.isSentFromHere, !kept.isEmpty else { return nil }
        let sealed = try kept.sealed(
            by: visit.form.first("form") ?? "", of: municipality, secret: installation.secret)
        var request = self
        request.visit.form = FormInput(values: ["kept": [sealed], "next": [visit.path]])
        return request
    }

    private func keepUp(_ session: Session?, _ answer: Reply) async throws -> Reply {
        guard let session, let token = visit.cookies[SetCookie.session], session.needsUpkeep(at: installation.now())
        else { return answer }
        let next: String?
        do {
            next = try await installation.write(municipality) { try session.keepUp(token, in: $0) }
        } catch let error as DatabaseError where error.retryAfter != nil {
            // While nothing can be stored, what is there can still be read.
            return answer
        }
        return next.map { answer.with(.init(name: SetCookie.session, value: $0)) } ?? answer
    }
}
