import Adapters
import Database
import Domain
import Synchronization

@testable import App
@testable import Support

/// The boxes and telephones of the simulated citizens. What becomes of a message to one follows from its address alone, so
/// that it is the same in every run: some take nothing, some only later, and of some nobody knows.
final class SimulatedBoxes: Sendable {
    private let tries = Mutex<[String: Int]>([:])
    /// Text messages that the gateway took and has not reported of.
    private let taken = Mutex<[(id: String, number: String)]>([])

    static func address(_ chance: inout DemoChance) -> String {
        let box = chance.one(of: ["kim", "kim", "kim", "kim", "gone", "full", "busy", "unsure"])
        return "\(box)\(chance.whole(1...300))@example.org"
    }

    /// A Torg that writes to them.
    func install(in installation: inout Installation) {
        installation.mail = MailTransport { [self] message, id, handingOver in
            let count = tries.withLock { tries in
                tries[id, default: 0] += 1
                return tries[id, default: 0]
            }
            let address = message.to.address.description
            if address.hasPrefix("full") { throw DeliveryError.temporary(code: 452, explanation: "mailbox full") }
            if address.hasPrefix("busy"), count < 3 { throw DeliveryError.temporary(code: 451, explanation: "busy") }
            try await handingOver()
            if address.hasPrefix("gone") { throw DeliveryError.permanent(code: 550, explanation: "no such user") }
            // The connection breaks; when the system manager sends it again, it does not.
            if address.hasPrefix("unsure"), count == 1 { throw DeliveryError.uncertain(explanation: "broke") }
        }
        installation.settings.sms = SMSGateway(url: "https://sms.example.org", from: "Sandvik")
        installation.sendSMS = { [self] _, number, _, id in
            taken.withLock { $0.append((id, number)) }
            if number.hasSuffix("9") { throw DeliveryError.uncertain(explanation: "broke") }
        }
    }

    /// What the gateway says at last about the messages that it took.
    func report(in torg: TestTorg) async throws {
        let taken = taken.withLock { taken in
            defer { taken = [] }
            return taken
        }
        for (id, number) in taken {
            let parts = id.split(separator: "-").compactMap { Int64($0) }
            guard parts.count == 2, let last = number.last, "36789".contains(last) else { continue }
            // What broke on the way arrived all the same.
            try await DeliveryReports.store(
                .init(
                    municipality: ID(parts[0]), message: ID(parts[1]), isDelivered: last == "9" || last == "8",
                    status: "reported"), in: torg.installation)
        }
    }

    /// The system manager sends again what failed or is uncertain, once in a while.
    func sendAgain(in torg: TestTorg) async throws {
        try await torg.installation.write(torg.sandvik, as: { _, _, _ in .system }) { op in
            _ = try op.tx.run(
                """
                UPDATE outbox SET state = 'waiting', next_attempt_at = \(op.now), lease_until = NULL, fault = NULL
                WHERE municipality = \(op.tenant) AND state IN ('failed', 'uncertain') AND medium = 'mail'
                    AND created_at > \(op.now.adding(days: -30))
                """)
        }
    }
}
