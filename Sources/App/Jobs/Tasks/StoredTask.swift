import Database
import Domain

/// A row of the table `tasks`. One that is done has none.
struct StoredTask: Sendable {
    enum State: String, Sendable, CaseIterable, SQLConvertible {
        case waiting, running
        /// Tried as often as makes sense: somebody decides.
        case failed
        /// By somebody.
        case stopped
    }

    let id: ID<StoredTask>
    let kind: String
    let payload: String
    let state: State
    /// How often it was begun since it last got on, or since somebody had it tried again.
    let attempts: Int
    /// How often it was taken in all: by this number whoever has it is known.
    let claims: Int64
    /// When it is tried next; while it runs, when its lease ends.
    let nextAttemptAt: Instant
    /// What its steps have done so far.
    let done: Int
    let fault: String?
    let createdAt: Instant

    init(_ row: Row) throws {
        id = try row["id"]
        kind = try row["kind"]
        payload = try row["payload"]
        state = try row["state"]
        attempts = try row["attempts"]
        claims = try row["claims"]
        nextAttemptAt = try row["next_attempt_at"]
        done = try row["done"]
        fault = try row["fault"]
        createdAt = try row["created_at"]
    }

    /// Then it has failed: the pauses add up to about a day.
    static let greatestAttempts = 12
}
