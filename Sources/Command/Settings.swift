import Adapters
import App
import ArgumentParser
import Configuration
import Database
import Domain
import Foundation

/// The settings that every command takes: from flags, else the environment, else a file, else their defaults.
struct SettingsOptions: ParsableArguments {
    @Option(help: "A file of settings, YAML or JSON. Without it, torg.yaml in the current folder, if there is one.")
    var config: String?
    @Option(help: "sqlite:PATH or postgres://USER:PASSWORD@HOST/DATABASE (TORG_DATABASE; default sqlite:var/torg.db)")
    var database: String?
    @Option(help: "Where the server listens (TORG_ADDRESS; default 127.0.0.1:8080)")
    var address: String?
    @Option(help: "What links in mails begin with (TORG_PUBLIC_URL; default http://127.0.0.1:8080)")
    var publicURL: String?
    @Option(help: "file:FOLDER or smtp://HOST:PORT (TORG_MAIL; default file:var/outbox)")
    var mail: String?
    @Option(help: "The sender of all mails (TORG_MAIL_FROM; default no-reply@ and the host of the public address)")
    var mailFrom: String?
    @Option(help: "An ISO 8601 instant at which the clock stands still, on loopback only (TORG_NOW)")
    var now: String?

    private var flags: [AbsoluteConfigKey: ConfigValue] {
        let given = [
            "database": database, "address": address, "public_url": publicURL, "mail": mail, "mail_from": mailFrom,
            "now": now,
        ]
        return Dictionary(
            uniqueKeysWithValues: given.compactMap { key, value in
                value.map { (AbsoluteConfigKey([key]), ConfigValue(.string($0), isSecret: true)) }
            })
    }

    /// Throws `Failure` with status 78 for whatever is wrong, naming the setting but never a password.
    func load() async throws -> Settings {
        let environment = EnvironmentVariablesProvider()
        let file: FileProvider<YAMLSnapshot>
        let named = config ?? ProcessInfo.processInfo.environment["TORG_CONFIG"]
        do {
            file = try await FileProvider(filePath: .init(named ?? "torg.yaml"), allowMissing: named == nil)
        } catch {
            throw Failure.configuration("the settings in \(named ?? "torg.yaml") cannot be read; is it YAML or JSON?")
        }
        let reader = ConfigReader(providers: [
            InMemoryProvider(name: "flags", values: flags), environment.prefixKeys(with: "torg"), file,
        ])
        return try await Settings(reader)
    }
}

/// The settings, read and found to be possible.
struct Settings: Sendable {
    var databaseURL: String
    var address: ListenAddress
    var publicURL: String
    /// Torg is reached by people on this machine only, as far as the public address tells.
    var isReachedFromHereOnly: Bool
    var mail: MailTransport
    /// Mails become files: sending one twice is the same file.
    var mailsAreFiles: Bool
    var mailFrom: MailAddress
    var sms: SMSGateway?
    var smsReports: SMSReportFormat?
    /// Opens `/metrics`.
    var metricsKey: String?
    /// What clients may do.
    var connections: ConnectionLimits
    var frozenNow: Instant?

    fileprivate init(_ reader: ConfigReader) async throws {
        func text(_ key: String) async throws -> String? {
            do {
                let given = try await reader.fetchString(forKey: ConfigKey([key]), isSecret: true)
                return given.flatMap { $0.isEmpty ? nil : $0 }
            } catch {
                throw Failure.configuration("the setting \(key) must be a text")
            }
        }
        databaseURL = try await text("database") ?? "sqlite:var/torg.db"
        guard ["sqlite:", "postgres://", "postgresql://"].contains(where: databaseURL.hasPrefix) else {
            throw Failure.configuration(
                "TORG_DATABASE must be sqlite:PATH or postgres://USER:PASSWORD@HOST/DATABASE")
        }
        let listens = try await text("address") ?? "127.0.0.1:8080"
        guard let address = ListenAddress(listens) else {
            throw Failure.configuration("TORG_ADDRESS must be HOST:PORT, such as 127.0.0.1:8080; it is \(listens)")
        }
        self.address = address
        publicURL = try await text("public_url") ?? "http://127.0.0.1:8080"
        guard let url = URL(string: publicURL), let host = url.host(), !host.isEmpty, url.query() == nil,
            ["http", "https"].contains(url.scheme), url.user() == nil, url.path().allSatisfy({ $0 == "/" })
        else {
            throw Failure.configuration("TORG_PUBLIC_URL must be like https://torg.example.org; it is \(publicURL)")
        }
        isReachedFromHereOnly = url.scheme == "http" && Loopback.contains(host)
        let way = try await text("mail") ?? "file:var/outbox"
        do { mail = try MailTransport.from(url: way) } catch { throw Failure.configuration("TORG_MAIL: \(error)") }
        mailsAreFiles = way.hasPrefix("file:")
        let from = try await text("mail_from") ?? Self.sender(at: host)
        guard let sender = MailAddress(from) else {
            throw Failure.configuration("TORG_MAIL_FROM must be an address like no-reply@example.org; it is \(from)")
        }
        mailFrom = sender
        (sms, smsReports) = try await Self.sms(text)
        metricsKey = try await text("metrics_key")
        guard metricsKey.map({ $0.utf8.count >= 20 && $0.utf8.allSatisfy { 0x21...0x7e ~= $0 } }) ?? true else {
            throw Failure.configuration("TORG_METRICS_KEY must have at least 20 characters, and no spaces")
        }
        connections = try await Self.connections(text)
        if let now = try await text("now") {
            guard let instant = Instant(iso8601: now) else {
                throw Failure.configuration("TORG_NOW must be an instant like 2026-07-20T09:12:00Z; it is \(now)")
            }
            guard address.isLoopback else {
                throw Failure.configuration(
                    "TORG_NOW freezes the clock; that is refused unless Torg listens on loopback")
            }
            frozenNow = instant
        }
    }

    /// Whatever Torg listens on, citizens may come through a reverse proxy; the public address says so.
    var isDevelopment: Bool { mailsAreFiles && address.isLoopback && isReachedFromHereOnly }

    /// An address without a name, such as 127.0.0.1, is no mail domain.
    private static func sender(at host: String) -> String {
        MailAddress("no-reply@\(host)") == nil ? "no-reply@localhost.localdomain" : "no-reply@\(host)"
    }

    var clock: @Sendable () -> Instant {
        guard let frozenNow else { return Instant.systemClock }
        return { frozenNow }
    }
}

/// Where the server listens.
struct ListenAddress: Sendable, Equatable, CustomStringConvertible {
    var host: String
    /// 0 takes a free one.
    var port: Int

    /// `127.0.0.1:8080`, `localhost:8080` or `[::1]:8080`.
    init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            0...65_535 ~= port, text[text.index(after: colon)...].allSatisfy(\.isNumber)
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("[") && host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty, !host.contains(where: { $0.isWhitespace || "/@".contains($0) }) else { return nil }
        self.host = String(host)
        self.port = port
    }

    var isLoopback: Bool { Loopback.contains(host) }

    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
