import Database
import Domain

extension PersonalData {
    /// Whose rows they are, and by which column: what is erased is given as ids of these.
    enum Holder: Sendable {
        /// A column with the id of a case, or of a row of another table that has the case in `case_id`.
        case matter(_ column: String, through: String? = nil)
        case contact(_ column: String)
        case question(_ column: String)
        case message(_ column: String)
        /// Of nobody: they go by their own time, whatever becomes of the case. With the primary key, but the municipality.
        case time(_ column: String, key: String)
    }
}

/// What is erased together, in one transaction.
struct ErasureBatch: Sendable {
    var matters: [Int64] = []
    var contacts: [Int64] = []
    var questions: [Int64] = []
    var messages: [Int64] = []

    /// The condition on the holder's rows; nil where none of them is erased.
    func condition(_ holder: PersonalData.Holder, in tenant: ID<Municipality>) -> SQL? {
        let (column, ids): (String, [Int64]) =
            switch holder {
            case .matter(let column, _): (column, matters)
            case .contact(let column): (column, contacts)
            case .question(let column): (column, questions)
            case .message(let column): (column, messages)
            case .time: ("", [])
            }
        if ids.isEmpty { return nil }
        let own = SQL(stringLiteral: column)
        guard case .matter(_, let table?) = holder else { return "\(own) IN \(list: ids)" }
        return """
            \(own) IN (SELECT id FROM \(SQL(stringLiteral: table)) WHERE municipality = \(tenant) AND case_id IN \(list: ids))
            """
    }
}
