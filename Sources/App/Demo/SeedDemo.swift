import Database
import Domain

/// Makes the fictional municipality `sandvik`: its organisation, and some weeks of contacts and cases that went through
/// the same use cases as any other, at the times they tell of. All of it is stored, or nothing.
public struct SeedDemo: Sendable {
    /// How many cases there are.
    public static let cases = 120
    /// How far back the first one lies.
    static let days = 45
    /// Opens what is confidential, for whoever reported it.
    public static let word = "solsikke"

    public init() {}

    public enum Outcome: Sendable, Equatable {
        case seeded(cases: Int)
        case alreadyThere
        /// The database holds another municipality, of this short name.
        case refused(String)
    }

    public func perform(in installation: Installation) async throws -> Outcome {
        let slugs = try await Directories.all(in: installation.database).map(\.slug)
        if let other = slugs.first(where: { $0 != DemoMunicipality.slug }) { return .refused(other) }
        if !slugs.isEmpty { return .alreadyThere }
        let end = installation.now()
        try installation.requireClock(at: end)
        let start = end.adding(days: -Self.days - 1)
        // Ids tell the time, so those of the past are made by a sequence of their own.
        let past = installation.inThePast()
        let id: ID<Municipality> = past.ids.next(at: start)
        let hash = try installation.passwords.hash(DemoMunicipality.password)
        try await installation.database.write(tenant: id.rawValue) { tx in
            try CreateMunicipality(
                slug: DemoMunicipality.slug, name: "Sandvik kommune", country: .norway, language: "nb",
                centreName: DemoOrganisation.centre, adminLogin: "admin", adminName: "Ugle Systemvokter",
                adminPasswordHash: hash
            ).insert(id, at: start, past, in: tx)
            let organisation = DemoOrganisation(
                id: id, installation: past, tx: tx, now: start, passwordHash: hash)
            try organisation.insert()
            guard let directory = try Directory.load(id, in: tx, at: start) else { throw Refusal.notFound }
            let cases = DemoCases(
                installation: past, directory: directory, tx: tx, from: start.adding(days: 1), to: end)
            try cases.run()
            try organisation.letSightWait(in: cases.operation(.system, at: end))
        }
        return .seeded(cases: Self.cases)
    }
}

extension Installation {
    /// The same installation with a sequence of ids that may begin before now.
    fileprivate func inThePast() -> Installation {
        Installation(
            database: database, now: now, throttleClock: throttleClock, mail: mail, passwords: passwords,
            settings: settings, logger: logger,
            ids: IDs(node: ids.node), node: nil, secret: secret, templates: templates,
            apiDescription: apiDescription, catalogues: catalogues, publicFiles: publicFiles,
            commonPasswords: commonPasswords)
    }
}
