import Database
import Domain
import HTTPTypes

/// Why a form comes back with what was typed, instead of an error page.
struct FormReturn {
    var errors: [FieldError]
    var status: HTTPResponse.Status
    var retryAfter: Int?

    /// Nil for errors that do not belong to the form.
    init?(_ error: any Error) {
        let error: any Error =
            switch error {
            case DatabaseError.conflict: Refusal.changedMeanwhile
            default: (error as? DatabaseError)?.retryAfter.map { Refusal.unavailable(retryAfter: $0) } ?? error
            }
        switch error {
        case let error as InputErrors:
            errors = error.errors
            // A form may come back to be filled in further: then nothing is wrong with it.
            status = errors.isEmpty ? .ok : .unprocessableContent
        case let refusal as CaseRefusal:
            errors = [FieldError(field: refusal.field, code: refusal.rawValue)]
            status = Refusal.rule(refusal).status
        case Refusal.formAlreadySent(let location):
            errors = [FieldError(field: nil, code: "form.already_sent", url: location)]
            status = .conflict
        case Refusal.throttled(let seconds):
            let minutes = max(1, (seconds + 59) / 60)
            let code = minutes == 1 ? "throttled.one" : "throttled.other"
            errors = [FieldError(field: nil, code: code, values: ["count": "\(minutes)"])]
            status = .tooManyRequests
            retryAfter = seconds
        case let refusal as Refusal where [.formForged, .changedMeanwhile, .notFound].contains(refusal):
            errors = [FieldError(field: nil, code: refusal.code)]
            status = refusal.status
        case let refusal as Refusal where refusal.retryAfter != nil:
            errors = [FieldError(field: nil, code: refusal.code)]
            status = refusal.status
            retryAfter = refusal.retryAfter
        default: return nil
        }
    }
}
