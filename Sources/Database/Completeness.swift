/// Whether everything that was stored is still there, as far as the database can tell.
public enum Completeness: Sendable, Equatable {
    /// The newest commit that was answered is there, and when it was stored, in milliseconds since 1970.
    case whole(commit: Int, at: Int64)
    /// Commits that were answered, or at least stored, and are not there any more, or may not be.
    case missing([Loss])
    /// Nothing beside the database tells which commit was its newest.
    case unmarked
    /// What stands beside the database cannot be read.
    case unreadable(path: String)
    /// The server keeps watch over its own files.
    case serversOwn

    /// A run of commits that is missing.
    public struct Loss: Sendable, Equatable {
        public var first: Int
        public var last: Int
        /// When the last of them was stored, or the damage was found, in milliseconds since 1970.
        public var storedAt: Int64
        /// How many there are; nil where nobody can tell whether there are any, before `last`: what stood beside the
        /// database was damaged.
        public var count: Int?
    }
}

extension Database {
    /// Looks whether the newest of what was stored is there. It is compared when the database is opened; what was found
    /// missing then is told until `acceptLosses`.
    public func completeness() async throws -> Completeness { try await driver.completeness() }

    /// Somebody has taken note of what is missing; it is not told again.
    public func acceptLosses() async throws { try await driver.acceptLosses() }

    /// Why what is written now would be lost although it is stored: the file has been removed. Nil at best.
    public var fileFault: String? { driver.fileFault }

    /// What was done to the files when they were opened, for the log.
    public var remarks: [String] { driver.remarks }

    /// Gives what is left of a missing database other names, so that an empty one may be made in its place.
    public static func setAside(url: String) throws {
        guard url.hasPrefix("sqlite:") else { return }
        try DatabaseFiles(path: String(url.dropFirst("sqlite:".count))).setAside()
    }
}
