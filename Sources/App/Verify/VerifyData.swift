import Database
import Domain

extension Installation {
    /// Of one kind of breach in one municipality, no more than so many are told.
    static let mostBreaches = 100

    /// Checks every invariant of the stored data, while Torg runs. Takes little memory, however many cases there are.
    ///
    /// - Parameter report: gets each breach as it is found.
    /// - Returns: how many cases were looked at.
    public func verify(_ report: @escaping @Sendable (Breach) -> Void) async throws -> Int {
        for text in try await database.faults() { report(Breach(name: "database", text: text)) }
        for loss in try await database.losses() { report(loss) }
        try await checkClockOfJobs(report)
        var cases = 0
        for municipality in try await Directories.all(in: database) {
            for invariant in Invariant.stored {
                try await check(invariant, in: municipality.id, municipality.slug, report)
            }
            try await checkLists(of: municipality.id, municipality.slug, report)
            try await checkClock(of: municipality.id, municipality.slug, report)
            cases += try await checkCases(of: municipality.id, report)
            try await checkContacts(of: municipality.id, report)
            try await checkFigures(of: municipality.id, municipality.slug, report)
            for kind in SearchKind.allCases {
                try await read(municipality.id, as: { _, _, _ in .system }) { op in
                    try SearchSample(op: op, kind: kind).check(anywhere: { .random(in: $0) }, report: report)
                }
            }
        }
        return cases
    }

    private func check(
        _ invariant: Invariant, in municipality: ID<Municipality>, _ slug: String,
        _ report: @escaping @Sendable (Breach) -> Void
    ) async throws {
        let found: [Int64] = try await database.read(tenant: municipality.rawValue) { tx in
            try tx.rows(invariant.query(municipality) + " LIMIT \(Self.mostBreaches + 1)").map { try $0["subject"] }
        }
        for subject in found.prefix(Self.mostBreaches) {
            let text = "\(invariant.describe(subject)) \(invariant.explanation)"
            report(Breach(municipality: slug, name: invariant.name, text: text))
        }
        if found.count > Self.mostBreaches {
            report(Breach(municipality: slug, name: invariant.name, text: "and more of the same"))
        }
    }

    private func checkContacts(
        of municipality: ID<Municipality>, _ report: @escaping @Sendable (Breach) -> Void
    ) async throws {
        var after = Int64.min
        while let last = try await read(
            municipality, as: { _, _, _ in .system },
            { [after] op in try ContactInvariants(op: op).check(after: after, report: report) })
        {
            after = last
        }
    }

    private func checkCases(
        of municipality: ID<Municipality>, _ report: @escaping @Sendable (Breach) -> Void
    ) async throws -> Int {
        var count = 0
        var after = ID<Case>(.min)
        // One short transaction for each portion: a long one would hold back the database's own tidying.
        while let (last, looked) = try await read(
            municipality, as: { _, _, _ in .system },
            { [after] op in try CaseInvariants(op: op).check(after: after, report: report) })
        {
            after = last
            count += looked
        }
        return count
    }
}
