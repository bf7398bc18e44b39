import Database
import Domain
import Foundation
import Synchronization

/// How much of a part of the check is done.
public struct VerifyProgress: Sendable {
    public enum Part: String, Sendable { case cases, rules, lines }

    public var part: Part
    /// How many more there are since the last time.
    public var more: Int
}

extension Installation {
    /// Of one kind of breach in one municipality, no more than so many are told.
    static let mostBreaches = 100

    /// Checks every invariant of the stored data, while Torg runs. Takes little memory, however many cases there are.
    ///
    /// - Parameters:
    ///   - onlyChanged: looks at what the history tells of since a check last found nothing, which that one did for
    ///     everything before. Sees no value that was changed past Torg.
    ///   - progress: gets how much more is done.
    ///   - report: gets each breach as it is found.
    /// - Returns: how many cases were looked at.
    public func verify(
        onlyChanged: Bool = false, progress: @escaping @Sendable (VerifyProgress) -> Void = { _ in },
        _ report: @escaping @Sendable (Breach) -> Void
    ) async throws -> Int {
        let found = Mutex(0)
        let cases = Mutex(0)
        let progress: @Sendable (VerifyProgress) -> Void = { done in
            if done.part == .cases { cases.withLock { $0 += done.more } }
            progress(done)
        }
        let report: @Sendable (Breach) -> Void = { breach in
            found.withLock { $0 += 1 }
            report(breach)
        }
        for text in try await database.faults() { report(Breach(name: "database", text: text)) }
        for loss in try await database.losses() { report(loss) }
        try await checkClockOfJobs(report)
        let ofInstallation = found.withLock(\.self)
        for municipality in try await Directories.all(in: database) {
            let before = found.withLock(\.self)
            let (from, end) = try await read(municipality.id) { op in
                (onlyChanged ? try op.history.cursor(of: Self.verifying) : nil, try op.history.newestPosition())
            }
            let verification = MunicipalityVerification(
                installation: self, slug: municipality.slug, scope: VerifyScope(tenant: municipality.id, after: from),
                end: end, report: report, progress: progress)
            try await verification.perform()
            if found.withLock(\.self) == before, ofInstallation == 0 {
                try await noteFoundRight(municipality.id, upTo: end)
            }
        }
        return cases.withLock(\.self)
    }

    /// As one of those who read the history, `verify` keeps to where it has found everything right.
    private static let verifying = "verify"

    private func noteFoundRight(_ municipality: ID<Municipality>, upTo end: Int64) async throws {
        try await write(municipality, as: { _, _, _ in .system }) { op in
            _ = try op.history.moveCursor(
                of: Self.verifying, from: try op.history.cursor(of: Self.verifying, forChange: true), to: end)
        }
    }
}
