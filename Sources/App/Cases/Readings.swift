import Database
import Domain

/// That somebody opened a confidential case: recorded with every page and every answer of the API about it. A line in
/// a list or a search, which shows number and title to the case's own unit, is no reading.
struct Reading: Sendable, Hashable {
    var subject: ID<Case>
    var reader: ID<User>
    var kind = Kind.read

    enum Kind: String, Sendable, CaseIterable, SQLConvertible {
        /// What the case says.
        case read
        /// That it is there, and a number to call, for somebody who may not read it.
        case existence
        /// Nothing: a contact was joined to it by somebody who may not read it.
        case joined
    }
}

/// The readings of one operation, gathered while the answer is made. Used within one transaction, by one thread.
final class Readings {
    private(set) var noted: Set<Reading> = []
    /// The alerts of the reader about what the answer shows.
    private(set) var alerts: Set<ID<Alert>> = []

    /// What somebody learns although, and because, they are refused.
    private var refused: Set<Reading> = []

    func note(_ reading: Reading) { noted.insert(reading) }
    func noteRefused(_ reading: Reading) { refused.insert(reading) }

    /// Whatever is thrown takes along what is to be recorded all the same: the transaction is rolled back.
    func recordingRefusal<Value>(_ body: () throws -> Value) throws -> Value {
        do { return try body() } catch  where !refused.isEmpty { throw RefusedReading(cause: error, readings: refused) }
    }

    func note(_ alerts: [ID<Alert>]) { self.alerts.formUnion(alerts) }
}

/// A refusal that told somebody of a confidential case.
struct RefusedReading: Error {
    let cause: any Error
    let readings: Set<Reading>
}

extension Operation {
    /// The case with this number for somebody who is going to see it; that a confidential one was seen is recorded.
    func loadCaseToShow(_ number: CaseNumber, in scope: CaseScope) throws -> Case {
        let shown = try cases.load(number, in: scope)
        noteReading(of: shown)
        return shown
    }

    /// To be called for every case that the answer is about, not for lines in lists.
    func noteReading(of shown: Case, as kind: Reading.Kind = .read) {
        guard shown.isConfidential, let reader = actor.userID else { return }
        readings.note(Reading(subject: shown.id, reader: reader, kind: kind))
    }

    /// The refusal that follows tells the user that the case is there, and is recorded although nothing is stored.
    func noteRefused(_ subject: Case) {
        guard let reader = actor.userID else { return }
        readings.noteRefused(Reading(subject: subject.id, reader: reader, kind: .existence))
    }

    /// Writes down what was noted while an answer was made.
    func store(_ readings: Set<Reading>, _ alerts: Set<ID<Alert>>) throws {
        for reading in readings { try insert(reading) }
        if !alerts.isEmpty { try self.alerts.markRead("id IN \(list: alerts.sorted())") }
    }

    private func insert(_ reading: Reading) throws {
        try tx.run(
            """
            INSERT INTO readings (municipality, id, case_id, user_id, at, kind)
            VALUES (\(tenant), \(newID(of: Reading.self)), \(reading.subject), \(reading.reader), \(now),
                \(reading.kind))
            """)
    }
}
