import Database
import Domain

/// What watches over the demonstration's cases: the reminders of each morning, the daily look through new reports, and
/// who is away. So the bell, the watch page and the substitutes have something to show from the start.
struct DemoWatch {
    let cases: DemoCases

    /// Whose new reports have lain for some days.
    private static let neglected = (unit: "Park og natur", days: 5)

    private struct AbsenceSeed {
        var login: String
        /// Days from today.
        var first: Int
        var last: Int
        var substitute: String?
    }

    /// A receiver whose unit has a substitute, one whose unit has none, and one who goes on leave later.
    private static let absences = [
        AbsenceSeed(login: "fossekall", first: 0, last: 9), AbsenceSeed(login: "nattergal", first: 0, last: 3),
        AbsenceSeed(login: "svale", first: 14, last: 25, substitute: "hegre"),
    ]

    private var calendar: WorkingCalendar { cases.directory.calendar }
    private var today: CivilDay { calendar.timeZone.day(of: cases.to) }
    private var days: [CivilDay] {
        let first = calendar.timeZone.day(of: cases.from)
        return (0...(today - first)).map { first + $0 }
    }

    /// When the office has opened.
    var mornings: [Instant] {
        days.compactMap(calendar.opening(on:)).filter { cases.from < $0 && $0 < cases.to }
    }

    func remind(at morning: Instant) throws {
        let op = cases.operation(.system, at: morning)
        let portion = SeedDemo.cases
        while try op.deadlines.remindOfNext(portion).cases == portion {}
    }

    /// After everything else: what was told in earlier mornings has been mailed and read then.
    func finish() throws {
        let op = cases.operation(.system, at: cases.to)
        if let last = mornings.last {
            try op.tx.run(
                """
                UPDATE alerts SET mailed_at = at, read_at = coalesce(read_at, at)
                WHERE municipality = \(op.tenant) AND at < \(last)
                """)
        }
        try look(op)
        try leave(op)
    }

    /// Each unit's receiver has looked through what came in, every day until yesterday.
    private func look(_ op: Operation) throws {
        for unit in op.directory.activeUnits {
            guard let receiver = unit.receiver else { continue }
            let missed = unit.name == Self.neglected.unit ? Self.neglected.days : 0
            for day in days.dropLast(1 + missed) {
                guard let afternoon = TimeOfDay("15:10") else { continue }
                for isConfidential in [false, true] {
                    try op.deadlines.storeLook(
                        at: unit.id, by: receiver, calendar.timeZone.instant(of: day, at: afternoon),
                        isConfidential: isConfidential)
                }
            }
        }
    }

    private func leave(_ op: Operation) throws {
        let logins = Dictionary(
            op.directory.people.values.map { ($0.user.login, $0.user.id) }, uniquingKeysWith: { first, _ in first })
        for seed in Self.absences {
            guard let person = logins[seed.login],
                let absence = Absence(
                    id: op.newID(), user: person, first: today + seed.first, last: today + seed.last,
                    substitute: seed.substitute.flatMap { logins[$0] })
            else { throw Refusal.notFound }
            try op.tx.insert(absence: absence, of: op.tenant)
        }
    }
}
