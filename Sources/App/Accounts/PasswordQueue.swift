import Adapters
import Dispatch
import Synchronization

/// Hashes passwords on threads of its own, few at a time: each takes some 20 ms and 19 MiB, so that a crowd at the
/// door must not take the memory, nor the threads that answer everybody else.
final class PasswordQueue: Sendable {
    private static let atOnce = 2
    private static let longestQueue = 100

    private let lanes = (0..<atOnce).map { DispatchQueue(label: "torg.passwords.\($0)") }
    private let state = Mutex((waiting: 0, next: 0))

    /// Throws `unavailable` when too many wait already.
    func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        let lane = try state.withLock { state in
            guard state.waiting < Self.longestQueue else { throw Refusal.unavailable(retryAfter: 5) }
            state.waiting += 1
            state.next = (state.next + 1) % Self.atOnce
            return lanes[state.next]
        }
        defer { state.withLock { $0.waiting -= 1 } }
        return try await withCheckedThrowingContinuation { continuation in
            lane.async { continuation.resume(with: Result { try work() }) }
        }
    }
}

/// A password as somebody typed it, and what it is checked against.
struct PasswordCheck: Sendable {
    var typed: String
    /// The stored hash; nil when nobody has that login.
    var stored: String?

    struct Verdict: Sendable {
        var isRight: Bool
        /// A hash at today's cost, when the stored one was made at another.
        var renewed: String?
    }

    /// Takes as long for a login that does not exist as for a wrong password.
    func verdict(in installation: Installation) async throws -> Verdict {
        try await installation.passwordQueue.run {
            let passwords = installation.passwords
            let isRight = passwords.verify(typed, against: stored)
            let isOld = isRight && stored.map(passwords.needsRehash) == true
            return Verdict(isRight: isRight, renewed: isOld ? try passwords.hash(typed) : nil)
        }
    }
}
