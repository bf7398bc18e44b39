import Database
import Domain
import Foundation
import HTTPTypes

/// `POST /sms/{secret}/reports`: what the SMS gateway tells later about a message that it took. The names of the fields
/// and of the states are the gateway's (TORG_SMS_REPORT_…); what is neither of the known states is on its way still.
enum DeliveryReports {
    static let routes: [Route] = [
        Route(.post, "/sms/:secret/reports") { visit, installation in
            guard let format = installation.settings.smsReports, format.isRight(try visit.parameter("secret")) else {
                throw Refusal.notFound
            }
            for report in try reports(visit, format) { try await store(report, in: installation) }
            // What is about no message of ours is taken all the same: the gateway need not send it again.
            return .text("ok\n")
        }
    ]

    struct Report: Sendable {
        var municipality: ID<Municipality>
        var message: ID<OutboxMessage>
        var isDelivered: Bool
        /// As the gateway says it.
        var status: String
    }

    /// JSON, a form or a query; of one message, or a list of them.
    private static func reports(_ visit: Visit, _ format: SMSReportFormat) throws -> [Report] {
        var found: [InputValue] = []
        if visit.body.readableBytes > 0, let body = visit.body.getUTF8() {
            switch JSON.value(visit.body) {
            case .object(let object): found = [.object(object)]
            case .list(let list): found = list
            default: found = URLEncoded.parse(body).map { [fields($0)] } ?? []
            }
        } else if !visit.query.isEmpty {
            found = [fields(visit.query)]
        }
        let reports = found.compactMap(format.read)
        guard !found.isEmpty else { throw Refusal.unreadable }
        return reports
    }

    private static func fields(_ values: [String: [String]]) -> InputValue {
        .object(values.compactMapValues { $0.first.map(InputValue.text) })
    }

    static func store(_ report: Report, in installation: Installation) async throws {
        do {
            try await installation.write(report.municipality, as: { _, _, _ in .system }) { op in
                try op.store(report)
            }
        } catch is NoSuchMunicipality {
            // Of another installation that shares the gateway.
        }
    }
}

extension Operation {
    /// A report may come before the answer to the call that handed the message over; one of a message that has not been
    /// handed over is not about it.
    fileprivate func store(_ report: DeliveryReports.Report) throws {
        let row = try tx.row(
            """
            SELECT * FROM outbox WHERE municipality = \(tenant) AND id = \(report.message) AND medium = 'sms'
                AND state IN ('handed_over', 'sent', 'uncertain', 'failed')\(tx.dialect.forUpdate)
            """)
        guard let message = try row.map(OutboxMessage.init) else { return }
        let change: SQL =
            report.isDelivered
            ? "state = 'sent', sent_at = coalesce(sent_at, \(now)), fault = NULL"
            : "state = 'failed', sent_at = NULL, fault = \("the gateway reports: " + report.status)"
        try tx.run(
            """
            UPDATE outbox SET \(change), lease_until = NULL WHERE municipality = \(tenant) AND id = \(message.id)
            """)
        // Gateways say the same more than once.
        if report.isDelivered, message.isMissed { try outbox.note(.delivered, of: message) }
        if !report.isDelivered, message.state != .failed { try outbox.note(.failed, of: message) }
    }
}

/// How a gateway words its delivery reports.
public struct SMSReportFormat: Sendable {
    private let secret: String
    private let id: String
    private let status: String
    private let delivered: Set<String>
    private let failed: Set<String>

    /// - Parameters:
    ///   - secret: in the address that the gateway calls: 16 URL-safe characters or more.
    ///   - id: the name of the field with the id that was sent; a point leads into an object.
    ///   - status: the name of the field with the state.
    /// - Returns: nil for a secret that can be guessed or does not fit into an address.
    public init?(
        secret: String, id: String = "id", status: String = "status",
        delivered: [String]? = nil,
        failed: [String]? = nil
    ) {
        let isSafe = secret.utf8.allSatisfy { byte in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: "-")
                || byte == UInt8(ascii: "_")
        }
        guard secret.utf8.count >= 16, isSafe else { return nil }
        self.secret = secret
        self.id = id
        self.status = status
        self.delivered = Set((delivered ?? Self.usuallyDelivered).map { $0.lowercased() })
        self.failed = Set((failed ?? Self.usuallyFailed).map { $0.lowercased() })
    }

    /// In any case of letters.
    private static let usuallyDelivered = ["delivered", "delivrd", "read"]
    private static let usuallyFailed = [
        "failed", "undelivered", "undeliverable", "undeliv", "rejected", "rejectd", "expired", "error", "deleted",
    ]

    func isRight(_ given: String) -> Bool {
        // Hashes are equally long, and comparing them tells nothing about the secret.
        Secret.hash(given) == Secret.hash(secret)
    }

    /// nil for what says nothing about a message of Torg's, or nothing final.
    func read(_ report: InputValue) -> DeliveryReports.Report? {
        guard let id = text(at: id, in: report), let status = text(at: status, in: report) else { return nil }
        let parts = id.split(separator: "-").map(String.init)
        guard parts.count == 2, let municipality = ID<Municipality>(text: parts[0]),
            let message = ID<OutboxMessage>(text: parts[1])
        else { return nil }
        let isDelivered = delivered.contains(status.lowercased())
        guard isDelivered || failed.contains(status.lowercased()) else { return nil }
        return .init(
            municipality: municipality, message: message, isDelivered: isDelivered, status: String(status.prefix(100)))
    }

    private func text(at path: String, in report: InputValue) -> String? {
        var value: InputValue? = report
        for name in path.split(separator: ".") {
            guard case .object(let object) = value else { return nil }
            value = object[String(name)]
        }
        switch value {
        case .text(let text): return text
        case .number(let number): return Int(exactly: number).map(String.init)
        default: return nil
        }
    }
}
