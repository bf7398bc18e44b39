import Domain

/// The cases of the demonstration that somebody outside the municipality works on: a street light that waits to be
/// acknowledged, and a hole in the road that is being filled, with a question about it.
struct DemoContractors {
    let cases: DemoCases

    func run() throws {
        let (contractors, end) = (cases.directory.activeContractors, cases.to)
        try pass("Gatelys", to: contractors.last, note: "Ta med lift. Masten står tett på gjerdet.")
        guard let hole = try pass("Hull i veien", to: contractors.first, note: "Det haster litt: skolebarn sykler her.")
        else { return }
        let actor = Actor.contractor(hole.contractor.id)
        try hole.acknowledge(in: cases.operation(actor, at: end.adding(minutes: -30)))
        try hole.ask(
            "Kan vi stenge det ene feltet i morgen formiddag?", in: cases.operation(actor, at: end.adding(minutes: -20))
        )
    }

    /// The newest case of the category that is at work and has rested for an hour; nil when there is none.
    @discardableResult
    private func pass(_ category: String, to contractor: Contractor?, note: String) throws -> ContractedCase? {
        let at = cases.to.adding(hours: -1)
        let (directory, system) = (cases.directory, cases.operation(.system, at: at))
        let category = directory.categories.values.first { $0.names["nb"] == category }
        let row = try system.tx.row(
            """
            SELECT * FROM cases WHERE municipality = \(system.tenant) AND category_id = \(category?.id)
                AND state IN ('passedOn', 'underway') AND title NOT LIKE 'Fylkesveien%' AND NOT EXISTS (
                    SELECT 1 FROM events WHERE events.municipality = cases.municipality
                        AND events.case_id = cases.id AND events.at >= \(at))
            ORDER BY id DESC LIMIT 1
            """)
        guard let found = try row.map(Case.init), let contractor,
            let receiver = found.handler ?? directory.units[found.unit]?.receiver,
            let colleague = directory.people[receiver]?.user
        else { return nil }
        try cases.run(
            PassOnCase.self, ["contractor": .text("\(contractor.id)"), "note": .text(note)], found.number,
            in: cases.operation(.user(colleague), at: at))
        return try system.tx.row(
            "SELECT * FROM contractor_links WHERE municipality = \(system.tenant) AND case_id = \(found.id)"
        ).map { link in
            ContractedCase(
                link: try ContractorLink(link), shown: try system.cases.load(found.number, in: system.scope),
                contractor: contractor)
        }
    }
}
