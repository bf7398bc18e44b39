import Adapters
import Domain

extension Carrier {
    /// By the gateway that TORG_SMS names. No gateway is known to make one thing of two.
    static let sms = Carrier(isRepeatable: { _ in false }) { claim, handingOver in
        guard let gateway = claim.installation.settings.sms else {
            throw DeliveryError.temporary(code: nil, explanation: "there is no SMS gateway; set TORG_SMS")
        }
        // Nobody tells when the first byte leaves: from here on a crash leaves it uncertain.
        try await handingOver()
        try await claim.installation.sendSMS(gateway, claim.message.address, try await claim.text(), claim.name)
    }
}

extension OutboxClaim {
    /// What the text message says. A code stands in it for the first time here.
    fileprivate func text() async throws -> String {
        guard message.kind == .followCode else { return message.body }
        let code = try await installation.read(municipality.id, as: { _, _, _ in .system }) { op in
            try FollowCode.code(of: message, in: op)
        }
        guard let code else { throw DeliveryError.permanent(code: nil, explanation: "the code is too old") }
        return Words.fill(message.body, ["code": code])
    }
}
