import Foundation

/// How many files and connections the process may have open at once.
enum OpenFiles {
    /// Raises the number as far as the system lets it, and gives it.
    static func raise() -> Int {
        var limit = rlimit()
        let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        guard getrlimit(kind, &limit) == 0 else { return 1024 }
        let before = limit.rlim_cur
        limit.rlim_cur = limit.rlim_max
        let now = setrlimit(kind, &limit) == 0 ? limit.rlim_max : before
        return Int(clamping: now)
    }

    /// What is not for clients: the database, files, mail, the jobs.
    static let ownUse = 128
}
