import Adapters
import App
import Database
import Domain
import Logging

extension Settings {
    /// Tells the operator of what is possible but hardly meant.
    func warn() {
        guard mailsAreFiles, !isReachedFromHereOnly else { return }
        Logger(label: "torg").warning("mails are written to files and reach nobody; set TORG_MAIL to a mail server")
    }

    /// Opens the database, whatever its schema. Throws `MissingDatabase` when there is none, and none is to be made.
    func openDatabase(creating: Bool) throws -> Database {
        do {
            let database = try Database.open(url: databaseURL, creating: creating)
            for remark in database.remarks { Logger(label: "torg").warning("\(remark)") }
            return database
        } catch let missing as MissingDatabase {
            throw missing
        } catch let error as DatabaseError where error.retryAfter != nil {
            throw Failure.refused("\(error)")
        } catch {
            throw Failure.configuration("TORG_DATABASE: \(error)")
        }
    }

    /// Opens the database that is there.
    func openDatabase() throws -> Database {
        do { return try openDatabase(creating: false) } catch let missing as MissingDatabase {
            throw Failure.refused("\(missing)")
        }
    }

    /// Opens a database that is up to date, and refuses any other.
    ///
    /// - Parameters:
    ///   - isMigrating: goes on with what a migration has left to be done; else that is refused as well.
    ///   - isReading: makes no ids, and so needs no number of its own among the processes; nothing is written.
    func openInstallation(isMigrating: Bool = false, isReading: Bool = false) async throws -> Installation {
        let database = try openDatabase()
        let pending = try await database.pendingMigrations(Migration.all)
        var isUpToDate = pending.isEmpty
        if isUpToDate, !isMigrating { isUpToDate = try await Installation.leftByMigrations(in: database).isEmpty }
        guard isUpToDate else {
            await database.close()
            throw Failure.refused("the database is not up to date; run `torg migrate` first")
        }
        try await tellOfLosses(in: database)
        return try await Installation.open(
            database: database, mail: mail,
            settings: .init(
                publicURL: publicURL, isDevelopment: isDevelopment, mailFrom: mailFrom,
                repeatedMailIsTheSame: mailsAreFiles, sms: sms, smsReports: smsReports,
                metricsKey: metricsKey),
            passwords: Passwords(), logger: Logger(label: "torg"), node: isReading ? 0 : nil, now: clock,
            throttleClock: Instant.systemClock)
    }

    private func tellOfLosses(in database: Database) async throws {
        let logger = Logger(label: "torg")
        var isInDoubt = false
        switch try await database.completeness() {
        case .missing(let losses):
            let number = losses.compactMap(\.count).reduce(0, +)
            if number > 0 {
                logger.error("what was stored is missing; torg verify tells more", metadata: ["commits": "\(number)"])
            }
            isInDoubt = losses.contains { $0.count == nil }
        case .unreadable: isInDoubt = true
        case .whole, .unmarked, .serversOwn: break
        }
        if isInDoubt {
            logger.error("the mark beside the database was damaged: something may be missing; torg verify tells more")
        }
    }
}

extension SettingsOptions {
    /// Runs `body` with an installation and closes it afterwards.
    func withInstallation<Value>(
        isMigrating: Bool = false, isReading: Bool = false, _ body: (Installation) async throws -> Value
    ) async throws -> Value {
        let installation = try await load().openInstallation(isMigrating: isMigrating, isReading: isReading)
        do {
            let value = try await body(installation)
            await installation.close()
            return value
        } catch {
            await installation.close()
            throw error
        }
    }
}
