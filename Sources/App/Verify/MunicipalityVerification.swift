import Database
import Domain
import Foundation

/// The check of one municipality, as many pieces at once as the machine has processors. Each reads in short transactions
/// of its own: a long one would hold back the database's own tidying.
struct MunicipalityVerification: Sendable {
    let installation: Installation
    let slug: String
    let scope: VerifyScope
    /// The position up to which the history is looked at.
    let end: Int64
    let report: @Sendable (Breach) -> Void
    let progress: @Sendable (VerifyProgress) -> Void

    private typealias Piece = @Sendable () async throws -> Void

    func perform() async throws {
        var pieces: [Piece] = [{ try await checkSmallThings() }]
        if scope.after == nil {
            // The longest first.
            pieces.insert({ try await checkFigures() }, at: 0)
            pieces.append({ try await checkContacts() })
            pieces += try await stretchesOfCases().map { stretch in { try await checkCases(stretch) } }
        } else {
            pieces.append({ try await checkChanged() })
        }
        pieces.append({ try await checkCasesByRules() })
        for invariant in Invariant.stored where invariant.breach == nil && (scope.after == nil || !invariant.needsAll) {
            pieces.append({ try await check(invariant) })
        }
        try await run(pieces)
    }

    /// Runs the pieces in their order, a few at once: never more than can read, or one would wait for its turn until it
    /// is given up.
    private func run(_ pieces: [Piece]) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            var rest = pieces.makeIterator()
            func begin() {
                if let next = rest.next() { group.addTask(operation: next) }
            }
            let many = max(ProcessInfo.processInfo.activeProcessorCount, 2)
            for _ in 0..<min(many, installation.database.connections) { begin() }
            while try await group.next() != nil { begin() }
        }
    }

    private func read<Value: Sendable>(_ body: @escaping @Sendable (Operation) throws -> Value) async throws -> Value {
        try await installation.read(scope.tenant, as: { _, _, _ in .system }, body)
    }

    // MARK: Rules that queries alone can tell

    /// One pass over the cases for all rules about them alone; one for each only when something is wrong.
    private func checkCasesByRules() async throws {
        let rules = Invariant.stored.filter { $0.breach != nil }
        let isWrong = try await read { op in try op.tx.row(Invariant.screen(rules, in: scope)) != nil }
        for rule in rules where isWrong { try await check(rule) }
        if !isWrong { progress(VerifyProgress(part: .rules, more: rules.count)) }
    }

    private func check(_ invariant: Invariant) async throws {
        let found: [Int64] = try await read { op in
            try op.tx.rows(invariant.query(scope) + " LIMIT \(Installation.mostBreaches + 1)").map { try $0["subject"] }
        }
        for subject in found.prefix(Installation.mostBreaches) {
            let text = "\(invariant.describe(subject)) \(invariant.explanation)"
            report(Breach(municipality: slug, name: invariant.name, text: text))
        }
        if found.count > Installation.mostBreaches {
            report(Breach(municipality: slug, name: invariant.name, text: "and more of the same"))
        }
        progress(VerifyProgress(part: .rules, more: 1))
    }

    /// What takes no time however many cases there are, and what all rows of a column tell.
    private func checkSmallThings() async throws {
        if scope.after == nil {
            try await installation.checkLists(of: scope.tenant, slug, report)
            try await installation.checkClock(of: scope.tenant, slug, report)
        }
        for kind in SearchKind.allCases {
            try await read { op in
                try SearchSample(op: op, kind: kind).check(anywhere: { .random(in: $0) }, report: report)
            }
        }
    }

    private func checkFigures() async throws {
        try await installation.checkFigures(
            of: scope.tenant, slug, progress: { progress(VerifyProgress(part: .lines, more: $0)) }, report)
    }

    // MARK: What the rules of the domain tell

    private static let stretches: Int64 = 64

    /// Ids rise with time, so a stretch may hold any number of cases.
    private func stretchesOfCases() async throws -> [(after: ID<Case>, through: ID<Case>)] {
        let ends: (first: Int64, last: Int64)? = try await read { op in
            let row = try op.tx.row(
                "SELECT min(id) AS first, max(id) AS last FROM cases WHERE municipality = \(op.tenant)")
            guard let row, let first: Int64 = try row["first"], let last: Int64 = try row["last"] else { return nil }
            return (first, last)
        }
        guard let (first, last) = ends else { return [] }
        let step = (last - first) / Self.stretches + 1
        return stride(from: first - 1, to: last, by: Int64.Stride(step)).map { (ID($0), ID(min($0 + step, last))) }
    }

    private func checkCases(_ stretch: (after: ID<Case>, through: ID<Case>)) async throws {
        var after = stretch.after
        while let (last, looked) = try await read({ [after] op in
            try CaseInvariants(op: op).check(after: after, through: stretch.through, report: report)
        }) {
            after = last
            progress(VerifyProgress(part: .cases, more: looked))
        }
    }

    private func checkContacts() async throws {
        var after = Int64.min
        while let last = try await read({ [after] op in
            try ContactInvariants(op: op).check(after: after, report: report)
        }) {
            after = last
        }
    }

    /// Goes along the history and looks at each case and contact that it tells of.
    private func checkChanged() async throws {
        var (position, looked) = (scope.after ?? 0, Set<ID<Case>>())
        while position < end {
            let (from, to) = (position, min(position + Int64(CaseInvariants.portion), end))
            let found: Set<ID<Case>> = try await read { [looked] op in
                let rows = try op.tx.rows(
                    """
                    SELECT case_id, contact_id, id, kind, data FROM \(HistoryLine.stored)
                    WHERE event_positions.municipality = \(op.tenant) AND position > \(from) AND position <= \(to)
                    """)
                try ContactInvariants(op: op).check(
                    try rows.filter { try ($0["contact_id"] as Int64?) != nil }, report: report)
                let cases = Set(try rows.compactMap { try $0["case_id"] as ID<Case>? }).subtracting(looked)
                try CaseInvariants(op: op).check(cases.sorted(), report: report)
                return cases
            }
            looked.formUnion(found)
            position = to
            progress(VerifyProgress(part: .cases, more: found.count))
        }
    }
}
