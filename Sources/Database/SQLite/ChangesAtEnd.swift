/// Changes that wait for the end of a transaction; those of a step or savepoint that is undone are dropped.
///
/// The full-text index writes what it has gathered at each savepoint, which costs more than the row itself.
struct ChangesAtEnd {
    private(set) var changes: [SQL] = []
    private var stepStart = 0
    /// How many there were when each of the open savepoints began, innermost last.
    private var savepointStarts: [Int] = []

    mutating func add(_ change: SQL) { changes.append(change) }

    mutating func beginStep() {
        stepStart = changes.count
        savepointStarts = []
    }

    mutating func undoStep() {
        changes.removeSubrange(stepStart...)
        savepointStarts = []
    }

    mutating func follow(_ command: SavepointCommand) {
        switch command {
        case .savepoint: savepointStarts.append(changes.count)
        case .rollbackToSavepoint: changes.removeSubrange((savepointStarts.last ?? stepStart)...)
        case .release: _ = savepointStarts.popLast()
        }
    }
}
