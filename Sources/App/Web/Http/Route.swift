import Database
import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// One address and what is done there.
struct Route: Sendable {
    typealias Handler = @Sendable (Visit, Installation) async throws -> Reply

    let method: HTTPRequest.Method
    /// With named parts, as in `/:municipality/cases/:number`.
    let path: String
    let handle: Handler
    /// Answers errors as problem JSON, not as pages.
    var isAPI = false
    /// Whom a page or form is for; nil for what is neither.
    var audience: Audience?

    init(
        _ method: HTTPRequest.Method, _ path: String, isAPI: Bool = false, for audience: Audience? = nil,
        handle: @escaping Handler
    ) {
        self.method = method
        self.path = path
        self.isAPI = isAPI
        self.audience = audience
        self.handle = handle
    }

    init<Value>(
        _ method: HTTPRequest.Method, _ address: Address<Value>, for audience: Audience? = nil,
        handle: @escaping Handler
    ) {
        self.init(method, address.pattern, for: audience, handle: handle)
    }
}

/// What Hummingbird passes along; Torg needs nothing but the peer's address.
public struct TorgContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    let peer: String?

    public init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress?.ipAddress
    }
}

extension Installation {
    /// Everything that Torg answers.
    public func responder() -> some HTTPResponder<TorgContext> {
        let router = Router(context: TorgContext.self)
        let all = Route.all
        let pages = Set(all.filter { $0.method == .get }.map(\.path))
        let methods: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options, .trace]
        for (path, routes) in Dictionary(grouping: all, by: \.path) {
            let byMethod = Dictionary(routes.map { ($0.method, $0) }) { route, _ in
                preconditionFailure("two routes for \(route.method) \(route.path)")
            }
            let isAPI = routes.contains(where: \.isAPI)
            for method in methods {
                let route = byMethod[method] ?? fallback(for: method, at: path, among: byMethod, pages)
                // HTML forms know only GET and POST; a field says what is meant.
                let deletion = method == .post && !isAPI ? byMethod[.delete] : nil
                router.on(RouterPath(path), method: method) { request, context in
                    await respond(to: request, context, route, deletion: deletion)
                }
            }
        }
        router.add(middleware: NotFoundMiddleware(installation: self))
        let responder = router.buildResponder()
        return CallbackResponder { request, context in
            let began = ContinuousClock.now
            let response = try await answer(request, context, methods, responder)
            requestCounts.note(response.status, since: began)
            return response
        }
    }

    private func answer(
        _ request: Request, _ context: TorgContext, _ methods: [HTTPRequest.Method],
        _ responder: some HTTPResponder<TorgContext>
    ) async throws -> Response {
        guard LocalPath.isPlain(Visit.split(request.head.path ?? "").path[...]) else {
            return await nowhere(request, context)
        }
        guard !methods.contains(request.method) else {
            return try await responder.respond(to: request, context: context)
        }
        // A method that Torg has never heard of is answered as one that is not allowed there.
        var head = request.head
        head.method = .trace
        return try await responder.respond(to: Request(head: head, body: request.body), context: context)
    }

    /// The answer for an address that leads nowhere and may be repeated nowhere.
    private func nowhere(_ request: Request, _ context: TorgContext) async -> Response {
        var head = request.head
        let isAPI = head.path?.hasPrefix("/api/") == true
        head.path = "/"
        let visit = Visit(Request(head: head, body: request.body), peer: context.peer)
        return await answer(to: Refusal.notFound, visit, isAPI: isAPI).response(for: visit, installation: self)
    }

    /// What answers a method that the address has no route for.
    private func fallback(
        for method: HTTPRequest.Method, at path: String, among routes: [HTTPRequest.Method: Route], _ pages: Set<String>
    ) -> Route {
        let isAPI = routes.values.contains(where: \.isAPI)
        if method == .head, let page = routes[.get] { return page }
        if method == .post, !isAPI, let deletion = routes[.delete] { return deletion }
        let isForm = !isAPI && routes[.get] == nil
        if isForm && (method == .get || method == .head) {
            // The address of a form that came back, opened anew: the page it stands on.
            let (parts, isNew) = Route.page(of: path, among: pages)
            return Route(method, path) { visit, _ in
                let language = visit.queried("language").map { "?language=" + URLEncoded.encode($0) } ?? ""
                let page = visit.path.split(separator: "/").prefix(parts).joined(separator: "/")
                return .redirect("/" + page + (isNew ? "/new" : "") + language)
            }
        }
        let allowed = (routes.keys.map(\.rawValue) + (routes[.get] != nil ? ["HEAD"] : [])).sorted()
        return Route(method, path, isAPI: isAPI) { _, _ in throw Refusal.methodNotAllowed(allowed: allowed) }
    }

    private func respond(
        to request: Request, _ context: TorgContext, _ route: Route, deletion: Route?
    ) async -> Response {
        let parameters = Dictionary(
            context.parameters.map { (String($0.key), URLEncoded.decode($0.value.utf8) ?? "") },
            uniquingKeysWith: { first, _ in first })
        var visit = Visit(
            request, parameters: parameters, peer: context.peer, isSecure: settings.usesTLS)
        do {
            try await visit.read(request)
            var chosen = route
            if let deletion {
                var sent = visit
                try sent.readForm()
                if sent.form.first("_method")?.uppercased() == "DELETE" { chosen = deletion }
            }
            let reply = try await chosen.handle(visit, self).done()
            if let event = reply.security { await note(event, visit) }
            return reply.response(for: visit, installation: self)
        } catch {
            return await answer(to: error, visit, isAPI: route.isAPI).response(for: visit, installation: self)
        }
    }
}

extension Route {
    /// Where the form of an address without a page stands: the page for a new one of its kind, else the nearest page
    /// above.
    ///
    /// - Returns: how many parts of the address lead there, and whether "new" follows.
    fileprivate static func page(of path: String, among pages: Set<String>) -> (parts: Int, isNew: Bool) {
        let parts = path.split(separator: "/")
        if pages.contains(path + "/new") { return (parts.count, true) }
        let nearest = (0..<parts.count).last { pages.contains("/" + parts.prefix($0).joined(separator: "/")) }
        return (nearest ?? 0, false)
    }
}

/// Unknown addresses.
private struct NotFoundMiddleware: RouterMiddleware {
    let installation: Installation

    func handle(
        _ request: Request, context: TorgContext, next: (Request, TorgContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            let visit = Visit(request, peer: context.peer, isSecure: installation.settings.usesTLS)
            let isAPI = visit.path.hasPrefix("/api/")
            return await installation.answer(to: Refusal.notFound, visit, isAPI: isAPI)
                .response(for: visit, installation: installation)
        }
    }
}
