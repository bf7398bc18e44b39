import Database

extension Migration {
    /// Which program a key was made for, so that the right one is taken back.
    static let tokenNames = Migration(8, "token names") { _ in
        ["ALTER TABLE api_tokens ADD COLUMN name TEXT"]
    }
}
