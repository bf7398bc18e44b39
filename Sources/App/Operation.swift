import Database
import Domain
import Foundation

/// The work of one request within one transaction: who acts, in which municipality, when.
struct Operation {
    let tx: Transaction
    private let held: Held
    private(set) var directory: Directory
    private(set) var actor: Actor
    /// sv, nb, da or en: the reader's.
    private(set) var language: String
    private(set) var now: Instant
    /// The confidential cases that the answer shows.
    let readings = Readings()
    /// Whether the organisation is changed, and by whom: what somebody gains by that may wait for a second person.
    let organisationChange = OrganisationChange()
    /// Of this process, unless it writes down the past.
    private(set) var ids: IDs?

    /// By reference: an operation is copied with every use of a façade, and an installation has many parts.
    private final class Held: Sendable {
        let installation: Installation

        init(_ installation: Installation) { self.installation = installation }
    }

    init(
        tx: Transaction, installation: Installation, directory: Directory, actor: Actor, language: String, now: Instant
    ) {
        self.tx = tx
        held = Held(installation)
        self.directory = directory
        self.actor = actor
        self.language = language
        self.now = now
    }

    var installation: Installation { held.installation }
    var tenant: ID<Municipality> { directory.municipality.id }
    var municipality: Municipality { directory.municipality }
    var paths: SitePath { SitePath(municipality: municipality.slug) }
    var words: Words { installation.words(language) }
    /// In the municipality's time zone.
    var today: CivilDay { directory.calendar.timeZone.day(of: now) }

    func newID<Entity>(of _: Entity.Type = Entity.self) -> ID<Entity> { (ids ?? installation.ids).next(at: now) }

    /// The colleague at work. Throws for citizens, who have no account.
    var user: User {
        get throws {
            guard case .user(let user) = actor else { throw Refusal.notLoggedIn }
            return user
        }
    }

    /// This operation, dated earlier: what an import writes down happened then.
    func at(_ earlier: Instant, ids: IDs? = nil) -> Operation {
        var copy = self
        copy.now = earlier
        if let ids { copy.ids = ids }
        return copy
    }

    /// The same work for somebody who reads another language.
    func speaking(_ language: String) -> Operation {
        var copy = self
        copy.language = language
        return copy
    }

    /// The same work with somebody else acting.
    func acting(as actor: Actor) -> Operation {
        var copy = self
        copy.actor = actor
        return copy
    }

    /// The same work, with the organisation as it is given.
    func with(_ directory: Directory) -> Operation {
        var copy = self
        copy.directory = directory
        return copy
    }

    /// Throws unless the user may.
    func require(_ permission: Permission) throws {
        guard try user.may(permission) else { throw Refusal.forbidden }
    }
}

extension Operation {
    /// The same work with somebody acting, in the language that is theirs.
    func acting(as actor: Actor, for visit: Visit) -> Operation {
        var language = Language.choose(
            chosen: visit.language, accepted: visit.headers[.acceptLanguage], default: municipality.language)
        if case .user(let user) = actor, visit.language == nil, let own = user.language { language = own }
        return acting(as: actor).speaking(language)
    }

    /// The session that the visit's cookie stands for, and whose it is; nil when it has ended or the account is closed.
    func session(of visit: Visit) throws -> (session: Session, user: User)? {
        guard let token = visit.cookies[SetCookie.session],
            let session = try Session.find(token, of: tenant, at: now, in: tx),
            let user = directory.acting(session.user, on: today)
        else { return nil }
        return (session, user)
    }
}

/// Who acts on a case.
enum Actor: Sendable, Hashable {
    indirect case user(User)
    case citizen
    /// By a link, without an account.
    case contractor(ID<Contractor>)
    /// Torg itself: an import, a job.
    case system

    /// As stored with the event.
    enum Kind: String, Sendable, CaseIterable, SQLConvertible {
        case user, citizen, contractor, system
    }

    var kind: Kind {
        switch self {
        case .user: .user
        case .citizen: .citizen
        case .contractor: .contractor
        case .system: .system
        }
    }

    var userID: ID<User>? {
        if case .user(let user) = self { user.id } else { nil }
    }
}

extension Installation {
    /// The words of a language; the default for one that Torg does not speak.
    func words(_ language: String) -> Words { catalogues.words(language) }

    /// Who acts, found out within the transaction.
    typealias WhoActs = @Sendable (Transaction, Directory, Instant) throws -> Actor

    /// Runs `body` in a reading transaction of the municipality.
    func read<Value: Sendable>(
        _ municipality: ID<Municipality>, language: String? = nil,
        as who: @escaping WhoActs = { _, _, _ in .citizen }, _ body: @escaping @Sendable (Operation) throws -> Value
    ) async throws -> Value {
        let now = now()
        let (value, readings, alerts) = try await database.read(tenant: municipality.rawValue) { tx in
            let directory = try directories.directory(of: municipality, in: tx, at: now)
            directories.keep(directory)
            let op = operation(tx, directory, try who(tx, directory, now), language, now)
            let value = try body(op)
            return (value, op.readings.noted, op.readings.alerts)
        }
        // Nobody gets to see a confidential case before it is recorded who saw it. Only then is anything written, or when
        // there were alerts about it.
        if !readings.isEmpty || !alerts.isEmpty {
            do {
                try await write(municipality) { try $0.store(readings, alerts) }
            } catch let error as DatabaseError where error.retryAfter != nil && readings.isEmpty {
                // Pages go on while nothing can be stored: the alerts stay unread.
            }
        }
        return value
    }

    /// Runs `body` in a writing transaction of the municipality. When it returns, what it wrote is durable.
    func write<Value: Sendable>(
        _ municipality: ID<Municipality>, language: String? = nil,
        as who: @escaping WhoActs = { _, _, _ in .citizen }, _ body: @escaping @Sendable (Operation) throws -> Value
    ) async throws -> Value {
        do {
            return try await attempt(municipality, language, as: who, body)
        } catch let error as RefusedReading {
            // What somebody learned by being refused is recorded, though nothing else of it is stored.
            try await write(municipality) { try $0.store(error.readings, []) }
            throw error.cause
        }
    }

    private func attempt<Value: Sendable>(
        _ municipality: ID<Municipality>, _ language: String?, as who: @escaping WhoActs,
        _ body: @escaping @Sendable (Operation) throws -> Value
    ) async throws -> Value {
        let now = now()
        let queued = messageQueued.count
        // What is stored now may include mails: they go out at once.
        defer { if messageQueued.count != queued { messageQueued.ring() } }
        var attempt = 1
        while true {
            do {
                try requireClock(at: now)
                let (value, directory) = try await database.write(tenant: municipality.rawValue) { tx in
                    let directory = try directories.directory(of: municipality, in: tx, at: now)
                    let op = operation(tx, directory, try who(tx, directory, now), language, now)
                    let value = try op.readings.recordingRefusal { try body(op) }
                    try op.sight.guardSight()
                    try op.store(op.readings.noted, op.readings.alerts)
                    return (value, directory)
                }
                directories.keep(directory)
                return value
            } catch DatabaseError.conflict where attempt < 4 {
                // Two transactions waited for each other, and nothing of this one was stored. With a pause of chance, so
                // that they do not meet again.
                attempt += 1
                try? await Task.sleep(for: .milliseconds(.random(in: 5...50)))
            } catch let error as DatabaseError where error.retryAfter != nil {
                // Forms come back with their text and never get to the place where other faults are logged.
                logStorage(error)
                throw error
            }
        }
    }

    private func operation(
        _ tx: Transaction, _ directory: Directory, _ actor: Actor, _ language: String?, _ now: Instant
    ) -> Operation {
        Operation(
            tx: tx, installation: self, directory: directory, actor: actor,
            language: language ?? directory.municipality.language, now: now)
    }
}
