import Adapters
import Dispatch
import Domain
import Synchronization

/// Hashes passwords on threads of its own, few at a time: each takes some 20 ms and 19 MiB, so that a crowd at the
/// door must not take the memory, nor the threads that answer everybody else.
///
/// Whoever is known goes first. The others take turns network by network, so that a crowd from one keeps nobody else
/// waiting; no network may fill the queue alone.
final class PasswordQueue: Sendable {
    /// Whose password it is.
    enum Turn: Sendable {
        /// Of an account that is logged in, or comes from a place known for it. So many tries for one account that they
        /// are no person's take turns with the crowd.
        case known(ID<User>, network: String)
        case unknown(network: String)
    }

    /// How many may wait. A town hall's morning, from one address, must fit in: 300 take some three seconds.
    struct Limits: Sendable {
        var atOnce = 2
        var known = 400
        var knownOfOneUser = 4
        var unknown = 600
        var unknownOfOneNetwork = 300
    }

    private struct Job: Sendable {
        var user: ID<User>?
        var run: @Sendable () -> Void
    }

    private struct State: Sendable {
        var running = 0
        var known: [Job] = []
        var ofUser: [ID<User>: Int] = [:]
        var unknown: [String: [Job]] = [:]
        var unknownCount = 0
        /// The networks that wait, the next one first.
        var networks: [String] = []
    }

    private let limits: Limits
    private let threads = DispatchQueue(label: "torg.passwords", attributes: .concurrent)
    private let state = Mutex(State())

    init(limits: Limits = Limits()) { self.limits = limits }

    var running: Int { state.withLock { $0.running } }

    var waiting: Int { state.withLock { $0.known.count + $0.unknownCount } }

    /// Throws `unavailable` when too many wait already.
    func run<Value: Sendable>(_ turn: Turn, _ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let isTaken = state.withLock { state in
                add(turn, to: &state) { continuation.resume(with: Result { try work() }) }
            }
            guard isTaken else { return continuation.resume(throwing: Refusal.unavailable(retryAfter: 5)) }
            start()
        }
    }

    private func add(_ turn: Turn, to state: inout State, _ run: @escaping @Sendable () -> Void) -> Bool {
        switch turn {
        case .known(let user, let network):
            let own = state.ofUser[user, default: 0]
            guard state.known.count < limits.known, own < limits.knownOfOneUser else {
                return add(.unknown(network: network), to: &state, run)
            }
            state.ofUser[user] = own + 1
            state.known.append(Job(user: user, run: run))
        case .unknown(let network):
            let own = state.unknown[network]?.count ?? 0
            guard state.unknownCount < limits.unknown, own < limits.unknownOfOneNetwork else { return false }
            if own == 0 { state.networks.append(network) }
            state.unknown[network, default: []].append(Job(run: run))
            state.unknownCount += 1
        }
        return true
    }

    /// Begins as many as may run at once.
    private func start() {
        while let job = state.withLock({ next(&$0) }) {
            threads.async { [self] in
                job.run()
                state.withLock { state in
                    state.running -= 1
                    guard let user = job.user, let own = state.ofUser[user] else { return }
                    state.ofUser[user] = own > 1 ? own - 1 : nil
                }
                start()
            }
        }
    }

    private func next(_ state: inout State) -> Job? {
        guard state.running < limits.atOnce else { return nil }
        if !state.known.isEmpty {
            state.running += 1
            return state.known.removeFirst()
        }
        guard !state.networks.isEmpty else { return nil }
        let network = state.networks.removeFirst()
        guard var jobs = state.unknown.removeValue(forKey: network), !jobs.isEmpty else { return nil }
        state.running += 1
        state.unknownCount -= 1
        let job = jobs.removeFirst()
        if !jobs.isEmpty {
            state.unknown[network] = jobs
            state.networks.append(network)
        }
        return job
    }
}

/// A password as somebody typed it, and what it is checked against.
struct PasswordCheck: Sendable {
    var typed: String
    /// The stored hash; nil when nobody has that login.
    var stored: String?
    var turn: PasswordQueue.Turn

    struct Verdict: Sendable {
        var isRight: Bool
        /// A hash at today's cost, when the stored one was made at another.
        var renewed: String?
    }

    /// Takes as long for a login that does not exist as for a wrong password.
    func verdict(in installation: Installation) async throws -> Verdict {
        try await installation.passwordQueue.run(turn) {
            let passwords = installation.passwords
            let isRight = passwords.verify(typed, against: stored)
            let isOld = isRight && stored.map(passwords.needsRehash) == true
            return Verdict(isRight: isRight, renewed: isOld ? try passwords.hash(typed) : nil)
        }
    }
}
