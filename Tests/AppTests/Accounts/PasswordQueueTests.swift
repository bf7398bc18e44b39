import Domain
import Foundation
import Synchronization
import Testing

@testable import App

/// Who waits for whom when many passwords are to be checked at once.
@Suite struct PasswordQueueTests {
    /// Work that lasts until the gate is opened, and what was done in which order.
    private final class Gate: Sendable {
        private let isOpen = Mutex(false)
        private let names = Mutex<[String]>([])
        func open() { isOpen.withLock { $0 = true } }
        func pass() { while !isOpen.withLock({ $0 }) { usleep(1_000) } }
        func note(_ name: String) { names.withLock { $0.append(name) } }
        var order: [String] { names.withLock { $0 } }
    }

    private func until(_ condition: () -> Bool) async throws {
        for _ in 0..<2_000 where !condition() { try await Task.sleep(for: .milliseconds(1)) }
        #expect(condition())
    }

    @Test func knownOnesGoFirstAndNetworksTakeTurns() async throws {
        let queue = PasswordQueue(limits: .init(atOnce: 1))
        let gate = Gate()
        var tasks = [Task { try await queue.run(.known(ID(1), network: "k1")) { gate.pass() } }]
        try await until { queue.running == 1 }
        let comers: [(String, PasswordQueue.Turn)] = [
            ("a1", .unknown(network: "a")), ("a2", .unknown(network: "a")), ("a3", .unknown(network: "a")),
            ("b1", .unknown(network: "b")), ("known", .known(ID(7), network: "k7")),
        ]
        for (index, (name, turn)) in comers.enumerated() {
            tasks.append(Task { try await queue.run(turn) { gate.note(name) } })
            try await until { queue.waiting == index + 1 }
        }
        gate.open()
        for task in tasks { try await task.value }
        #expect(gate.order == ["known", "a1", "b1", "a2", "a3"])
    }

    @Test func aCrowdFromOneNetworkFillsOnlyItsPart() async throws {
        let queue = PasswordQueue(
            limits: .init(atOnce: 1, known: 4, knownOfOneUser: 2, unknown: 4, unknownOfOneNetwork: 3))
        let gate = Gate()
        var tasks = [Task { try await queue.run(.known(ID(1), network: "k1")) { gate.pass() } }]
        try await until { queue.running == 1 }
        let full = Refusal.unavailable(retryAfter: 5)
        for number in 1...3 {
            tasks.append(Task { try await queue.run(.unknown(network: "a")) {} })
            try await until { queue.waiting == number }
        }
        await #expect(throws: full) { try await queue.run(.unknown(network: "a")) {} }
        tasks.append(Task { try await queue.run(.unknown(network: "b")) {} })
        try await until { queue.waiting == 4 }
        await #expect(throws: full) { try await queue.run(.unknown(network: "c")) {} }
        // Those who are known still find room; more than a person can type waits among the crowd.
        for number in 5...6 {
            tasks.append(Task { try await queue.run(.known(ID(2), network: "b")) {} })
            try await until { queue.waiting == number }
        }
        await #expect(throws: full) { try await queue.run(.known(ID(2), network: "b")) {} }
        tasks.append(Task { try await queue.run(.known(ID(3), network: "b")) {} })
        try await until { queue.waiting == 7 }
        gate.open()
        for task in tasks { try await task.value }
        #expect(queue.waiting == 0)
        let many = PasswordQueue(limits: .init(atOnce: 1, knownOfOneUser: 1))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 1...50 { group.addTask { try await many.run(.known(ID(2), network: "b")) {} } }
            try await group.waitForAll()
        }
        #expect(try await queue.run(.known(ID(2), network: "k2")) { 5 } == 5)
    }
}
