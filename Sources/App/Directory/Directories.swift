import Database
import Domain
import Synchronization

/// The directories of all municipalities in memory, each good for as long as its version stands in the database.
final class Directories: Sendable {
    private struct Kept {
        var bySlug: [String: ID<Municipality>] = [:]
        var byID: [ID<Municipality>: Directory] = [:]
    }

    private let kept = Mutex(Kept())

    /// The municipality with this short name, or nil.
    func find(_ slug: String, in database: Database) async throws -> ID<Municipality>? {
        guard Municipality.isSlug(slug) else { return nil }
        if let id = kept.withLock({ $0.bySlug[slug] }) { return id }
        // Installation-wide: the name is what tells which municipality it is.
        let found: Int64? = try await database.read(tenant: nil) { tx in
            try tx.value("SELECT id FROM municipalities WHERE slug = \(slug)")
        }
        guard let id = found.map(ID<Municipality>.init) else { return nil }
        kept.withLock { $0.bySlug[slug] = id }
        return id
    }

    /// The directory as the transaction sees it.
    ///
    /// What a writing transaction sees may yet be rolled back, so it is kept only by `keep`, afterwards.
    func directory(of id: ID<Municipality>, in tx: Transaction, at now: Instant) throws -> Directory {
        let version = try tx.once(
            Self.version(of: id), "SELECT directory_version FROM municipalities WHERE id = \(id)")
        guard let version else { throw NoSuchMunicipality() }
        if let known = kept.withLock({ $0.byID[id] }), known.version == version { return known }
        guard let directory = try Directory.load(id, in: tx, at: now) else { throw NoSuchMunicipality() }
        return directory
    }

    fileprivate static func version(of id: ID<Municipality>) -> String { "directory of \(id)" }

    /// Keeps a directory that is known to be committed.
    func keep(_ directory: Directory) {
        kept.withLock { $0.byID[directory.municipality.id] = directory }
    }

    /// All municipalities, in the order in which they were made.
    static func all(in database: Database) async throws -> [(id: ID<Municipality>, slug: String, name: String)] {
        try await database.read(tenant: nil) { tx in
            try tx.rows("SELECT id, slug, name FROM municipalities ORDER BY id").map {
                (id: try $0["id"], slug: try $0["slug"], name: try $0["name"])
            }
        }
    }
}

/// An id that is no municipality's, as in a made-up token.
struct NoSuchMunicipality: Error {}

extension OrganisationFacade {
    /// To be called with every change of the organisation, so that all nodes read it anew.
    ///
    /// What somebody gains by it is looked at when the transaction ends; see `guardSight`.
    func touch() throws {
        organisationChange.note(by: actor)
        try tx.run("UPDATE municipalities SET directory_version = directory_version + 1 WHERE id = \(tenant)")
        tx.forget(Directories.version(of: tenant))
    }
}
