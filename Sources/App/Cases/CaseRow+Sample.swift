extension CaseRow {
    /// Every kind of row, repeated to the wanted number.
    static func samples(_ words: Words, count: Int) -> [CaseRow] {
        let deadlines = DeadlineWords(words: words)
        let kinds = [
            CaseRow(
                number: "26-10423-4", url: "/sandvik/cases/26-10423-4", title: "Mørkt gatelys ved Strandgata skole",
                sub: "Gatelys · Strandgata 14 · " + words.count("list.reporters", 3),
                due: deadlines.late(.acknowledge, workingDays: 2), dueKind: .late,
                state: words("state.passedOn"), with: "Vei og gatelys", isAcute: true, mustBeAnswered: true),
            CaseRow(
                number: "26-10431-3", url: "/sandvik/cases/26-10431-3", title: "Hull i veien, sykkel veltet",
                sub: "Veiskade · Bergåsveien", due: deadlines.due(.answer, .sample, days: 0, thisYear: 2026),
                dueKind: .soon, state: words("state.underway"), with: "Jonas"),
            CaseRow(
                number: "26-10440-2", url: "/sandvik/cases/26-10440-2",
                title: "Spørsmål om byggesaksbehandlingsgebyr og ferdigattestutstedelse for fritidsbolig",
                sub: "Byggesak · Kirkebakken 2", due: deadlines.due(.feedback, .sample, days: 3, thisYear: 2026),
                dueKind: .ok, state: words("state.underway"), with: "Byggesaksavdelingens forvaltningsseksjon",
                isConfidential: true),
            CaseRow(
                number: "26-10398-6", url: "/sandvik/cases/26-10398-6", title: "Overvann i kjeller etter regnet",
                sub: "Vann og avløp · Elvegata 33 B",
                due: deadlines.due(.awaitingCitizen, .sample, days: 3, thisYear: 2026), dueKind: .wait,
                state: words("state.awaitingCitizen"), with: "Mette"),
            CaseRow(
                number: "26-10120-9", url: "/sandvik/cases/26-10120-9", title: "Benken i parken er knust",
                sub: "Park · Byparken", due: "", dueKind: .none, state: words("state.closed"), with: "Park"),
        ]
        return (0..<count).map { kinds[$0 % kinds.count] }
    }
}

extension DeadlineWords {
    /// As a page shows it, for samples.
    func late(_ kind: Kind, workingDays: Int) -> String {
        late(kind, late(workingDays: workingDays, since: .earlierSample, days: workingDays, thisYear: 2026))
    }
}
