import Database
import Domain

/// Which contacts somebody may see something of: those that `VisibleContact` shows. Every query for contacts goes through
/// it; what is outside does not exist.
struct ContactScope: Sendable {
    /// A condition on the table `contacts`.
    let condition: SQL

    /// Throws for citizens, who have no account.
    init(in op: Operation) throws {
        let user = try op.user
        let answered = AnsweredSight(of: user, in: op.directory).condition
        condition = """
            (contacts.registered_by = \(user.id) OR \(answered)
                OR EXISTS (SELECT 1 FROM questions JOIN cases
                    ON cases.municipality = questions.municipality AND cases.id = questions.case_id
                    WHERE questions.municipality = contacts.municipality AND questions.contact_id = contacts.id
                    AND \(try op.scope.condition)\(SQL.forEachRow)))
            """
    }
}

/// What somebody sees of what others answered at once: all of it whoever sees all cases, what is of a confidential
/// category those of its unit alone.
struct AnsweredSight: Sendable {
    private let seesAll: Bool
    private let confidential: Set<ID<Category>>
    /// Those of the confidential ones that are of the reader's own units.
    private let own: Set<ID<Category>>

    init(of user: User, in directory: Directory) {
        seesAll = user.may(.seeAllCases)
        confidential = Set(directory.categories.values.filter(\.isConfidential).map(\.id))
        own = confidential.filter { user.confidentialUnits.contains(directory.unit(for: $0)) }
    }

    func has(_ answered: Question) -> Bool {
        guard let category = answered.category, confidential.contains(category) else { return seesAll }
        return own.contains(category)
    }

    /// On the table `contacts`. Whoever sees all cases sees what was answered at once in contacts of which nothing is
    /// confidential: who somebody is that a unit keeps secret, and where they are now, is the unit's to know, whatever
    /// else they asked.
    var condition: SQL {
        let own: SQL = "EXISTS (\(Self.answered) AND questions.category_id IN \(list: own.sorted())\(SQL.forEachRow))"
        guard seesAll else { return own }
        return """
            (\(own) OR EXISTS (\(Self.answered)\(SQL.forEachRow))
                AND NOT EXISTS (\(Self.answered) AND questions.category_id IN \(list: confidential.sorted())\(SQL.forEachRow))
                AND NOT EXISTS (SELECT 1 FROM questions JOIN cases
                    ON cases.municipality = questions.municipality AND cases.id = questions.case_id
                    WHERE questions.municipality = contacts.municipality AND questions.contact_id = contacts.id
                    AND cases.is_confidential = 1\(SQL.forEachRow)))
            """
    }

    private static let answered: SQL = """
        SELECT 1 FROM questions WHERE questions.municipality = contacts.municipality
        AND questions.contact_id = contacts.id AND questions.case_id IS NULL
        """
}
