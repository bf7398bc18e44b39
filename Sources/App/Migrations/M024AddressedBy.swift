import Database

extension Migration {
    /// Which colleague gave a contact the address that it has now; null for the one it was registered with.
    static let addressedBy = Migration(24, "who gave an address") { _ in
        ["ALTER TABLE contacts ADD COLUMN addressed_by BIGINT"]
    }
}
