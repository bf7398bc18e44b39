import Database
import Domain

/// Stored times that cannot be: the clock was ahead when they were written, or lies behind now.
extension Installation {
    func checkClock(of municipality: ID<Municipality>, _ slug: String, _ report: (Breach) -> Void) async throws {
        let now = now()
        for instant in StoredInstant.all {
            let found = try await database.read(tenant: municipality.rawValue) { tx in
                try tx.row(instant.ahead(of: instant.isOfThrottle ? throttleClock() : now, in: municipality))
            }
            guard let found, let furthest: Instant = try found["furthest"] else { continue }
            let (number, place): (Int, String) = (try found["number"], instant.place)
            report(
                Breach(
                    municipality: slug, name: "in_the_future",
                    text: "\(place) lies in the future in \(number) row(s), as far as \(furthest.iso8601)"))
        }
    }

    func checkClockOfJobs(_ report: (Breach) -> Void) async throws {
        let limit = now().adding(milliseconds: StoredInstant.tolerance)
        let newest: Instant? = try await database.read(tenant: nil) { tx in
            try tx.value("SELECT max(finished_at) FROM jobs WHERE finished_at > \(limit)")
        }
        guard let newest else { return }
        report(
            Breach(
                name: "in_the_future",
                text: "jobs have run at \(newest.iso8601): the clock was ahead then, or lies behind now"))
    }
}

extension StoredInstant {
    fileprivate var place: String { "\(table.text(for: .sqlite)).\(column.text(for: .sqlite))" }
}
