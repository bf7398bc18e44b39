import GRDB

/// Runs the writing closures that wait, each in a savepoint, in one transaction with one wait for the disk.
enum GroupCommit {
    /// More would let the first wait too long for the last.
    private static let limit = 256

    /// Runs the first job and those that come while it runs; each caller resumes when all of it is durable.
    static func run(_ first: any Job, then next: () -> (any Job)?, on pool: DatabasePool) {
        var finished: [(job: any Job, error: (any Error)?)] = []
        do {
            try pool.writeWithoutTransaction { database in
                let session = SQLiteSession(database)
                do {
                    try database.cachedStatement(sql: "BEGIN IMMEDIATE").execute()
                    var current: (any Job)? = first
                    while let job = current {
                        let error = perform(job, in: session, of: database)
                        finished.append((job, error))
                        // Some errors (a full disk) end the transaction and take everybody's work with them.
                        if let error, !database.isInsideTransaction { throw error }
                        current = finished.count < limit ? next() : nil
                    }
                    try database.cachedStatement(sql: "COMMIT").execute()
                } catch {
                    if database.isInsideTransaction { try? database.execute(sql: "ROLLBACK") }
                    throw error
                }
            }
        } catch {
            if finished.isEmpty { finished.append((first, nil)) }
            let lost = (error as? GRDB.DatabaseError).map(DatabaseError.init) ?? error
            for (job, own) in finished { job.fail(own ?? lost) }
            return
        }
        for (job, error) in finished {
            if let error { job.fail(error) } else { job.succeed() }
        }
    }

    private static func perform(_ job: any Job, in session: SQLiteSession, of database: GRDB.Database)
        -> (any Error)?
    {
        do {
            try session.command(.savepoint)
        } catch {
            return error
        }
        do {
            try job.perform(in: session)
            try session.refuseOpenForeignKeys()
            try session.command(.release)
            return nil
        } catch {
            if database.isInsideTransaction {
                do {
                    try session.command(.rollbackToSavepoint)
                    try session.command(.release)
                } catch {
                    try? database.execute(sql: "ROLLBACK")
                    return error
                }
            }
            return error
        }
    }
}
