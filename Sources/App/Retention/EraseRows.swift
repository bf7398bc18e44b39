import Database
import Domain

/// How the register of personal data is carried out: each of its rows that hangs on what is erased goes as the row says.
/// A table that is added to the register is reached by this alone; files, whose rows come with their cases, are too.
extension RetentionFacade {
    func erase(_ batch: ErasureBatch, as erasure: ID<Erasure>) throws {
        for data in PersonalData.register {
            guard let rows = data.holder.flatMap({ batch.condition($0, in: tenant) }) else { continue }
            let table = SQL(stringLiteral: data.table)
            switch data.erasure {
            case .blanked(let blank):
                let blanks = data.columns.map { SQL(stringLiteral: "\($0) = \(blank.text)") }
                try tx.run(
                    "UPDATE \(table) SET \(SQL.joined(blanks)) WHERE municipality = \(tenant) AND \(rows)")
            case .removed: try tx.run("DELETE FROM \(table) WHERE municipality = \(tenant) AND \(rows)")
            case .reworded: try reword(rows)
            case .derived, .byAccount: break
            }
        }
        try mark(batch, as: erasure)
        try indexAnew(batch)
    }

    /// Rows that go by their own time.
    ///
    /// - Returns: how many went; fewer than `limit` when none is left.
    func remove(_ data: PersonalData, before: Instant, limit: Int) throws -> Int {
        guard case .time(let column, let key) = data.holder else { return 0 }
        let (table, own) = (SQL(stringLiteral: data.table), SQL(stringLiteral: key))
        return try tx.run(
            """
            DELETE FROM \(table) WHERE municipality = \(tenant) AND (\(own)) IN (
                SELECT \(own) FROM \(table)
                WHERE municipality = \(tenant) AND \(SQL(stringLiteral: column)) < \(before) LIMIT \(limit))
            """)
    }

    /// What cannot be read tells nobody what of it is words: nothing of it stays.
    private func reword(_ rows: SQL) throws {
        let events = try tx.rows(
            "SELECT id, kind, data FROM events WHERE municipality = \(tenant) AND \(rows)")
        for row in events {
            let (id, data): (Int64, String) = (try row["id"], try row["data"])
            let event = try? CaseEvent(try row["kind"], json: data)
            let left = try event?.withoutWords.json ?? "{}"
            if left == data { continue }
            try tx.send("UPDATE events SET data = \(left) WHERE municipality = \(tenant) AND id = \(id)")
        }
    }

    private func mark(_ batch: ErasureBatch, as erasure: ID<Erasure>) throws {
        let marked: [(table: SQL, ids: [Int64])] = [
            ("contacts", batch.contacts), ("questions", batch.questions), ("outbox", batch.messages),
        ]
        for (table, ids) in marked where !ids.isEmpty {
            try tx.run(
                "UPDATE \(table) SET erasure_id = \(erasure) WHERE municipality = \(tenant) AND id IN \(list: ids)")
        }
        guard !batch.matters.isEmpty else { return }
        try tx.run(
            """
            UPDATE cases SET words_erasure_id = \(erasure), people_erasure_id = coalesce(people_erasure_id, \(erasure))
            WHERE municipality = \(tenant) AND id IN \(list: batch.matters)
            """)
    }

    /// Contacts, and the cases that they reported, are found by what is left of them.
    private func indexAnew(_ batch: ErasureBatch) throws {
        let asked = try tx.rows(
            """
            SELECT DISTINCT contact_id FROM questions WHERE municipality = \(tenant) AND id IN \(list: batch.questions)
            """
        ).map { try $0["contact_id"] as ID<Contact> }
        let contacts = Set(batch.contacts.map { ID<Contact>($0) }).union(asked).sorted()
        let reported = try op.contacts.load(contacts).flatMap(\.cases)
        let cases = try op.cases.load(Set(reported), in: .everything).values.sorted { $0.id < $1.id }
        let reports = try cases.isEmpty ? [:] : op.cases.searchedReports(of: cases.map(\.id))
        for subject in cases { try op.cases.index(subject, reports: reports[subject.id] ?? []) }
        try op.contacts.index(contacts)
    }
}

extension RetentionFacade {
    /// All contacts of some cases.
    func contacts(ofCases cases: [Int64]) throws -> [ID<Contact>] {
        if cases.isEmpty { return [] }
        return try tx.rows(
            """
            SELECT DISTINCT contact_id FROM questions WHERE municipality = \(tenant) AND case_id IN \(list: cases)
            ORDER BY contact_id
            """
        ).map { try $0["contact_id"] }
    }
}

extension PersonalData.Blank {
    fileprivate var text: String {
        switch self {
        case .null: "NULL"
        case .nothing: "''"
        case .own: "'#' || CAST(id AS TEXT)"
        }
    }
}
