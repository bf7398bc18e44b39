/// Runs the writing closures that wait in one transaction with one wait for the disk, each apart from the others.
struct GroupCommit {
    /// More would let the first wait too long for the last.
    let limit: Int
    /// A group that has lasted this long takes no more: it holds locks, and its callers wait.
    let time: Duration
    /// Takes a closure that gets into somebody else's way, to run it in a transaction of its own. Without it the
    /// caller gets the conflict.
    var apart: ((any Job) -> Void)?

    /// Runs the first job in a transaction that has begun, and those that come meanwhile; each caller resumes when
    /// all of it is durable.
    ///
    /// - Returns: a job that met with a conflict behind others, for the next group to begin with.
    func run(_ first: any Job, then next: () -> (any Job)?, in session: any WritingSession) -> (any Job)? {
        let end = ContinuousClock.now + time
        if let error = Self.perform(first, in: session) {
            session.rollback()
            give(up: first, error)
            return nil
        }
        // A refusal too may rest on what others of the group wrote, so it is told when that is durable.
        var group: [(job: any Job, error: (any Error)?)] = [(first, nil)]
        var conflicting: (any Job)?
        do {
            while conflicting == nil, group.count < limit, ContinuousClock.now < end, let job = next() {
                group.append((job, nil))
                try session.beginStep(isFirst: group.count == 2)
                guard let error = Self.perform(job, in: session) else { continue }
                // Some errors (a full disk) end the transaction and take everybody's work with them.
                if let loss = session.loss(after: error) { throw loss }
                try session.undoStep()
                group[group.count - 1].error = error
                // Waiting with the locks of a whole group in hand is how nodes come to wait for each other.
                if error.isConflict, apart != nil { conflicting = group.removeLast().job }
            }
            try session.commit()
        } catch {
            session.rollback()
            // A commit that was refused, not lost: each by itself finds out whose fault it was.
            let isRefused = !session.isBroken && error.isRefusal
            for (job, _) in group {
                if isRefused, group.count > 1, let apart { apart(job) } else { job.fail(error) }
            }
            return conflicting
        }
        for (job, error) in group {
            if let error { job.fail(error) } else { job.succeed() }
        }
        return conflicting
    }

    /// The first job stands alone: nothing was stored, and there is nothing to wait for.
    private func give(up job: any Job, _ error: any Error) {
        if error.isConflict, let apart { apart(job) } else { job.fail(error) }
    }

    private static func perform(_ job: any Job, in session: any WritingSession) -> (any Error)? {
        do {
            try job.perform(in: session)
            try session.refuseOpenForeignKeys()
            return nil
        } catch {
            return error
        }
    }
}

extension Error {
    fileprivate var isConflict: Bool { self as? DatabaseError == .conflict }

    /// The engine has refused and said why, so that nothing was stored.
    fileprivate var isRefusal: Bool {
        if case .constraint = self as? DatabaseError { true } else { isConflict }
    }
}
