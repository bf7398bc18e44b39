import Adapters
import App
import Domain

extension Settings {
    /// The SMS gateway, and how it reports: the settings TORG_SMS…
    ///
    /// - Parameter text: a setting by its name; nil when it is not there.
    static func sms(_ text: (String) async throws -> String?) async throws -> (SMSGateway?, SMSReportFormat?) {
        guard let url = try await text("sms") else { return (nil, nil) }
        guard let from = try await text("sms_from") else {
            throw Failure.configuration("TORG_SMS needs TORG_SMS_FROM: who the messages are from")
        }
        let headers = try headers(try await text("sms_headers") ?? "")
        let gateway =
            if let body = try await text("sms_body") {
                SMSGateway(url: url, body: body, headers: headers, from: from)
            } else {
                SMSGateway(url: url, headers: headers, from: from)
            }
        guard let gateway else {
            throw Failure.configuration(
                """
                TORG_SMS must be https://… (http:// on this machine only), and TORG_SMS_BODY JSON in which {to} and {text} \
                stand inside texts
                """)
        }
        return (gateway, try await reports(text))
    }

    /// One header a line: `Authorization: Bearer …`.
    private static func headers(_ lines: String) throws -> [String: String] {
        var headers: [String: String] = [:]
        for line in lines.split(whereSeparator: \.isNewline) {
            let parts = line.split(separator: ":", maxSplits: 1).map(\.trimmed)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw Failure.configuration("TORG_SMS_HEADERS has a line that is not NAME: VALUE")
            }
            headers[parts[0]] = parts[1]
        }
        return headers
    }

    private static func reports(_ text: (String) async throws -> String?) async throws -> SMSReportFormat? {
        guard let secret = try await text("sms_report_secret") else { return nil }
        func list(_ name: String) async throws -> [String]? {
            try await text(name)?.split(separator: ",").map(\.trimmed)
        }
        let id = try await text("sms_report_id") ?? "id"
        let status = try await text("sms_report_status") ?? "status"
        let (delivered, failed) = (try await list("sms_report_delivered"), try await list("sms_report_failed"))
        let format = SMSReportFormat(
            secret: secret, id: id, status: status, delivered: delivered,
            failed: failed)
        guard let format else {
            throw Failure.configuration("TORG_SMS_REPORT_SECRET must be 16 or more of A-Z, a-z, 0-9, - and _")
        }
        return format
    }
}
