import Adapters
import Database
import Domain
import Foundation
import Logging

/// Foundation has a `Unit` too; here the word means a node of the organisation.
public typealias Unit = Domain.Unit

/// One running Torg: the database, and the seams to the outside world.
public struct Installation: Sendable {
    public var database: Database
    /// What the clock shows; frozen by TORG_NOW.
    public var now: @Sendable () -> Instant
    /// By which those who tried too often wait; the same as `now`, unless that is frozen.
    public var throttleClock: @Sendable () -> Instant
    public var mail: MailTransport
    /// Hands a text message to the gateway; tests put their own in its place.
    var sendSMS: @Sendable (_ gateway: SMSGateway, _ to: String, _ text: String, _ id: String) async throws -> Void = {
        try await $0.send(to: $1, text: $2, id: $3)
    }
    /// What the rows of the table `tasks` may be; tests put their own in its place.
    var taskKinds = TaskKinds.all
    public var passwords: Passwords
    public var settings: Settings
    public var logger: Logger
    let ids: IDs
    let node: NodeLease?
    let secret: Secret
    let templates: Templates
    let apiDescription: ApiDescription
    let catalogues: Catalogues
    let publicFiles: PublicFiles
    let commonPasswords: CommonPasswords
    let passwordQueue = PasswordQueue()
    let directories = Directories()
    let counts = OpenCaseCounts()
    let watchCounts = WatchCounts()
    let storage = StorageWatch()
    let requestCounts = RequestCounts()
    /// Rings when mails were queued in this process.
    let messageQueued = Wakening()

    public struct Settings: Sendable {
        /// What links in mails begin with, without a slash at the end.
        public var publicURL: String
        /// Mails go to files and nobody else can come, by the address and by the public one: the mail preview is shown,
        /// and demo accounts are named.
        public var isDevelopment: Bool
        /// The sender of all mails; nil for one that nobody can answer.
        public var mailFrom: MailAddress?
        /// The mail transport makes one thing of each mail id, so that a mail may be handed over twice.
        public var repeatedMailIsTheSame: Bool
        /// Takes text messages; nil where there is none.
        public var sms: SMSGateway?
        /// What the gateway tells of them later; nil where it does not.
        public var smsReports: SMSReportFormat?
        /// Opens `/metrics`; nil where there is none.
        public var metricsKey: String?

        public init(
            publicURL: String = "http://127.0.0.1:8080", isDevelopment: Bool = false, mailFrom: MailAddress? = nil,
            repeatedMailIsTheSame: Bool = false, sms: SMSGateway? = nil, smsReports: SMSReportFormat? = nil,
            metricsKey: String? = nil
        ) {
            self.publicURL = publicURL.hasSuffix("/") ? String(publicURL.dropLast()) : publicURL
            self.isDevelopment = isDevelopment
            self.mailFrom = mailFrom
            self.repeatedMailIsTheSame = repeatedMailIsTheSame
            self.sms = sms
            self.smsReports = smsReports
            self.metricsKey = metricsKey
        }

        /// Cookies are sent over TLS only when citizens reach Torg by TLS.
        var usesTLS: Bool { publicURL.hasPrefix("https://") }
    }

    /// Migrates nothing; throws when the database has not been migrated.
    ///
    /// - Parameters:
    ///   - resources: read anew where none are given.
    ///   - node: 0–1023, the number of this process in the ids it makes; leased until `close` where none is given.
    ///   - throttleClock: `now`, unless another is given.
    public static func open(
        database: Database, mail: MailTransport, settings: Settings = Settings(), passwords: Passwords,
        resources: Resources? = nil, logger: Logger, node: Int? = nil,
        now: @escaping @Sendable () -> Instant = Instant.systemClock,
        throttleClock: (@Sendable () -> Instant)? = nil
    ) async throws -> Installation {
        let resources = try resources ?? Resources()
        let ids = IDs(node: node ?? 0, after: try await newestEvent(in: database))
        let lease = node == nil ? try await NodeLease.take(for: ids, in: database, logger: logger) : nil
        return Installation(
            database: database, now: now, throttleClock: throttleClock ?? now, mail: mail, passwords: passwords,
            settings: settings, logger: logger,
            ids: ids, node: lease, secret: try await Secret.load(from: database), templates: resources.templates,
            apiDescription: resources.apiDescription, catalogues: resources.templates.catalogues,
            publicFiles: resources.publicFiles, commonPasswords: resources.commonPasswords)
    }

    /// Gives back this process's number, and closes the database.
    public func close() async {
        await node?.giveBack()
        await database.close()
    }

    /// A case's history is read in the order of its ids, so a clock that stands still or was set back between two
    /// starts must not make one that comes before what is there.
    private static func newestEvent(in database: Database) async throws -> Int64 {
        try await database.read(tenant: nil) { tx in
            try tx.value(
                """
                SELECT max(newest) FROM (
                    SELECT (SELECT max(id) FROM events WHERE events.municipality = municipalities.id) AS newest
                    FROM municipalities
                ) AS all_municipalities
                """) ?? 0
        }
    }
}

extension Instant {
    @Sendable public static func systemClock() -> Instant {
        Instant(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }
}
