import Database
import Domain

extension Installation {
    /// Counts the history anew and compares it with what is kept by day.
    func checkFigures(
        of municipality: ID<Municipality>, _ slug: String, progress: @escaping @Sendable (Int) -> Void,
        _ report: @escaping @Sendable (Breach) -> Void
    ) async throws {
        let figures = RebuildFigures(municipality: municipality)
        let recount = try await figures.recount(in: self, progress: progress)
        try await read(municipality, as: { _, _, _ in .system }) { op in
            let right = try figures.caughtUp(recount, in: op)
            let days =
                right.keys.map(\.day) + (try op.figures.countedDays().map { [$0.lowerBound, $0.upperBound] } ?? [])
            guard let first = days.min(), let last = days.max() else { return }
            let kept: DailyCounts
            do { kept = try op.figures.dailyCounts(of: first...last) } catch DatabaseError.malformed(let reason) {
                return report(
                    Breach(municipality: slug, name: "daily_counts", text: "figures cannot be read: \(reason)"))
            }
            let wrong = Set(right.keys).union(kept.keys).filter { right[$0] != kept[$0] }
            for day in Set(wrong.map(\.day)).sorted().prefix(Self.mostBreaches) {
                let (counted, shown) = (sum(right, on: day), sum(kept, on: day))
                report(
                    Breach(
                        municipality: slug, name: "daily_counts",
                        text:
                            "the figures of \(day.iso) are not what happened: \(shown) in all, counted anew \(counted)")
                )
            }
        }
    }

    private func sum(_ counts: DailyCounts, on day: CivilDay) -> Int {
        counts.reduce(0) { $0 + ($1.key.day == day ? $1.value : 0) }
    }
}
