import Database
import Domain

/// A clock that was ahead and has been set back: what was to happen later by the old time would wait for ever.
extension Installation {
    /// Jobs that have ended in the future tell that the clock was ahead, and so do mails that wait for longer than they may:
    /// the node whose clock it was need not be one that runs jobs. Puts right what depends on it, once, and says so.
    func putRightAfterClockJump() async throws {
        let now = now()
        let latest = now.adding(milliseconds: StoredInstant.tolerance)
        let newest: Instant? = try await database.read(tenant: nil) { tx in
            let jobs: Instant? = try tx.value("SELECT max(finished_at) FROM jobs WHERE finished_at > \(latest)")
            // By the index of the outbox.
            let mails: Instant? = try tx.value(
                """
                SELECT max(next_attempt_at) FROM outbox WHERE state IN ('waiting', 'sending', 'handed_over')
                    AND next_attempt_at > \(StoredInstant.nextAttempt.limit(at: now))
                """)
            return [jobs, mails].compactMap(\.self).max()
        }
        guard let newest else { return }
        if storage.log.allows("clock") {
            logger.warning(
                "the clock has been set back: what was to happen later by its old time happens now; torg verify tells what else has such a time",
                metadata: ["seconds": "\((newest.milliseconds - now.milliseconds) / 1000)"])
        }
        // Those who try too often wait by a clock of their own.
        let throttleNow = throttleClock()
        _ = try await inEachMunicipality { municipality in
            try await database.write(tenant: municipality.rawValue) { tx in
                for instant in StoredInstant.all {
                    let now = instant.isOfThrottle ? throttleNow : now
                    if let change = instant.putRight(at: now, in: municipality) { try tx.run(change) }
                }
            }
            return try await takeBackReminders(in: municipality)
        }
        // Last, so that a crash before this leaves the sign.
        try await database.write(tenant: nil) { tx in
            _ = try tx.run("UPDATE jobs SET finished_at = \(now) WHERE finished_at > \(latest)")
        }
    }
}

extension StoredInstant {
    var isOfThrottle: Bool { table.text(for: .sqlite) == "attempts" }
}

/// Sees the clock jump ahead of the time that passes; backwards is seen by what is stored.
struct ClockWatch {
    private var shown: Instant
    private var passed = ContinuousClock.now

    init(_ now: Instant) { shown = now }

    /// - Returns: the seconds by which it has jumped since it was asked before; nil when it goes as it should.
    mutating func jump(at now: Instant, after time: ContinuousClock.Instant = .now) -> Int64? {
        let (components, _) = (time - passed).components
        let ahead = (now.milliseconds - shown.milliseconds) / 1000 - components
        (shown, passed) = (now, time)
        return ahead * 1000 > StoredInstant.tolerance ? ahead : nil
    }
}
