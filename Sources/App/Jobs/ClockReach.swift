import Database
import Domain

/// A clock that shows what cannot be: nothing is stored by it, or it would be stored with ids that nobody can read back.
/// What is there can be read.
extension Installation {
    /// Why nothing can be stored at the time that the clock shows; nil when it can.
    func clockFault(at now: Instant) -> String? {
        guard !IDSequence.reach.contains(now) else { return nil }
        let (first, last) = (IDSequence.reach.lowerBound, IDSequence.reach.upperBound)
        return "the clock shows \(now.iso8601), and ids are made from \(first.iso8601) to \(last.iso8601); set it right"
    }

    func requireClock(at now: Instant) throws {
        if let fault = clockFault(at: now) { throw DatabaseError.cannotStore(fault) }
    }
}
