import Database

extension Migration {
    /// Who was to get a report and has no address, nor anybody who could get it instead.
    static let unreachedReports = Migration(15, "unreached reports") { _ in
        ["ALTER TABLE report_runs ADD COLUMN unreached TEXT NOT NULL DEFAULT ''"]
    }
}
