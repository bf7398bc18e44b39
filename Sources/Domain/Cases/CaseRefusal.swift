/// Why a rule says no. The raw value is the stable code in the API.
public enum CaseRefusal: String, Error, Sendable, Hashable, CaseIterable {
    case alreadyAcknowledged = "case.already_acknowledged"
    case closed = "case.closed"
    /// By the municipality's decision.
    case erased = "case.erased"
    case notClosed = "case.not_closed"
    case notParked = "case.not_parked"
    case notWaiting = "case.not_waiting"
    case measureAlreadyDone = "measure.already_done"
    /// No contractor has the case.
    case notContracted = "contractor.none"
    /// A confidential case stays inside the municipality.
    case contractorConfidential = "contractor.confidential"
    case untilPassed = "parking.until_passed"
    case answerRequired = "closure.answer_required"
    case reasonRequired = "closure.reason_required"
    case measureRequired = "closure.measure_required"
    case authorityRequired = "closure.authority_required"
    /// Nothing has been said that anybody could be told of.
    case nothingToTell = "told.nothing_to_tell"
    case alreadyTold = "told.already_told"
    /// Before the case came in, or was opened again.
    case toldTooEarly = "told.too_early"

    /// True when the request was understood but something in it is missing (422); false when the state forbids (409).
    public var isAboutInput: Bool {
        switch self {
        case .untilPassed, .answerRequired, .reasonRequired, .measureRequired, .authorityRequired,
            .contractorConfidential, .toldTooEarly:
            true
        case .alreadyAcknowledged, .closed, .erased, .notClosed, .notParked, .notWaiting, .measureAlreadyDone,
            .notContracted,
            .nothingToTell, .alreadyTold:
            false
        }
    }

    /// The field the person has to look at, if there is one.
    public var field: String? {
        switch self {
        case .untilPassed: "until"
        case .answerRequired: "answer"
        case .reasonRequired: "reason"
        case .measureRequired: "measure_what"
        case .authorityRequired: "authority"
        case .contractorConfidential: "contractor"
        case .toldTooEarly: "told_at"
        default: nil
        }
    }
}
