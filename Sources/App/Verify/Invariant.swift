import Database
import Domain

/// Something that must hold of the stored data, as a query that finds whatever breaks it.
struct Invariant: Sendable {
    /// Stable, for scripts.
    let name: String
    /// What is wrong, in a sentence that follows the subject.
    let explanation: String
    let about: Subject
    /// Selects the column `subject`: what breaks the rule, at best nothing.
    let query: @Sendable (ID<Municipality>) -> SQL

    /// What the column `subject` holds.
    enum Subject: String, Sendable {
        /// The number, as `CaseNumber.sortKey`.
        case numberedCase = "case"
        case contact, question, event, mail, measure, municipality, row
        /// Two digits.
        case year
    }

    init(
        _ name: String, _ about: Subject, _ explanation: String, _ query: @escaping @Sendable (ID<Municipality>) -> SQL
    ) {
        self.name = name
        self.about = about
        self.explanation = explanation
        self.query = query
    }

    /// An invariant of the table `cases` alone.
    static func cases(_ name: String, _ explanation: String, breach: SQL) -> Invariant {
        Invariant(name, .numberedCase, explanation) { tenant in
            "SELECT number AS subject FROM cases WHERE municipality = \(tenant) AND (\(breach)) ORDER BY id"
        }
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
