import Domain

/// Counts the history anew, while Torg runs: the counts are replaced month by month, and what happens meanwhile is in them.
public struct RebuildFigures: Sendable {
    let municipality: ID<Municipality>
    /// Nil for every day there is.
    var from: CivilDay?
    var to: CivilDay?

    private let consumer = CountByDay()

    public init(municipality: ID<Municipality>, from: CivilDay? = nil, to: CivilDay? = nil) {
        self.municipality = municipality
        self.from = from
        self.to = to
    }

    /// - Parameter progress: gets how many more lines of the history were read.
    /// - Returns: how many counts there are now in the days.
    public func perform(
        in installation: Installation, progress: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> Int {
        // First, so that what is counted anew is what the consumer has counted.
        _ = try await installation.runConsumers()
        let recount = try await recount(in: installation, progress: progress)
        let kept = try await installation.read(municipality) { try $0.figures.countedDays() }
        let all = recount.counts.keys.map(\.day) + (kept.map { [$0.lowerBound, $0.upperBound] } ?? [])
        guard var day = all.filter(isWanted).min(), let last = all.filter(isWanted).max() else { return 0 }
        var stored = 0
        while day <= last {
            let month = day...min(day + 30, last)
            stored += try await installation.write(municipality, as: { _, _, _ in .system }) { op in
                try replace(month, by: recount, in: op)
            }
            day = month.upperBound + 1
        }
        return stored
    }

    /// The history counted up to a position.
    struct Recount: Sendable {
        var position: Int64
        var counts: DailyCounts
    }

    /// Up to where the consumer has come, in portions.
    func recount(
        in installation: Installation, progress: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws -> Recount {
        let end = try await installation.read(municipality) { try $0.history.cursor(of: consumer.name) }
        var recount = Recount(position: 0, counts: [:])
        while recount.position < end {
            let (from, to) = (recount.position, min(recount.position + 10 * Installation.linesAtOnce, end))
            let more = try await installation.read(municipality) { try counts(after: from, upTo: to, in: $0) }
            recount.counts.merge(more, uniquingKeysWith: +)
            recount.position = to
            progress(Int(to - from))
        }
        return recount
    }

    /// In one transaction with the cursor, so that what is counted since is neither lost nor counted twice.
    private func replace(_ days: ClosedRange<CivilDay>, by recount: Recount, in op: Operation) throws -> Int {
        let counts = try caughtUp(recount, in: op, forChange: true).filter { days.contains($0.key.day) }
        try op.figures.forgetDailyCounts(of: days)
        try op.figures.add(counts)
        return counts.count
    }

    /// With what the consumer has counted since.
    func caughtUp(_ recount: Recount, in op: Operation, forChange: Bool = false) throws -> DailyCounts {
        let position = try op.history.cursor(of: consumer.name, forChange: forChange)
        return recount.counts.merging(
            try counts(after: recount.position, upTo: position, in: op), uniquingKeysWith: +)
    }

    private func counts(after position: Int64, upTo end: Int64, in op: Operation) throws -> DailyCounts {
        let lines = try op.history.lines(after: position, upTo: end, kinds: consumer.kinds)
        return try consumer.derive(from: lines, in: op).filter { isWanted($0.key.day) }
    }

    private func isWanted(_ day: CivilDay) -> Bool { day >= from ?? day && day <= to ?? day }
}
