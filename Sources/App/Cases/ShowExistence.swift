import Database
import Domain

/// A confidential case as somebody knows it who may not read it: its number, that it is confidential, with whom it is,
/// and a telephone number to give to the caller (R1.7). Nothing that is told here ever changes with what happens to it,
/// but the unit.
struct Existence: Sendable {
    let number: CaseNumber
    /// Nil where the unit's name alone would tell what is confidential.
    let unit: String?
    /// The unit's own; the contact centre's where the unit has none or is not named. Nil where neither has one.
    let phone: String?
    /// The number is the unit's, so that those who have the case answer there.
    private let isOwnPhone: Bool

    init(of subject: Case, in op: Operation) {
        number = subject.number
        let unit = op.directory.units[subject.unit]
        let isNamed = unit.map { !$0.isDiscreet } ?? false
        self.unit = isNamed ? unit?.name : nil
        let own = isNamed ? unit?.phone : nil
        isOwnPhone = own != nil
        phone = own.map(op.grouped) ?? op.cases.centrePhone
    }

    /// "Confidential, at Roads", or no more than "Confidential".
    func status(_ words: Words) -> String {
        unit.map { words("existence.at", ["unit": $0]) } ?? words("case.confidential")
    }

    /// What to tell the caller.
    func say(_ words: Words) -> String {
        guard let phone else { return words("existence.say.no_phone") }
        return words(isOwnPhone ? "existence.say" : "existence.say.centre", ["phone": phone])
    }
}

extension CaseFacade {
    /// The confidential case with this number, for somebody who may register contacts but not read it. Nil for everybody
    /// else, and for a number that stands for no such case.
    func caseKeptBack(_ number: CaseNumber, forChange: Bool = false) throws -> Case? {
        guard case .user(let user) = actor, user.may(.registerContacts) else { return nil }
        let found: Case
        do {
            found = try load(number, in: .key(to: number), forChange: forChange)
        } catch Refusal.notFound {
            return nil
        }
        return user.isKeptFrom(found) ? found : nil
    }

    /// Of the contact centre, which can help whoever knows of no other.
    var centrePhone: String? { directory.units[municipality.centre]?.phone.map(op.grouped) }
}

/// What stands in a confidential case's place for whoever may register contacts and has its number: what to tell the
/// caller, and the way to pass on what they say.
struct ExistencePage: Page {
    static let template = "cases/existence"

    var frame: Frame
    var number: String
    /// "Confidential, at Roads".
    var status: String
    var say: String
    /// To register a contact that belongs to the case.
    var join: String
}

extension ExistencePage {
    /// That it was looked at is recorded.
    init(_ kept: Case, _ visit: Visit, in op: Operation) throws {
        op.noteReading(of: kept, as: .existence)
        let existence = Existence(of: kept, in: op)
        self.init(
            frame: try op.frame(visit, title: "\(kept.number)"), number: "\(kept.number)",
            status: existence.status(op.words), say: existence.say(op.words),
            join: op.paths(.newContact) + "?case=\(kept.number)")
    }
}
