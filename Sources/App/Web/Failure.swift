import Database
import Domain
import Foundation
import HTTPTypes
import Hummingbird

extension Installation {
    /// What a failed request gets: a page in the reader's language, or problem JSON. Nothing technical, no secret.
    func answer(to error: any Error, _ request: Request, isAPI: Bool) async -> Reply {
        let refusal = refusal(for: error, request)
        if isAPI { return problem(error, refusal) }
        let slug = request.uri.path.split(separator: "/").first.map(String.init) ?? ""
        let cookies = request.headers[values: .cookie].joined(separator: ";")
        let chosen = cookies.firstMatch(of: /torg_language=([a-z]{2})/).map { String($0.1) }
        let language = Language.choose(chosen: chosen, accepted: request.headers[.acceptLanguage], default: nil)
        return errorPage(refusal, slug: Municipality.isSlug(slug) ? slug : nil, language: language)
    }

    /// What the error means to whoever asked; anything unexpected is logged and told as "something went wrong".
    func refusal(for error: any Error, _ request: Request) -> Refusal? {
        switch error {
        case let refusal as Refusal: return refusal
        case let refusal as CaseRefusal: return .rule(refusal)
        case DatabaseError.unavailable(let seconds): return .unavailable(retryAfter: seconds)
        case DatabaseError.conflict: return .changedMeanwhile
        case is InputErrors: return nil
        case let error as HTTPError where error.status == .notFound: return .notFound
        case let error as HTTPError where error.status == .contentTooLarge: return .tooLarge
        default:
            logger.error("request failed", metadata: ["path": "\(request.uri.path)", "error": "\(error)"])
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
        if refusal == .notLoggedIn { answer.headers[.wwwAuthenticate] = "Bearer" }
        return answer
    }

    private func errorPage(_ refusal: Refusal?, slug: String?, language: String) -> Reply {
        let words = words(language)
        let status = refusal?.status ?? .internalServerError
        // By code where it has words of its own, else by status.
        let key =
            [
                "problem.\(refusal?.code ?? "")", "problem.\(status.code)",
                status.kind == .clientError ? "problem.404" : "",
            ]
            .first { words.has($0 + ".heading") } ?? "problem.500"
        var link = slug.map { "/" + $0 } ?? "/"
        if case .formAlreadySent(let location) = refusal { link = location }
        let frame = Frame(
            language: language, municipality: "Torg", base: slug.map { "/" + $0 } ?? "", title: words(key + ".heading"),
            form: "")
        var answer = Reply.page(
            ErrorPage(
                frame: frame, status: "\(status.code)", heading: words(key + ".heading"), text: words(key + ".text"),
                advice: words(key + ".advice"), linkURL: link, linkText: words("problem.home")),
            status: status)
        if let seconds = refusal?.retryAfter { answer.headers[.retryAfter] = "\(seconds)" }
        if case .methodNotAllowed(let allowed) = refusal { answer.headers[.allow] = allowed.joined(separator: ", ") }
        return answer
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
            type: "about:blank", title: words.has(key) ? words(key, ["field": ""]) : code, status: status, code: code,
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
