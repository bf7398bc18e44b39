import Database
import Domain

/// What `torg verify` can and cannot say about whether everything that was answered is still there.
extension Database {
    /// Commits that were answered and are not there any more.
    func losses() async throws -> [Breach] {
        switch try await completeness() {
        case .missing(let losses): losses.map(Breach.init)
        case .unreadable(let path):
            [
                Breach(
                    name: "mark_unreadable", text: "\(path) cannot be read: nobody can tell whether anything is missing"
                )
            ]
        case .whole, .unmarked, .serversOwn: []
        }
    }
}

extension Installation {
    /// What was looked at and what nobody can see from here, one sentence a line, for the end of the report.
    public func whatVerifySees() async throws -> [String] {
        switch try await database.completeness() {
        case .whole(let commit, let at):
            [
                """
                nothing is missing: commit \(commit) of \(Instant(milliseconds: at).iso8601), the newest that the mark knows, is \
                there
                """,
                """
                not seen from here: a value that was changed within the file, and, after a power cut, the loss of what was \
                stored in the last seconds before it
                """,
            ]
        case .missing: ["when the loss has been dealt with: torg verify --accept-loss"]
        case .unreadable: []
        case .unmarked:
            [
                """
                not seen from here: whether the newest changes are missing, because no mark lies beside the file (as with \
                backups); and a value that was changed within the file
                """
            ]
        case .serversOwn:
            ["not seen from here: whether the newest changes are missing; PostgreSQL keeps watch over its own files"]
        }
    }

    /// Somebody has dealt with what is missing.
    public func acceptLosses() async throws { try await database.acceptLosses() }
}

extension Breach {
    fileprivate init(_ loss: Completeness.Loss) {
        let at = Instant(milliseconds: loss.storedAt).iso8601
        guard let count = loss.count else {
            self.init(
                name: "mark_unreadable",
                text: """
                    unknown before commit \(loss.last): the mark beside the database could not be read on \(at), so nobody \
                    can tell whether anything that was stored before is missing
                    """)
            return
        }
        let which = count == 1 ? "commit \(loss.last) is" : "\(count) commits, \(loss.first) to \(loss.last), are"
        self.init(
            name: "commits_missing",
            text: """
                \(which) missing: stored by \(at) and, as far as is known, answered. \
                The file is older than what was stored (a backup was restored), or its log was damaged or cut
                """)
    }
}
