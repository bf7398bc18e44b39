import Adapters
import Database
import Domain
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Synchronization

@testable import App

/// A whole Torg on a database of its own: SQLite in a temporary folder, or the PostgreSQL that
/// `TORG_TEST_DATABASE` names. The clock stands still until a test moves it.
public final class TestTorg: Sendable {
    public let installation: Installation
    public let sandvik: ID<Municipality>
    public let outbox = Outbox()
    private let slot: TestSlot
    private let folder: URL
    private let ids: Mutex<[String: Int64]>

    /// Read and checked once for all tests.
    private static let resources = Result { try Resources() }

    /// Monday 20 July 2026 at 9.12 in Oslo: in the holiday period.
    public static let start = Instant(milliseconds: 1_784_531_520_000)

    public convenience init() async throws { try await self.init { _ in } }

    /// - Parameter configure: what is other than usual in the installation.
    init(configure: (inout Installation) -> Void) async throws {
        slot = await TestSlot()
        let box = ClockBox(TestTorg.start)
        self.box = box
        ids = Mutex([:])
        folder = try TestFolder.make()
        let database = try await TestDatabase.make(in: folder)
        try await database.migrate(Migration.all)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        // The cheapest hash that is still Argon2id: the tests prove the flow, not the cost.
        let passwords = try Passwords(cost: PasswordCost(memory: 64, passes: 1, lanes: 1))
        var installation = try await Installation.open(
            database: database, mail: outbox.transport, settings: .init(publicURL: "http://torg.test"),
            passwords: passwords, resources: try TestTorg.resources.get(), logger: logger, node: 1, now: { box.now })
        configure(&installation)
        self.installation = installation
        sandvik = try await CreateMunicipality(
            slug: "sandvik", name: "Sandvik kommune", country: .norway, language: "nb", centreName: "Innbyggertorget",
            adminLogin: "admin", adminName: "Systemansvarlig", adminPasswordHash: try passwords.hash("torg-demo")
        ).perform(in: installation)
        try await TestOrganisation.fill(sandvik, in: installation) { name, id in
            self.ids.withLock { $0[name] = id }
        }
    }

    private let box: ClockBox

    public var now: Instant { box.now }

    public func advance(days: Int = 0, hours: Int = 0, minutes: Int = 0) {
        box.now = box.now.adding(days: days, hours: hours, minutes: minutes)
    }

    public func advance(to instant: Instant) { box.now = instant }

    /// The id of a unit, category or user of the test organisation, by its name in `TestOrganisation`.
    public func id<Entity>(_ name: String, of _: Entity.Type = Entity.self) -> ID<Entity> {
        ID(ids.withLock { $0[name] ?? 0 })
    }

    /// For what a test adds to the organisation.
    public func note(_ name: String, _ id: Int64) { ids.withLock { $0[name] = id } }

    /// The same id as JSON and forms carry it.
    public func text(_ name: String) -> String { id(name, of: Case.self).description }

    /// Answers requests; made once, when the first client wants it.
    func responder() -> Responder {
        made.withLock { made in
            if let made { return made }
            let responder = installation.responder()
            let answer: Responder = { try await responder.respond(to: $0, context: $1) }
            made = answer
            return answer
        }
    }

    typealias Responder = @Sendable (Request, TorgContext) async throws -> Response
    private let made = Mutex<Responder?>(nil)

    func read<Value: Sendable>(_ body: @escaping @Sendable (App.Operation) throws -> Value) async throws -> Value {
        try await installation.read(sandvik, body)
    }

    public func close() async {
        await installation.database.close()
        TestFolder.remove(folder)
    }
}

/// A clock that tests move.
final class ClockBox: Sendable {
    private let instant: Mutex<Instant>
    init(_ now: Instant) { instant = Mutex(now) }
    var now: Instant {
        get { instant.withLock { $0 } }
        set { instant.withLock { $0 = newValue } }
    }
}

/// Mails that were sent, instead of a mail server.
public final class Outbox: Sendable {
    private let sent = Mutex<[MailMessage]>([])
    public var mails: [MailMessage] { sent.withLock { $0 } }
    var transport: MailTransport {
        MailTransport { [self] message, _, handingOver in
            try await handingOver()
            sent.withLock { $0.append(message) }
        }
    }
}
