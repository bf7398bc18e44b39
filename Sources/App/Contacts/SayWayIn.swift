import Database
import Domain

/// What somebody who told of a confidential case hears, with whoever registers it on the line: which message goes to them,
/// and with what they get into the case. And what whoever registers has to do where they do not.
struct SayWayIn: Sendable {
    private(set) var say: [String] = []
    private(set) var warning: String?

    /// Of a case that the reader may not read: as it was when they called. What its unit has put right or agreed since
    /// does not show.
    init(_ contact: Contact, keptIn kept: Case, in op: Operation) throws {
        let told = try op.history.events(of: kept.id).first {
            $0.event.fact.contact == contact.id && $0.event.fact.wayIn != nil
        }
        guard let told, let wayIn = told.event.fact.wayIn else { return }
        let receipt = try op.cases.mails(about: kept.id).first { $0.isReceipt && $0.event == told.id }
        if let receipt, wayIn != .held {
            say.append(op.words(receipt.medium == .sms ? "contact.say.kept.sms" : "contact.say.kept.mail"))
        }
        add(wayIn, hasLink: receipt != nil, warning: "contact.kept.none", op.words)
    }

    /// Of a case that the reader may read: as it is.
    ///
    /// - Parameter mayAgree: whether the reader may agree a word.
    init(_ contact: Contact, about found: Case, mayAgree: Bool, in op: Operation) throws {
        // Whoever was joined from outside is called by the unit, which the case's page says.
        guard found.isConfidential, let door = try FollowDoor(found, contact.id, in: op) else { return }
        add(
            op.citizens.wayIn(for: door.person, hasWord: door.hasWord), hasLink: op.outbox.way(to: door.person) != nil,
            warning: mayAgree ? "contact.kept.none.own" : "contact.kept.none", op.words)
    }

    private mutating func add(_ wayIn: WayIn, hasLink: Bool, warning key: String, _ words: Words) {
        let by = hasLink ? "link" : "number"
        switch wayIn {
        case .word: say.append(words("contact.say.kept.word." + by))
        case .code: say.append(words("contact.say.kept.code." + by))
        case .held: say.append(words("contact.say.kept.held"))
        case .nothing:
            if key == "contact.kept.none" { say.append(words("contact.say.kept.none")) }
            warning = words(key)
        }
    }
}
