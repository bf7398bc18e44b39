import Database
import Domain

/// Days on which new reports lay in a unit and nobody looked.
struct UnlookedDays: Sendable {
    /// By what was not confidential: for everybody.
    var open: [CivilDay]
    /// By what was: for those who may know of it.
    var confidential: [CivilDay]

    var all: [CivilDay] { Set(open).union(confidential).sorted() }

    func seen(by user: User, in unit: ID<Unit>) -> [CivilDay] { user.knowsOfConfidential(in: unit) ? all : open }
}

extension User {
    /// Whether they may know of what comes in to the unit and is confidential.
    func knowsOfConfidential(in unit: ID<Unit>) -> Bool {
        confidentialSight.has(Sight.Facts(unit: unit, isConfidential: true))
    }
}

/// What has come in to units, and whether somebody looked through it: every day, holidays too (R4.5). What is confidential
/// has looks of its own, which only those see who may know of it: everybody is told when somebody looked, and on which days
/// nobody did, and could tell from that that something had come.
extension DeadlineFacade {
    /// Longest time back that is shown.
    static let lookedBack = 14

    /// For each active unit the days on which new reports lay there and nobody looked; today, which is not over, is left
    /// out. A case that was passed on counts where it is now; until then with the contact centre.
    ///
    /// - Parameter count: days back from today.
    func unlookedDays(last count: Int = lookedBack) throws -> [ID<Unit>: UnlookedDays] {
        let zone = directory.calendar.timeZone
        let today = zone.day(of: now)
        let days = (1...max(1, count)).reversed().map { today - $0 }
        guard let first = days.first else { return [:] }
        let begin = zone.instant(of: first, at: .midnight)
        // Number −1: all that was before.
        var spans: [SQL] = [span(-1, Instant(milliseconds: 0), begin)]
        for (number, day) in days.enumerated() {
            spans.append(span(number, zone.instant(of: day, at: .midnight), zone.instant(of: day + 1, at: .midnight)))
        }
        let rows = try tx.rows(
            """
            SELECT units.id AS unit_id, spans.number AS number,
                \(lastLooked("looks")) AS looked, \(lastLooked("confidential_looks")) AS looked_confidential,
                \(lastPassed(isConfidential: false)) AS passed, \(lastPassed(isConfidential: true)) AS passed_confidential,
                CASE WHEN units.id = \(municipality.centre) THEN
                    (SELECT max(created_at) FROM cases WHERE cases.municipality = \(tenant)
                        AND registered_by IS NULL AND (state = 'new' OR passed_at > created_at)
                        AND is_confidential = 0 AND created_at >= spans.starts AND created_at < spans.ends)
                    ELSE NULL END AS sent
            FROM units CROSS JOIN (\(SQL.joined(spans, separator: " UNION ALL "))) AS spans
            WHERE units.municipality = \(tenant) AND units.is_active = 1
            ORDER BY units.id, spans.number
            """)
        var found: [ID<Unit>: (open: Arrivals, confidential: Arrivals)] = [:]
        for row in rows {
            let unit: ID<Unit> = try row["unit_id"]
            let number: Int = try row["number"]
            let open = [try row["passed"] as Instant?, try row["sent"] as Instant?].compactMap(\.self)
            let day = number < 0 ? nil : days[number]
            found[unit, default: (Arrivals(), Arrivals())].open.add(open.max(), try row["looked"], on: day)
            found[unit, default: (Arrivals(), Arrivals())].confidential.add(
                try row["passed_confidential"], try row["looked_confidential"], on: day)
        }
        return found.compactMapValues { arrivals in
            let days = UnlookedDays(open: arrivals.open.unlooked, confidential: arrivals.confidential.unlooked)
            return days.all.isEmpty ? nil : days
        }
    }

    /// What came in to one unit.
    private struct Arrivals {
        private var isWaiting = false
        private var days: [ReportDay] = []

        /// - Parameter day: nil for all that was before.
        mutating func add(_ last: Instant?, _ look: Instant?, on day: CivilDay?) {
            if let day {
                days.append(ReportDay(day: day, lastReport: last, lastLook: look))
            } else if let last, look.map({ last > $0 }) ?? true {
                isWaiting = true
            }
        }

        var unlooked: [CivilDay] { days.withoutLook(isWaiting: isWaiting) }
    }

    /// By the index of arrival.
    private func lastPassed(isConfidential: Bool) -> SQL {
        """
        (SELECT max(passed_at) FROM cases WHERE cases.municipality = \(tenant) AND cases.unit_id = units.id
            AND is_confidential = \(isConfidential) AND state <> 'new' AND passed_at >= spans.starts
            AND passed_at < spans.ends)
        """
    }

    private func lastLooked(_ table: SQL) -> SQL {
        """
        (SELECT max(at) FROM \(table) WHERE municipality = \(tenant) AND unit_id = units.id AND at >= spans.starts
            AND at < spans.ends)
        """
    }

    private func span(_ number: Int, _ starts: Instant, _ ends: Instant) -> SQL {
        """
        SELECT CAST(\(number) AS BIGINT) AS number, CAST(\(starts) AS BIGINT) AS starts, CAST(\(ends) AS BIGINT) AS ends
        """
    }

    /// - Parameter isConfidential: through what is confidential, or through the rest.
    func storeLook(at unit: ID<Unit>, by user: ID<User>, _ at: Instant, isConfidential: Bool = false) throws {
        let table: SQL = isConfidential ? "confidential_looks" : "looks"
        try tx.run(
            """
            INSERT INTO \(table) (municipality, unit_id, day, user_id, at)
            VALUES (\(tenant), \(unit), \(directory.calendar.timeZone.day(of: at)), \(user), \(at))
            ON CONFLICT (municipality, unit_id, day, user_id) DO UPDATE SET at = excluded.at
                WHERE excluded.at > \(table).at
            """)
    }

    /// Whoever takes care of the last new report of a unit has looked through them, and need not say so.
    func noteLook(_ before: Case, _ after: Case) throws {
        let unit = directory.unitInCharge(of: before)
        guard case .user(let user) = actor, before.isUnheeded,
            !after.isUnheeded || directory.unitInCharge(of: after) != unit,
            let looked = directory.units[unit], directory.looksThrough(looked, user, on: today)
        else { return }
        let isAnyLeft = try tx.row(
            """
            SELECT 1 AS one FROM cases WHERE municipality = \(tenant) AND state IN ('new', 'passedOn')
                AND contractor_id IS NULL AND is_confidential = \(before.isConfidential)
                AND \(UnitInCharge.isAmong([unit], centre: municipality.centre)) LIMIT 1
            """)
        if isAnyLeft == nil { try storeLook(at: unit, by: user.id, now, isConfidential: before.isConfidential) }
    }

    /// When somebody last looked through the unit's reports that are not confidential, and who; nil when nobody ever has.
    func lastLook(at unit: ID<Unit>) throws -> (at: Instant, user: ID<User>)? {
        try lastLook(at: unit, in: "looks")
    }

    private func lastLook(at unit: ID<Unit>, in table: SQL) throws -> (at: Instant, user: ID<User>)? {
        try tx.row(
            """
            SELECT at, user_id FROM \(table) WHERE municipality = \(tenant) AND unit_id = \(unit)
            ORDER BY at DESC LIMIT 1
            """
        ).map { (try $0["at"], try $0["user_id"]) }
    }

    /// How many open reports have come in to the unit since somebody looked, or in the last weeks when nobody has; at
    /// most `mostCounted` of each kind, by the indexes of arrival. What is confidential counts for those who may know of
    /// it.
    func newReports(at unit: ID<Unit>, since look: Instant?) throws -> Int {
        let never = now.adding(days: -Self.lookedBack)
        let since = look ?? never
        var count = try newlyPassed(to: unit, since: since, isConfidential: false)
        if try user.knowsOfConfidential(in: unit) {
            let look = try lastLook(at: unit, in: "confidential_looks")?.at
            count += try newlyPassed(to: unit, since: look ?? never, isConfidential: true)
        }
        guard unit == municipality.centre else { return count }
        let sent: Int? = try tx.value(
            """
            SELECT count(*) FROM (
                SELECT 1 AS one FROM cases WHERE municipality = \(tenant) AND registered_by IS NULL
                    AND (state = 'new' OR passed_at > created_at) AND state = 'new' AND is_confidential = 0
                    AND created_at > \(since)
                ORDER BY created_at DESC LIMIT \(AlertFacade.mostCounted)) AS new
            """)
        return count + (sent ?? 0)
    }

    private func newlyPassed(to unit: ID<Unit>, since: Instant, isConfidential: Bool) throws -> Int {
        try tx.value(
            """
            SELECT count(*) FROM (
                SELECT 1 AS one FROM cases WHERE municipality = \(tenant) AND unit_id = \(unit)
                    AND is_confidential = \(isConfidential) AND state <> 'new' AND \(StoredDeadlines.open)
                    AND passed_at > \(since)
                ORDER BY passed_at DESC LIMIT \(AlertFacade.mostCounted)) AS new
            """) ?? 0
    }
}

extension Case {
    /// Nobody has taken care of it yet; what has gone to a contractor was read by whoever passed it.
    fileprivate var isUnheeded: Bool { (state == .new || state == .passedOn) && contractor == nil }
}

extension Directory {
    /// Active units whose receiver nobody stands in for when away, by name: no substitute, or one who has left (R4.5).
    var unitsWithoutSubstitute: [Unit] { activeUnits.filter { gaps(in: $0).contains(.substitute) } }

    /// Active units in which nobody receives on `day`: everybody who could is away, or there is nobody.
    func unitsWithoutReceiver(on day: CivilDay) -> [Unit] { activeUnits.filter { receiver(of: $0, on: day) == nil } }

    /// Whoever belongs to the unit looks through its reports, and whoever stands in there today.
    func looksThrough(_ unit: Unit, _ user: User, on day: CivilDay) -> Bool {
        user.worksIn(unit.id) || receiver(of: unit, on: day) == user.id
    }
}
