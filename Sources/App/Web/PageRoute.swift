import Domain
import Foundation
import HTTPTypes

/// What a page handler does within its transaction.
typealias PageHandler = @Sendable (Visit, Operation) throws -> Reply

/// Whom a page is for.
enum Audience: Sendable {
    case citizens
    /// Colleagues who are logged in, and have the permission if one is named.
    case staff(Permission?)
}

extension Route {
    /// A page that is only read.
    static func page(_ path: String, for audience: Audience, _ show: @escaping PageHandler) -> Route {
        Route(.get, path) { visit, installation in
            try await PageRequest(visit, audience, installation).show(show)
        }
    }

    /// A form: checked, used once, carried out in one transaction; shown again with what was typed when something is
    /// wrong with it.
    ///
    /// - Parameters:
    ///   - method: `delete` is sent as POST with the field `_method`.
    ///   - form: the form's id on a page with several.
    ///   - show: the page the form stands on.
    static func form(
        _ method: HTTPRequest.Method = .post, _ path: String, for audience: Audience, form: String? = nil,
        show: @escaping PageHandler, perform: @escaping PageHandler
    ) -> Route {
        Route(method, path) { visit, installation in
            var visit = visit
            visit.returnedForm = form
            return try await PageRequest(visit, audience, installation).perform(perform, elseShow: show)
        }
    }
}

/// A request for a page or from a form, on its way through municipality, language, session and form token.
private struct PageRequest {
    var visit: Visit
    let audience: Audience
    let installation: Installation
    let municipality: ID<Municipality>

    init(_ visit: Visit, _ audience: Audience, _ installation: Installation) async throws {
        let found = try await installation.directories.find(
            try visit.parameter("municipality"), in: installation.database)
        guard let found else { throw Refusal.notFound }
        municipality = found
        self.visit = visit
        self.audience = audience
        self.installation = installation
        let asked = visit.queried("language")
        self.visit.language = asked ?? visit.cookies[SetCookie.language]
    }

    func show(_ show: @escaping PageHandler) async throws -> Reply {
        let visitor = visit.cookies[SetCookie.visitor] ?? Secret.random(bytes: 16)
        let outcome = try await installation.read(municipality) { tx in
            try run(show, in: tx, visitor: visitor)
        }
        var answer = outcome.answer
        if visit.cookies[SetCookie.visitor] == nil {
            answer.cookies.append(.init(name: SetCookie.visitor, value: visitor))
        }
        if visit.cookies[SetCookie.flash] != nil { answer.cookies.append(.removing(SetCookie.flash)) }
        if let language = visit.queried("language"), Catalogues.languages.contains(language) {
            answer.cookies.append(.init(name: SetCookie.language, value: language, seconds: 365 * 86_400))
        }
        return try await keepUp(outcome.session, answer)
    }

    func perform(_ perform: @escaping PageHandler, elseShow show: @escaping PageHandler) async throws -> Reply {
        var request = self
        try request.visit.readForm()
        do {
            return try await installation.write(municipality) { [request] op in
                try request.run(perform, in: op, visitor: request.visit.cookies[SetCookie.visitor] ?? "", isForm: true)
            }.answer
        } catch let error as InputErrors {
            request.visit.form.errors = error.errors
            return try await request.showAgain(show, .unprocessableContent)
        } catch let refusal as CaseRefusal {
            request.visit.form.errors = [FieldError(field: refusal.field, code: refusal.rawValue)]
            return try await request.showAgain(show, Refusal.rule(refusal).status)
        } catch let refusal as Refusal
            where [.formForged, .changedMeanwhile].contains(refusal) || refusal.retryAfter != nil
        {
            request.visit.form.errors = [FieldError(field: nil, code: refusal.code)]
            return try await request.showAgain(show, refusal.status)
        }
    }

    private func showAgain(_ show: @escaping PageHandler, _ status: HTTPResponse.Status) async throws -> Reply {
        var answer = try await self.show(show)
        if answer.status == .ok { answer.status = status }
        return answer
    }

    private struct Outcome: Sendable {
        var answer: Reply
        var session: Session?
    }

    private func run(
        _ handler: PageHandler, in opened: Operation, visitor: String, isForm: Bool = false
    ) throws -> Outcome {
        var visit = visit
        visit.visitor = visitor
        var actor = Actor.citizen
        var session: Session?
        if case .staff = audience {
            session = try visit.cookies[SetCookie.session].flatMap {
                try Session.find($0, of: municipality, at: opened.now, in: opened.tx)
            }
            guard let session, let colleague = opened.directory.people[session.user], colleague.user.isActive else {
                return Outcome(answer: toLogin(opened), session: nil)
            }
            actor = .user(colleague.user)
            visit.visitor = "session \(session.id)"
        }
        let op = Operation(
            tx: opened.tx, installation: installation, directory: opened.directory, actor: actor,
            language: language(for: actor, opened.directory), now: opened.now, readings: opened.readings)
        if case .staff(let permission?) = audience { try op.require(permission) }
        if isForm {
            let token = visit.form.first("form")
            try FormToken.check(token, for: visit.visitor, at: op.now, secret: installation.secret)
            try FormToken.use(token ?? "", leadingTo: op.paths.base, in: op)
        }
        return Outcome(answer: try handler(visit, op), session: session)
    }

    private func language(for actor: Actor, _ directory: Directory) -> String {
        if case .user(let user) = actor, visit.language == nil, let own = user.language { return own }
        return Language.choose(
            chosen: visit.language, accepted: visit.headers[.acceptLanguage], default: directory.municipality.language)
    }

    /// Back to where one was going, once logged in.
    private func toLogin(_ op: Operation) -> Reply {
        let wanted = visit.method == .get ? "?next=" + URLEncoded.encode(visit.path) : ""
        return .redirect(op.paths.login + wanted)
    }

    private func keepUp(_ session: Session?, _ answer: Reply) async throws -> Reply {
        guard let session, let token = visit.cookies[SetCookie.session], session.needsUpkeep(at: installation.now())
        else { return answer }
        let next = try await installation.write(municipality) { try session.keepUp(token, in: $0) }
        guard let next else { return answer }
        return answer.with(.init(name: SetCookie.session, value: next))
    }
}
