import Database
import Domain

/// Work over everything there is of a kind: what a migration leaves to be done when the tables stand, or what follows from
/// one change for very many rows. In portions, each of which is stored with how far it has come; stopped in the middle, it
/// goes on where it was.
public enum Rebuild: String, Sendable, CaseIterable {
    /// The keys by which telephones are found.
    case lookupKeys = "lookup_keys"
    case searchCases = "search_cases"
    case searchContacts = "search_contacts"
    /// Which citizen or contractor acted, of events before migration 25.
    case actors
    /// That contacts before migration 25 were registered.
    case contactHistory = "contact_history"

    /// How many rows are looked at in one transaction.
    fileprivate var portion: Int { self == .actors ? 5_000 : 500 }

    /// Portions in one turn of the schedule, which other jobs wait for: some seconds.
    fileprivate static let portionsInTurn = 20
}

/// The next rows of a rebuilding.
struct RebuildPortion {
    /// The id that was looked at last.
    let after: Int64
    /// The category that alone it is about; nil for everything.
    let category: ID<Category>?
    let limit: Int
}

/// How many rows were looked at, and the last of their ids; nil where there were none left.
typealias RebuildProgress = (count: Int, last: Int64)?

extension Installation {
    /// Does what is planned, one municipality after the other.
    ///
    /// - Parameters:
    ///   - portion: rows in one transaction, where it is not the kind's own number.
    ///   - portions: after so many it stops, and the next time goes on.
    ///   - progress: gets how many more rows were looked at, portion by portion.
    /// - Returns: how many rows were looked at, by kind.
    @discardableResult
    public func rebuild(
        _ kinds: [Rebuild] = Rebuild.allCases, portion: Int? = nil, portions: Int = .max,
        progress: @escaping @Sendable (Int) throws -> Void = { _ in }
    ) async throws -> [Rebuild: Int] {
        var done: [Rebuild: Int] = [:]
        var left = portions
        for planned in try await plannedRebuilds() where kinds.contains(planned.kind) {
            let (kind, limit) = (planned.kind, portion ?? planned.kind.portion)
            while left > 0,
                let count = try await write(
                    planned.municipality, as: { _, _, _ in .system },
                    { try $0.rebuilds.rebuildNext(kind, planned.scope, limit) }
                )
            {
                left -= 1
                done[kind, default: 0] += count
                try progress(count)
            }
        }
        return done
    }

    /// A turn of the schedule.
    func goOnRebuilding() async throws -> Int {
        try await rebuild(portions: Rebuild.portionsInTurn).values.reduce(0, +)
    }

    /// What a migration has left to be done, without which Torg does not start.
    public static func leftByMigrations(in database: Database) async throws -> Set<Rebuild> {
        // Installation-wide, like the migrations.
        let kinds: [String] = try await database.read(tenant: nil) { tx in
            try tx.rows("SELECT DISTINCT kind FROM rebuilds WHERE holds_up = 1").map { try $0["kind"] }
        }
        return Set(kinds.compactMap(Rebuild.init))
    }

    private struct Planned {
        let municipality: ID<Municipality>
        let kind: Rebuild
        let scope: Int64
    }

    /// By municipality, and in the order of the kinds.
    private func plannedRebuilds() async throws -> [Planned] {
        let planned = try await database.read(tenant: nil) { tx in
            try tx.rows("SELECT municipality, kind, scope FROM rebuilds ORDER BY municipality, scope").compactMap {
                row in
                let kind: String = try row["kind"]
                return try Rebuild(rawValue: kind).map {
                    Planned(municipality: try row["municipality"], kind: $0, scope: try row["scope"])
                }
            }
        }
        return Rebuild.allCases.flatMap { kind in planned.filter { $0.kind == kind } }
    }
}

extension RebuildFacade {
    /// Plans it, or begins it anew where it is under way: the schedule does it beside everything else.
    ///
    /// - Parameter category: what alone it is about; everything unless told.
    func plan(_ kind: Rebuild, of category: ID<Category>? = nil) throws {
        try tx.run(
            """
            INSERT INTO rebuilds (municipality, kind, scope, after, holds_up)
            VALUES (\(tenant), \(kind.rawValue), \(category?.rawValue ?? 0), \(Int64.min + 1), 0)
            ON CONFLICT (municipality, kind, scope) DO UPDATE SET after = excluded.after
            """)
    }

    /// Whether one is planned or under way.
    func isRebuilding(_ kind: Rebuild) throws -> Bool {
        try tx.row("SELECT 1 FROM rebuilds WHERE municipality = \(tenant) AND kind = \(kind.rawValue) LIMIT 1") != nil
    }

    /// - Returns: how many rows were looked at; nil when all is done.
    fileprivate func rebuildNext(_ kind: Rebuild, _ scope: Int64, _ limit: Int) throws -> Int? {
        let row: SQL = "municipality = \(tenant) AND kind = \(kind.rawValue) AND scope = \(scope)"
        guard let after: Int64 = try tx.value("SELECT after FROM rebuilds WHERE \(row)\(tx.dialect.forUpdate)") else {
            return nil
        }
        let portion = RebuildPortion(after: after, category: scope == 0 ? nil : ID(scope), limit: limit)
        guard let (count, last) = try look(at: portion, of: kind) else {
            try tx.run("DELETE FROM rebuilds WHERE \(row)")
            return nil
        }
        try tx.run("UPDATE rebuilds SET after = \(last) WHERE \(row)")
        return count
    }

    private func look(at portion: RebuildPortion, of kind: Rebuild) throws -> RebuildProgress {
        switch kind {
        case .lookupKeys: try renewLookupKeys(portion)
        case .searchCases: try indexCases(portion)
        case .searchContacts: try indexContacts(portion)
        case .actors: try nameActors(portion)
        case .contactHistory: try recordContacts(portion)
        }
    }
}
