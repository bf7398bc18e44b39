import Domain
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
    /// A page. Looking at it changes nothing.
    static func page<Value>(
        _ address: Address<Value>, for audience: Audience, _ show: @escaping PageHandler
    ) -> Route {
        Route(.get, address, for: audience) { visit, installation in
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
    static func form<Value>(
        _ method: HTTPRequest.Method = .post, _ address: Address<Value>, for audience: Audience, form: String? = nil,
        show: @escaping PageHandler, perform: @escaping PageHandler
    ) -> Route {
        Route(method, address, for: audience) { visit, installation in
            var visit = visit
            visit.returnedForm = form
            return try await PageRequest(visit, audience, installation).perform(elseShow: show) { request in
                try await request.write(perform)
            }
        }
    }

    /// A form with work between two transactions that must hold neither up, such as hashing a password.
    ///
    /// - Parameters:
    ///   - read: reads what the work needs, in a reading transaction. May refuse.
    ///   - work: outside any transaction.
    ///   - perform: as for any form, with what the work gave. What `read` saw may have changed since.
    static func form<Value, Found: Sendable, Done: Sendable>(
        _ address: Address<Value>, for audience: Audience, form: String? = nil, show: @escaping PageHandler,
        read: @escaping @Sendable (Visit, Operation) throws -> Found,
        work: @escaping @Sendable (Found, Installation) async throws -> Done,
        perform: @escaping @Sendable (Visit, Operation, Done) throws -> Reply
    ) -> Route {
        Route(.post, address, for: audience) { visit, installation in
            var visit = visit
            visit.returnedForm = form
            return try await PageRequest(visit, audience, installation).perform(elseShow: show) { request in
                let found = try await request.check(read)
                let done = try await work(found, installation)
                return try await request.write { try perform($0, $1, done) }
            }
        }
    }
}
