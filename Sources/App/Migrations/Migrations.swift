import Database

extension Migration {
    /// Every migration of Torg, in order. A number that has been released is never changed.
    public static let all: [Migration] = [
        .organisation, .cases, .web, .search, .jobs, .administration, .caseNumbers, .tokenNames,
        .deadlines, .dailyLooks, .reports, .contractors, .telling, .late, .unreachedReports,
        .contractorAlerts, .sight, .secondPerson, .knownPlaces, .letters, .tellings, .found, .emergencyNumbers,
        .addressedBy, .history, .dailyCounts, .tasks, .openLists, .outbox, .searchKinds, .nodes, .missedMessages,
        .retention,
    ]
}

extension Migration {
    /// A migration whose SQL is the same text on both engines, statement by statement.
    init(_ number: Int, _ name: String, _ statements: @escaping @Sendable (Dialect) -> [SQL]) {
        self.init(number: number, name: name, statements: statements)
    }
}
