import Database
import Domain

/// What one feature offers to the others within one operation: `op.cases.load(number, in: op.scope)`. A function that other
/// features call stands in an extension of its feature's façade, in the feature's folder; `Operation` itself keeps what
/// every feature needs.
protocol Facade {
    var op: Operation { get }
}

extension Facade {
    var tx: Transaction { op.tx }
    var installation: Installation { op.installation }
    var directory: Directory { op.directory }
    var actor: Actor { op.actor }
    var language: String { op.language }
    var now: Instant { op.now }
    var readings: Readings { op.readings }
    var organisationChange: OrganisationChange { op.organisationChange }
    var tenant: ID<Municipality> { op.tenant }
    var municipality: Municipality { op.municipality }
    var paths: SitePath { op.paths }
    var words: Words { op.words }
    var today: CivilDay { op.today }
    var scope: CaseScope { get throws { try op.scope } }
    var user: User { get throws { try op.user } }

    func newID<Entity>(of _: Entity.Type = Entity.self) -> ID<Entity> { op.newID() }
}

/// Loads, changes and shows cases. In Cases, Retention.
struct CaseFacade: Facade { let op: Operation }

/// Stores, loads and shows contacts and their questions. In Contacts, Retention.
struct ContactFacade: Facade { let op: Operation }

/// What citizens see and follow. In Citizens.
struct CitizenFacade: Facade { let op: Operation }

/// Contractors' links to cases. In Contractors.
struct ContractorFacade: Facade { let op: Operation }

/// Alerts to colleagues, and the bell. In Deadlines.
struct AlertFacade: Facade { let op: Operation }

/// Reminders and the daily look. In Deadlines, Cases.
struct DeadlineFacade: Facade { let op: Operation }

/// Events and what follows from them. In Events, Cases.
struct HistoryFacade: Facade { let op: Operation }

/// Counts by day. In Figures.
struct FiguresFacade: Facade { let op: Operation }

/// Messages that go out, and what became of them. In Outbox.
struct OutboxFacade: Facade { let op: Operation }

/// The search index. In Search.
struct IndexFacade: Facade { let op: Operation }

/// Work queued for later. In Jobs/Tasks.
struct TaskFacade: Facade { let op: Operation }

/// What is derived anew after a change. In Rebuilds.
struct RebuildFacade: Facade { let op: Operation }

/// How long personal data is kept, and what was erased. In Retention.
struct RetentionFacade: Facade { let op: Operation }

/// Who sees confidential cases, and who decides it. In Directory, Administration.
struct SightFacade: Facade { let op: Operation }

/// Units, categories and people, as they are changed and chosen. In Directory, Administration.
struct OrganisationFacade: Facade { let op: Operation }

/// The pages of the system manager. In Administration.
struct AdministrationFacade: Facade { let op: Operation }

/// Passwords and the first page. In Accounts.
struct AccountFacade: Facade { let op: Operation }

/// Who is away, and who stands in. In Absences.
struct AbsenceFacade: Facade { let op: Operation }

extension Operation {
    var cases: CaseFacade { CaseFacade(op: self) }
    var contacts: ContactFacade { ContactFacade(op: self) }
    var citizens: CitizenFacade { CitizenFacade(op: self) }
    var contractors: ContractorFacade { ContractorFacade(op: self) }
    var alerts: AlertFacade { AlertFacade(op: self) }
    var deadlines: DeadlineFacade { DeadlineFacade(op: self) }
    var history: HistoryFacade { HistoryFacade(op: self) }
    var figures: FiguresFacade { FiguresFacade(op: self) }
    var outbox: OutboxFacade { OutboxFacade(op: self) }
    var index: IndexFacade { IndexFacade(op: self) }
    var tasks: TaskFacade { TaskFacade(op: self) }
    var rebuilds: RebuildFacade { RebuildFacade(op: self) }
    var retention: RetentionFacade { RetentionFacade(op: self) }
    var sight: SightFacade { SightFacade(op: self) }
    var organisation: OrganisationFacade { OrganisationFacade(op: self) }
    var administration: AdministrationFacade { AdministrationFacade(op: self) }
    var accounts: AccountFacade { AccountFacade(op: self) }
    var absences: AbsenceFacade { AbsenceFacade(op: self) }
}
