import Database
import Domain

/// What a message in the outbox is for. Raw values are stored and stand in the keys of the words.
enum MessageKind: String, Sendable, CaseIterable, SQLConvertible {
    // To citizens.
    case receipt, status, feedback, question, reminder, answer, forwarded, reopened
    case followCode = "follow_code"

    // To colleagues, about a case.
    case acute, contracted
    case passedOn = "passed_on"
    case caseReopened = "case_reopened"
    case citizenWrote = "citizen_wrote"
    case contactJoined = "contact_joined"
    case contractorDid = "contractor_did"

    // To colleagues, about many cases.
    case alerts
    case reportOpen = "report_open"
    case reportOverdue = "report_overdue"
    case reportLeader = "report_leader"

    // To colleagues, about who may see what.
    case sightWanted = "sight_wanted"
    case sightConfirmed = "sight_confirmed"
    case sightRefused = "sight_refused"
    case sightDoubted = "sight_doubted"
    case ownerChanged = "owner_changed"
    case addressChanged = "address_changed"
    case addressChangedOther = "address_changed_other"
    case categoryMoved = "category_moved"
    case categoryOpened = "category_opened"
    case unitClosed = "unit_closed"
    case unitNamed = "unit_named"

    // To contractors.
    case contractorCase = "contractor_case"
    case contractorTold = "contractor_told"
    case contractorReminder = "contractor_reminder"

    typealias Audience = CaseFact.Message.Audience

    var audience: Audience {
        switch self {
        case .receipt, .status, .feedback, .question, .reminder, .answer, .forwarded, .reopened, .followCode: .citizen
        case .contractorCase, .contractorTold, .contractorReminder: .contractor
        case .acute, .contracted, .passedOn, .caseReopened, .citizenWrote, .contactJoined, .contractorDid, .alerts,
            .reportOpen, .reportOverdue, .reportLeader, .sightWanted, .sightConfirmed, .sightRefused, .sightDoubted,
            .ownerChanged, .addressChanged, .addressChangedOther, .categoryMoved, .categoryOpened, .unitClosed,
            .unitNamed:
            .colleague
        }
    }

    /// How urgent it is by itself; what is about an acute case that nobody has is acute, whatever its kind.
    var lane: Lane {
        switch self {
        // Of a code ten minutes are left.
        case .acute, .followCode: .acute
        case .alerts, .reportOpen, .reportOverdue, .reportLeader, .contractorReminder: .bulk
        default: .ordinary
        }
    }

    /// The words of a mail's heading and of its text.
    var subjectKey: String { "mail.\(rawValue).subject" }
    var bodyKey: String { "mail.\(rawValue).body" }
}

/// In what order messages leave. Raw values are stored; smaller ones go first.
enum Lane: Int, Sendable, CaseIterable, SQLConvertible {
    case acute, ordinary, bulk

    /// What a sender takes, in this order. Whatever there is much of and whichever server hangs, one is left for what is
    /// ordinary, and one for what is acute alone.
    static func served(by sender: Int) -> [Lane] {
        switch sender {
        case Installation.sendersAtOnce - 1: [.acute]
        case Installation.sendersAtOnce - 2: [.acute, .ordinary]
        default: allCases
        }
    }
}
