/// How many tests have a database open at once. Swift Testing begins all tests together; a server has only so many
/// connections, and two cores do not get done sooner for being asked for everything at once.
actor TestSlots {
    static let shared = TestSlots(free: 16)

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(free: Int) { self.free = free }

    func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    func giveBack() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}

/// A slot that is given back when whoever holds it is gone.
final class TestSlot: Sendable {
    init() async { await TestSlots.shared.take() }
    deinit { Task { await TestSlots.shared.giveBack() } }
}
