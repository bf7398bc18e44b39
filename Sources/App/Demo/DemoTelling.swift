import Database
import Domain

/// What is left to do on closed cases of the demonstration: a caller who has not been called back with the answer, and a
/// preventive measure that is to be done in two days. Those before them were told by telephone.
struct DemoTelling {
    let cases: DemoCases

    func run() throws {
        let at = cases.to.adding(minutes: -50)
        if let called = try find("contacts.email IS NULL AND contacts.phone IS NOT NULL", at: at) {
            try cases.run(
                CloseCase.self,
                [
                    "outcome": .text("no_action"), "reason": .text("already_mended"),
                    "answer": .text("Da vi kom dit, var det allerede i orden. Si gjerne fra om det skjer igjen."),
                ], called.number, in: called.op)
        }
        if let written = try find("contacts.email IS NOT NULL", at: at) {
            let day = cases.directory.calendar.timeZone.day(of: at) + 2
            try cases.run(
                AddMeasure.self,
                [
                    "kind": .text("preventive"), "what": .text("Sette opp skilt og følge med i to uker"),
                    "who": .text("Driftslaget"), "due_at": .text(day.iso),
                ], written.number, in: written.op)
            try cases.run(
                CloseCase.self,
                [
                    "outcome": .text("measures_taken"), "answer": .text("Det er rettet, og vi følger med framover."),
                    "measure_what": .text("Rettet på stedet"), "measure_who": .text("Driftslaget"),
                    "measure_done_at": .text(at.adding(hours: -1).iso8601),
                ], written.number, in: written.op)
        }
    }

    /// The newest case that is at work, whose reporters are all so, and the colleague who has it.
    private func find(_ reporters: SQL, at: Instant) throws -> (number: CaseNumber, op: Operation)? {
        let system = cases.operation(.system, at: at)
        let row = try system.tx.row(
            """
            SELECT cases.* FROM cases WHERE municipality = \(system.tenant) AND state = 'underway'
                AND contractor_id IS NULL AND handler_id IS NOT NULL AND is_confidential = 0
                AND NOT EXISTS (SELECT 1 FROM questions JOIN contacts
                    ON contacts.municipality = questions.municipality AND contacts.id = questions.contact_id
                    WHERE questions.municipality = cases.municipality AND questions.case_id = cases.id
                        AND NOT (\(reporters)))
                AND NOT EXISTS (SELECT 1 FROM events WHERE events.municipality = cases.municipality
                    AND events.case_id = cases.id AND events.at >= \(at))
            ORDER BY id DESC LIMIT 1
            """)
        guard let found = try row.map(Case.init), let handler = found.handler,
            let colleague = cases.directory.people[handler]?.user
        else { return nil }
        return (found.number, cases.operation(.user(colleague), at: at))
    }
}
