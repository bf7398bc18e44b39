/// How a transaction begins, and how long it waits for a row that another one holds.
///
/// The limits are set here and not for the whole session, for a URL that has options of its own replaces those.
enum PostgreSQLMode {
    /// Sees one state of the database from beginning to end.
    case reading
    /// Shared by the closures that wait. It does not keep them waiting for one that stands behind another node.
    case group
    /// Alone, and patient: what came into conflict in a group.
    case apart

    var begin: [SQL] {
        switch self {
        case .reading: ["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"]
        // Longer than another node's group takes with its commit.
        case .group: ["BEGIN ISOLATION LEVEL READ COMMITTED", "SET LOCAL lock_timeout = 100"]
        case .apart: ["BEGIN ISOLATION LEVEL READ COMMITTED", "SET LOCAL lock_timeout = 5000"]
        }
    }

    /// Before the second closure of a group: from now on it holds locks, and hardly waits for others. A closure
    /// (a migration) may have set a limit of its own, so each step sets it anew.
    static let firstStep: [SQL] = ["SET LOCAL lock_timeout = 10", "SAVEPOINT job"]
    static let laterStep: [SQL] = ["RELEASE SAVEPOINT job"] + firstStep
}
