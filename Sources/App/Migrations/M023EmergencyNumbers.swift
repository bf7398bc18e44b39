import Database

extension Migration {
    /// Whom to call at once, where a category has another number than the country's.
    static let emergencyNumbers = Migration(23, "emergency numbers") { _ in
        ["ALTER TABLE categories ADD COLUMN emergency_number TEXT"]
    }
}
