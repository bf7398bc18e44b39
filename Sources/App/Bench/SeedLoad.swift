import Database
import Domain
import Foundation

/// Fills a municipality with a large number of invented cases, most of them closed, for measuring (`bin/bench`).
///
/// The rows are those that registration and closing leave behind, written in bulk; `torg verify` finds nothing wrong.
public struct SeedLoad: Sendable {
    public var cases: Int
    /// How many of them are open; the newest.
    public var open: Int
    public var municipality: ID<Municipality>

    public init(cases: Int, open: Int, municipality: ID<Municipality>) {
        self.cases = cases
        self.open = open
        self.municipality = municipality
    }

    private static let batch = 2_000
    /// Days over which the cases came in.
    private static let days = 3 * 365

    public func perform(in installation: Installation, progress: @escaping @Sendable (Int) -> Void) async throws {
        var made = 0
        while made < cases {
            let first = made
            let count = min(Self.batch, cases - made)
            try await installation.write(municipality) { op in
                try op.tx.prepareForFilling()
                try Batch(load: self, first: first, count: count, op: op).insert()
            }
            made += count
            progress(made)
        }
    }

    private struct Batch {
        let load: SeedLoad
        let first: Int
        let count: Int
        let op: Operation

        func insert() throws {
            var rows = Rows()
            let units = op.directory.activeUnits.map(\.id)
            let categories = op.directory.activeCategories(in: op.language).map(\.id)
            let agent = op.directory.activePeople[0].id
            for index in first..<(first + count) {
                var random = DemoChance(seed: UInt64(index))
                let at = op.now.adding(minutes: -SeedLoad.days * 1440 * (load.cases - index) / load.cases)
                let text = Self.text(index, &random)
                var made = Case(
                    id: op.newID(), number: try op.cases.nextCaseNumber(at: at), createdAt: at, title: text,
                    category: random.one(of: categories), unit: random.one(of: units), isPassedOn: true,
                    place: Place(text: "\(random.one(of: Words.streets)) \(index % 90 + 1)", position: nil))
                let (contact, question): (ID<Contact>, ID<Question>) = (op.newID(), op.newID())
                let history = try history(of: &made, contact, index: index, by: agent)
                let person = Person(name: "Caller \(index)", email: EmailAddress("caller\(index)@example.org"))
                rows.contacts.append(
                    """
                    (\(op.tenant), \(contact), \(at), 'telephone', 'in', \(person.name), \(person.email?.description), 0)
                    """)
                // Reminders are not what is measured: those that are due count as made.
                _ = made.remind(op.directory.targets(for: made), op.directory.calendar, at: op.now)
                rows.cases.append(try row(made))
                rows.questions.append(
                    """
                    (\(op.tenant), \(question), \(contact), \(text), \(made.category), 0, \(made.id))
                    """)
                let asked = ContactEvent.Asked(
                    question: question, category: made.category, unit: made.unit, isAnswered: false, subject: made.id)
                let registered = ContactEvent.registered(
                    .init(channel: .telephone, direction: .incoming, questions: [asked]))
                rows.events.append(
                    """
                    (\(op.tenant), \(contact), NULL, \(contact), \(at), \(registered.kind.rawValue), 'citizen', \(contact),
                    \(try registered.json))
                    """)
                try op.tx.place(contact.rawValue)
                rows.events += try history.map { event in
                    let id: ID<CaseEvent> = op.newID()
                    try op.tx.place(id.rawValue)
                    return """
                        (\(op.tenant), \(id), \(made.id), NULL, \(at), \(event.kind), 'user', \(agent), \(try event.json))
                        """
                }
                let asker = Contact(
                    id: contact, at: at, channel: .telephone, person: person, registeredBy: nil,
                    questions: [Question(id: question, text: text, category: made.category, caseID: made.id)])
                let report = SearchedReport(text: text, name: person.name, email: person.email?.description)
                rows.texts += [
                    op.cases.searchedText(of: made, reports: [report]),
                    op.contacts.searchedText(of: asker, cases: [made.id: made]),
                ]
            }
            try store(rows)
        }

        /// The oldest are closed; of the open ones every other has been acknowledged.
        private func history(
            of made: inout Case, _ contact: ID<Contact>, index: Int, by agent: ID<User>
        ) throws -> [CaseEvent] {
            var history = [made.opened(by: contact)]
            let isClosed = index < load.cases - load.open
            if isClosed || index % 2 == 0 {
                let at = min(made.createdAt.adding(hours: 5), op.now)
                history.append(try made.acknowledge(by: agent, calendar: op.directory.calendar, at: at))
            }
            if isClosed {
                let closure = Closure(
                    answer: "Mended, thank you for telling us.", outcome: .noAction, reason: "already_mended")
                let closedAt = made.createdAt.adding(days: 6)
                let told = Told.told(at: closedAt)
                history.append(try made.close(closure, measures: [], told: told, by: agent, at: closedAt))
            }
            return history
        }

        private struct Rows {
            var contacts: [SQL] = []
            var cases: [SQL] = []
            var questions: [SQL] = []
            var events: [SQL] = []
            var texts: [SearchedText] = []
        }

        private func store(_ rows: Rows) throws {
            try run("contacts (municipality, id, at, channel, direction, name, email, wants_updates)", rows.contacts)
            try run(Self.caseColumns, rows.cases)
            try run("questions (municipality, id, contact_id, text, category_id, is_answered, case_id)", rows.questions)
            try run("events (municipality, id, case_id, contact_id, at, kind, actor, actor_id, data)", rows.events)
            for text in rows.texts { try op.index.put(text) }
        }

        /// A hundred rows a statement: SQLite has room for 32,766 values in one.
        private func run(_ table: SQL, _ rows: [SQL]) throws {
            for part in rows.portions(of: 100) {
                try op.tx.run("INSERT INTO \(table) VALUES \(SQL.joined(Array(part)))")
            }
        }

        private static let caseColumns: SQL = """
            cases (municipality, id, number, created_at, title, category_id, unit_id, handler_id, state, is_acute,
                is_confidential, place, clocks_from, passed_at, acknowledged_at, feedback_at, closed_at, answer,
                outcome, reason, reminded, version, \(StoredDeadlines.columns))
            """

        private func row(_ made: Case) throws -> SQL {
            """
            (\(op.tenant), \(made.id), \(made.number.sortKey), \(made.createdAt), \(made.title), \(made.category),
            \(made.unit), \(made.handler), \(made.state), 0, 0, \(made.place?.text), \(made.clocksFrom),
            \(made.passedAt), \(made.acknowledgedAt), \(made.feedbackAt), \(made.closedAt),
            \(made.closure?.answer), \(made.closure?.outcome), \(made.closure?.reason), \(made.remindedText), \(made.version),
            \(StoredDeadlines(of: made, in: op.directory).values))
            """
        }

        /// A common word in every fourth text, a rare one in every ten-thousandth.
        private static func text(_ index: Int, _ random: inout DemoChance) -> String {
            var words = (0..<9).map { _ in random.one(of: Words.vocabulary) }
            if index % 4 == 0 { words[0] = "streetlight" }
            if index % 10_000 == 0 { words[1] = "rhinoceros" }
            return words.joined(separator: " ")
        }
    }

    private enum Words {
        static let streets = ["Strandgata", "Kirkebakken", "Elvegata", "Skolegata", "Bergveien", "Markveien"]
        /// Two thousand invented words, the first of them the most frequent.
        static let vocabulary: [String] = {
            let starts = ["bra", "kel", "mor", "sta", "vin", "hol", "fjo", "ske", "tru", "lan"]
            let ends = ["dak", "net", "lig", "sund", "vik", "mark", "stad", "heim", "berg", "dal"]
            let middles = ["a", "e", "i", "o", "u"].flatMap { vowel in ["n", "r", "t", "v"].map { vowel + $0 } }
            return starts.flatMap { start in middles.flatMap { middle in ends.map { start + middle + $0 } } }
        }()
    }
}
