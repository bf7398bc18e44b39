import Database
import Domain
import Synchronization

/// What this process knows about whether anything can be stored, for `/health` and the log.
final class StorageWatch: Sendable {
    let reading = SharedQuestion(rest: .zero)
    let writing = SharedQuestion(rest: .seconds(2))
    let log = LogLimit()
}

/// A question that many ask and that is put once: whoever comes while it is being answered waits for the same answer, for
/// two seconds at most. However many ask, no more than one question waits for a database that says nothing.
final class SharedQuestion: Sendable {
    /// Nil when all is well.
    typealias Answer = String?

    private static let patience = Duration.seconds(2)
    private static let silence = "the database does not answer within two seconds"

    /// How long a good answer holds. One that is not good is asked for again at once.
    private let rest: Duration

    private struct State {
        var goodUntil = ContinuousClock.now
        var latest: Answer = nil
        /// Since when it is being answered.
        var asked: ContinuousClock.Instant?
        var waiting: [Int: CheckedContinuation<Answer, Never>] = [:]
        var last = 0
    }

    private let state = Mutex(State())

    init(rest: Duration) { self.rest = rest }

    func answer(asking ask: @escaping @Sendable () async -> Answer) async -> Answer {
        let now = ContinuousClock.now
        enum Step { case answered(Answer), wait, ask }
        let step: Step = state.withLock { state in
            if let asked = state.asked { return asked + Self.patience < now ? .answered(Self.silence) : .wait }
            if now < state.goodUntil { return .answered(nil) }
            state.asked = now
            return .ask
        }
        switch step {
        case .answered(let answer): return answer
        case .wait: return await wait {}
        case .ask: return await wait { Task { [self] in tell(await ask()) } }
        }
    }

    private func tell(_ answer: Answer) {
        let waiting = state.withLock { state in
            if answer == nil { state.goodUntil = .now + rest }
            state.latest = answer
            state.asked = nil
            defer { state.waiting = [:] }
            return state.waiting
        }
        for continuation in waiting.values { continuation.resume(returning: answer) }
    }

    private func wait(_ begin: () -> Void) async -> Answer {
        let place = state.withLock { state in
            state.last += 1
            return state.last
        }
        let clock = Task { [self] in
            do { try await Task.sleep(for: Self.patience) } catch { return }
            let continuation = state.withLock { $0.waiting.removeValue(forKey: place) }
            continuation?.resume(returning: Self.silence)
        }
        defer { clock.cancel() }
        return await withCheckedContinuation { continuation in
            // It may have been answered between the look and here: then nobody would wake this one but the clock.
            let (isLate, latest) = state.withLock { state in
                guard state.asked != nil else { return (true, state.latest) }
                state.waiting[place] = continuation
                return (false, nil)
            }
            if isLate { continuation.resume(returning: latest) } else { begin() }
        }
    }
}

/// One log line a minute about the same thing, however often it happens.
final class LogLimit: Sendable {
    private static let pause = Duration.seconds(60)
    private let told = Mutex<[String: ContinuousClock.Instant]>([:])

    /// - Parameter subject: one of a few, not something that was typed.
    func allows(_ subject: String) -> Bool {
        told.withLock { told in
            let now = ContinuousClock.now
            if let before = told[subject], now - before < Self.pause { return false }
            told[subject] = now
            return true
        }
    }
}

extension Installation {
    /// Tells the operator, now and then, why requests are answered with "try again".
    func logStorage(_ error: DatabaseError) {
        switch error {
        case .cannotStore(let reason):
            if storage.log.allows("store") { logger.error("nothing can be stored", metadata: ["error": "\(reason)"]) }
        case .unavailable:
            if storage.log.allows("away") {
                logger.warning("the database does not answer", metadata: ["error": "\(error)"])
            }
        default: break
        }
    }
}
