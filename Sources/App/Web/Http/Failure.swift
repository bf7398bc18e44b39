import Database
import Domain
import Foundation
import HTTPTypes
import Hummingbird

extension Installation {
    /// What a failed request gets: a page in the reader's language, or problem JSON. Nothing technical, no secret.
    func answer(to error: any Error, _ visit: Visit, isAPI: Bool) async -> Reply {
        let refusal = refusal(for: error, visit)
        if let event = SecurityEvent(error, visit) { await note(event, visit) }
        if isAPI { return problem(error, refusal) }
        var visit = visit
        visit.language = visit.languageOfForm ?? visit.language
        var page = await errorPage(refusal, visit)
        page.keep(visit, canBeSentAgain: refusal?.isPassing ?? true)
        var answer = Reply.page(page, status: refusal?.status ?? .internalServerError)
        if let seconds = refusal?.retryAfter { answer.headers[.retryAfter] = "\(seconds)" }
        if case .methodNotAllowed(let allowed) = refusal { answer.headers[.allow] = allowed.joined(separator: ", ") }
        if refusal == .codedBody { answer.headers[.acceptEncoding] = "identity" }
        return answer
    }

    /// What the error means to whoever asked; anything unexpected is logged and told as "something went wrong".
    private func refusal(for error: any Error, _ visit: Visit) -> Refusal? {
        switch error {
        case let refusal as Refusal: return refusal
        case let refusal as CaseRefusal: return .rule(refusal)
        case DatabaseError.conflict: return .changedMeanwhile
        // A form comes back by itself; what is left was wrong with the address.
        case is InputErrors: return .unreadable
        case is NoSuchMunicipality: return .notFound
        case let error as DatabaseError where error.retryAfter != nil:
            logStorage(error)
            return error.retryAfter.map { .unavailable(retryAfter: $0) }
        case let error as HTTPError where error.status == .notFound: return .notFound
        case let error as HTTPError where error.status == .contentTooLarge: return .tooLarge
        case let error as HTTPError where error.status.kind == .clientError: return .unreadable
        default:
            // The path names municipality and case; the query, which may hold a key, is left out.
            let path = (try? visit.parameter("secret")).map { visit.path.replacing($0, with: "…") } ?? visit.path
            logger.error("request failed", metadata: ["path": "\(path)", "error": "\(error)"])
            return nil
        }
    }

    func problem(_ error: any Error, _ refusal: Refusal?) -> Reply {
        if let errors = error as? InputErrors {
            return Problem(status: 422, code: "input.invalid", errors: errors.errors).answer(words("en"))
        }
        guard let refusal else { return Problem(status: 500, code: "internal").answer(words("en")) }
        var problem = Problem(status: refusal.status.code, code: refusal.code)
        if case .rule(let rule) = refusal, let field = rule.field {
            problem.errors = [FieldError(field: field, code: rule.rawValue)]
        }
        var answer = problem.answer(words("en"))
        if let seconds = refusal.retryAfter { answer.headers[.retryAfter] = "\(seconds)" }
        if case .methodNotAllowed(let allowed) = refusal { answer.headers[.allow] = allowed.joined(separator: ", ") }
        if refusal == .codedBody { answer.headers[.acceptEncoding] = "identity" }
        if refusal == .notLoggedIn { answer.headers[.wwwAuthenticate] = "Bearer" }
        return answer
    }

    /// With the municipality's name and links where there is one, and for colleagues with their lists.
    private func errorPage(_ refusal: Refusal?, _ visit: Visit) async -> ErrorPage {
        let slug = visit.path.split(separator: "/").first.map(String.init) ?? ""
        var isDatabaseUp = true
        if case .unavailable = refusal { isDatabaseUp = false }
        if isDatabaseUp, let id = try? await directories.find(slug, in: database),
            let page = try? await read(id, { try errorPage(refusal, visit, in: $0) })
        {
            return page
        }
        let language = Language.choose(
            chosen: visit.language, accepted: visit.headers[.acceptLanguage], default: nil)
        let words = words(language)
        let frame = Frame(language: language, municipality: "Torg", base: "", title: "", form: "")
        return ErrorPage(frame: frame, words: words, status: status(of: refusal), code: code(of: refusal))
    }

    private func errorPage(_ refusal: Refusal?, _ visit: Visit, in opened: Operation) throws -> ErrorPage {
        let session = try opened.session(of: visit)
        let op = opened.acting(as: session.map { .user($0.user) } ?? .citizen, for: visit)
        var visit = visit
        visit.session = session?.session.id
        return ErrorPage(
            frame: try op.frame(visit, title: ""), words: op.words, status: status(of: refusal), code: code(of: refusal)
        )
    }

    private func status(of refusal: Refusal?) -> Int { refusal?.status.code ?? 500 }

    /// The words that fit best: those for the code, else for the status, else for what kind of status it is.
    private func code(of refusal: Refusal?) -> String {
        let status = status(of: refusal)
        return [refusal?.code ?? "", "\(status)", status < 500 ? "400" : "500"]
            .first { words("en").has("problem.\($0).heading") } ?? "500"
    }
}

/// RFC 9457.
struct Problem {
    var status: Int
    /// Stable; programs go by it.
    var code: String
    var errors: [FieldError] = []

    func answer(_ words: Words) -> Reply {
        let key = "error." + code
        let body = Body(
            type: "about:blank", title: words.has(key) ? words(key) : code, status: status, code: code,
            errors: errors.isEmpty ? nil : errors.map { .init(field: $0.field, code: $0.code) })
        let data = (try? JSON.encode(body)) ?? Data("{}".utf8)
        return Reply(
            status: .init(code: status), body: .data(data, type: "application/problem+json"))
    }

    private struct Body: Encodable {
        var type: String
        var title: String
        var status: Int
        var code: String
        var errors: [Field]?

        struct Field: Encodable {
            var field: String?
            var code: String
        }
    }
}
