import Database
import Domain

/// Something that must hold of the stored data, as a query that finds whatever breaks it.
struct Invariant: Sendable {
    /// Stable, for scripts.
    let name: String
    /// What is wrong, in a sentence that follows the subject.
    let explanation: String
    let about: Subject
    /// Only all rows together tell, not those that have changed.
    let needsAll: Bool
    /// Of the table `cases` alone: the condition that holds of a case that breaks the rule.
    private(set) var breach: SQL?
    /// Selects the column `subject`: what breaks the rule, at best nothing.
    let query: @Sendable (VerifyScope) -> SQL

    /// What the column `subject` holds.
    enum Subject: String, Sendable {
        /// The number, as `CaseNumber.sortKey`.
        case numberedCase = "case"
        case contact, question, event, mail, measure, municipality, row
        /// Two digits.
        case year
    }

    init(
        _ name: String, _ about: Subject, _ explanation: String, needsAll: Bool = false,
        _ query: @escaping @Sendable (VerifyScope) -> SQL
    ) {
        self.name = name
        self.about = about
        self.explanation = explanation
        self.needsAll = needsAll
        self.query = query
    }

    /// An invariant of the table `cases` alone.
    static func cases(_ name: String, _ explanation: String, breach: SQL) -> Invariant {
        var invariant = Invariant(name, .numberedCase, explanation) { scope in
            "SELECT number AS subject FROM cases WHERE \(rows(in: scope)) AND (\(breach)) ORDER BY id"
        }
        invariant.breach = breach
        return invariant
    }

    /// Selects one row when a case breaks any of the rules of the table `cases` alone: one pass instead of one for each.
    static func screen(_ invariants: [Invariant], in scope: VerifyScope) -> SQL {
        let breaches = SQL.joined(invariants.compactMap(\.breach).map { "(\($0))" }, separator: " OR ")
        return "SELECT 1 AS found FROM cases WHERE \(rows(in: scope)) AND (\(breaches)) LIMIT 1"
    }

    private static func rows(in scope: VerifyScope) -> SQL {
        "municipality = \(scope.tenant)\(scope.cases("id"))"
    }

    func describe(_ subject: Int64) -> String {
        about == .numberedCase ? "case \(CaseNumber(sortKey: subject))" : "\(about.rawValue) \(subject)"
    }
}

/// One thing that is not as it must be.
public struct Breach: Sendable, Equatable, CustomStringConvertible {
    /// The municipality's short name; nil for the database as a whole.
    public var municipality: String?
    /// The invariant's name.
    public var name: String
    public var text: String

    public var description: String { "\(municipality.map { $0 + ": " } ?? "")\(name): \(text)" }
}
