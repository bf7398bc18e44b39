import Database
import Domain

extension Alert {
    /// What kind of thing it tells. The raw value is stored, and the words of all but deadlines are `alert.<raw value>`.
    enum Kind: Sendable, Hashable, CaseIterable, RawRepresentable, SQLConvertible {
        case deadline(DeadlineKind)
        /// An acute case has come.
        case acute
        /// A message about the case did not arrive. The alert stands until all did, and of those to reporters until
        /// somebody says how they were told.
        case missed(MessageKind.Audience)
        case contactJoined
        case contractor(ContractorStep)

        static let allCases: [Kind] =
            DeadlineKind.allCases.map(Kind.deadline) + [.acute] + MessageKind.Audience.allCases.map(Kind.missed)
            + [.contactJoined] + ContractorStep.allCases.map(Kind.contractor)

        private static let byRawValue = Dictionary(uniqueKeysWithValues: allCases.map { ($0.rawValue, $0) })

        init?(rawValue: String) {
            guard let kind = Self.byRawValue[rawValue] else { return nil }
            self = kind
        }

        var rawValue: String {
            switch self {
            case .deadline(let kind): kind.rawValue
            case .acute: "acute"
            case .missed(.citizen): "message_missed"
            case .missed(.colleague): "colleague_missed"
            case .missed(.contractor): "contractor_missed"
            case .contactJoined: "contact_joined"
            case .contractor(.asked): "contractor_asked"
            case .contractor(.acknowledged): "contractor_acknowledged"
            case .contractor(.done): "contractor_done"
            case .contractor(.feedback): "contractor_feedback"
            case .contractor(.feedbackUntold): "contractor_feedback_untold"
            case .contractor(.handedBack): "contractor_handed_back"
            case .contractor(.late): "contractor_late"
            }
        }

        /// Whether there is something to do, after which it stands no more; the others stay news.
        var isSettledByDoing: Bool {
            switch self {
            case .deadline, .acute, .missed: true
            case .contactJoined, .contractor: false
            }
        }
    }

    /// What one alert tells: its kind, and which of that kind it is.
    enum News: Sendable, Hashable {
        case deadline(DeadlineKind, Reminder.Step)
        case acute
        case missed(MessageKind.Audience, ID<OutboxMessage>)
        case contactJoined(ID<Contact>)
        case contractor(ContractorStep)

        init(_ reminder: Reminder) { self = .deadline(reminder.kind, reminder.step) }

        /// As it is stored: nil for a step that the kind does not have.
        init?(_ kind: Kind, step: String) {
            switch kind {
            case .deadline(let kind):
                guard let step = Reminder.Step(rawValue: step) else { return nil }
                self = .deadline(kind, step)
            case .acute: self = .acute
            case .missed(let audience):
                guard let message = ID<OutboxMessage>(text: step) else { return nil }
                self = .missed(audience, message)
            case .contactJoined:
                guard let contact = ID<Contact>(text: step) else { return nil }
                self = .contactJoined(contact)
            case .contractor(let step): self = .contractor(step)
            }
        }

        var kind: Kind {
            switch self {
            case .deadline(let kind, _): .deadline(kind)
            case .acute: .acute
            case .missed(let audience, _): .missed(audience)
            case .contactJoined: .contactJoined
            case .contractor(let step): .contractor(step)
            }
        }

        /// Tells alerts of one kind apart, so that each is left once.
        var step: String {
            switch self {
            case .deadline(_, let step): step.rawValue
            case .acute: kind.rawValue
            case .missed(_, let message): "\(message)"
            case .contactJoined(let contact): "\(contact)"
            case .contractor(let step): step.rawValue
            }
        }

        /// Of a deadline.
        var reminderStep: Reminder.Step? { if case .deadline(_, let step) = self { step } else { nil } }
    }
}
