import Database
import Domain
import HTTPTypes

/// Why a request is not carried out, where it is not about a single field.
enum Refusal: Error, Sendable, Hashable {
    case notFound
    case notLoggedIn
    case forbidden
    /// Nothing can be done before one has chosen a password of one's own.
    case passwordMustChange
    /// The form was not made here, for this reader, or is too old.
    case formForged
    /// The same form came before; where its answer stands.
    case formAlreadySent(location: String?)
    /// Somebody else changed it since the page was shown.
    case changedMeanwhile
    case tooLarge
    case unreadable
    case unsupportedMediaType
    /// A body that is packed or coded.
    case codedBody
    case methodNotAllowed(allowed: [String])
    case throttled(retryAfter: Int)
    case unavailable(retryAfter: Int)
    /// The idempotency key stands for another request.
    case idempotencyKeyReused
    case rule(CaseRefusal)

    var status: HTTPResponse.Status {
        switch self {
        case .notFound: .notFound
        case .notLoggedIn: .unauthorized
        case .forbidden, .formForged, .passwordMustChange: .forbidden
        case .formAlreadySent, .changedMeanwhile: .conflict
        case .tooLarge: .contentTooLarge
        case .unreadable: .badRequest
        case .unsupportedMediaType, .codedBody: .unsupportedMediaType
        case .methodNotAllowed: .methodNotAllowed
        case .throttled: .tooManyRequests
        case .unavailable: .serviceUnavailable
        case .idempotencyKeyReused: .unprocessableContent
        case .rule(let refusal): refusal.isAboutInput ? .unprocessableContent : .conflict
        }
    }

    /// The same thing may go well a moment later.
    var isPassing: Bool {
        switch self {
        case .unavailable, .throttled, .changedMeanwhile: true
        default: false
        }
    }

    /// The stable code in problem JSON; words for it stand in the catalogues under `error.<code>`.
    var code: String {
        switch self {
        case .notFound: "not_found"
        case .notLoggedIn: "not_logged_in"
        case .forbidden: "forbidden"
        case .passwordMustChange: "password_must_change"
        case .formForged: "form.forged"
        case .formAlreadySent: "form.already_sent"
        case .changedMeanwhile: "case.changed_meanwhile"
        case .tooLarge: "too_large"
        case .unreadable: "unreadable"
        case .unsupportedMediaType, .codedBody: "unsupported_media_type"
        case .methodNotAllowed: "method_not_allowed"
        case .throttled: "throttled"
        case .unavailable: "unavailable"
        case .idempotencyKeyReused: "idempotency_key.reused"
        case .rule(let refusal): refusal.rawValue
        }
    }

    var retryAfter: Int? {
        switch self {
        case .throttled(let seconds), .unavailable(let seconds): seconds
        default: nil
        }
    }
}

/// What is wrong with the fields of a form or a JSON body; nothing was stored.
struct InputErrors: Error, Sendable {
    var errors: [FieldError]

    init(_ errors: [FieldError]) { self.errors = errors }

    init(_ field: String?, _ code: String) { errors = [FieldError(field: field, code: code)] }
}
