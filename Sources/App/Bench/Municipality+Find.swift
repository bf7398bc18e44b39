import Domain

extension Installation {
    /// The municipality with this short name, or nil.
    public func municipality(_ slug: String) async throws -> ID<Municipality>? {
        try await directories.find(slug, in: database)
    }
}
