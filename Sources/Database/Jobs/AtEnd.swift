/// What waits for the end of a transaction that several closures share; what belongs to a step or savepoint that is undone
/// is dropped.
struct AtEnd<Item> {
    private(set) var items: [Item] = []
    private var stepStart = 0
    /// How many there were when each of the open savepoints began, innermost last.
    private var savepointStarts: [Int] = []

    mutating func add(_ item: Item) { items.append(item) }

    mutating func beginStep() {
        stepStart = items.count
        savepointStarts = []
    }

    mutating func undoStep() {
        items.removeSubrange(stepStart...)
        savepointStarts = []
    }

    mutating func follow(_ command: SavepointCommand) {
        switch command {
        case .savepoint: savepointStarts.append(items.count)
        case .rollbackToSavepoint: items.removeSubrange((savepointStarts.last ?? stepStart)...)
        case .release: _ = savepointStarts.popLast()
        }
    }
}
