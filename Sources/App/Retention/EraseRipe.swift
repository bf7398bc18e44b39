import Database
import Domain

extension RetentionFacade {
    /// Erases the next portion of a class.
    ///
    /// - Returns: how much; 0 when nothing is ripe any more.
    func eraseRipe(_ kept: RetentionClass, before: Instant, as erasure: ID<Erasure>, limit: Int) throws -> Int {
        if kept == .readings { return try removeReadings(before: before, limit: limit) }
        let ripe = RipeForErasure(kept: kept, tenant: tenant, before: before)
        let ids: [Int64] = try tx.rows(ripe.query(limit: limit, lock: tx.dialect.forUpdate)).map { try $0["id"] }
        if ids.isEmpty { return kept == .reporters ? try eraseCodes(before: before, as: erasure, limit: limit) : 0 }
        var batch = ErasureBatch()
        switch kept {
        case .answered: batch = try answered(by: ids)
        case .reporters: batch = try reported(ids)
        case .cases:
            batch = try reported(ids)
            batch.matters = ids
            batch.questions = try self.ids(
                "SELECT id FROM questions WHERE municipality = \(tenant) AND case_id IN \(list: ids)")
        case .readings: break
        }
        try erase(batch, as: erasure)
        if kept == .reporters {
            try tx.run(
                """
                UPDATE cases SET people_erasure_id = \(erasure) WHERE municipality = \(tenant) AND id IN \(list: ids)
                """)
        }
        return ids.count
    }

    /// What was answered at once, and who asked, unless that belongs to a case as well.
    private func answered(by contacts: [Int64]) throws -> ErasureBatch {
        let questions = try ids(
            """
            SELECT id FROM questions WHERE municipality = \(tenant) AND contact_id IN \(list: contacts) AND case_id IS NULL
            """)
        let alone = try ids(
            """
            SELECT id FROM contacts WHERE municipality = \(tenant) AND id IN \(list: contacts) AND NOT EXISTS (
                SELECT 1 FROM questions WHERE questions.municipality = contacts.municipality
                AND questions.contact_id = contacts.id AND questions.case_id IS NOT NULL)
            """)
        return ErasureBatch(contacts: alone, questions: questions)
    }

    /// Who reported the cases, and every message about them, also those that gather many: they name people and tell what
    /// it was about.
    private func reported(_ cases: [Int64]) throws -> ErasureBatch {
        let named = try contacts(ofCases: cases)
        let contacts = try ids(
            """
            SELECT id FROM contacts WHERE municipality = \(tenant) AND id IN \(list: named) AND erasure_id IS NULL
            """)
        let messages = try ids(
            """
            SELECT id FROM outbox WHERE municipality = \(tenant) AND case_id IN \(list: cases) AND erasure_id IS NULL
            UNION
            SELECT outbox.id FROM outbox_subjects JOIN outbox
                ON outbox.municipality = outbox_subjects.municipality AND outbox.id = outbox_subjects.message_id
            WHERE outbox_subjects.municipality = \(tenant) AND outbox_subjects.case_id IN \(list: cases)
                AND outbox.erasure_id IS NULL AND outbox.state IN ('sent', 'failed', 'uncertain')
            """)
        return ErasureBatch(contacts: contacts, messages: messages)
    }

    /// Text messages with a code stand by no case, so that nobody reads there whose it is. They have the telephone.
    private func eraseCodes(before: Instant, as erasure: ID<Erasure>, limit: Int) throws -> Int {
        let codes = try ids(
            """
            SELECT id FROM outbox WHERE municipality = \(tenant) AND kind = 'follow_code' AND erasure_id IS NULL
                AND id < \(ID<OutboxMessage>.first(at: before)) AND state IN ('sent', 'failed', 'uncertain')
            ORDER BY id LIMIT \(limit)
            """)
        if !codes.isEmpty { try erase(ErasureBatch(messages: codes), as: erasure) }
        return codes.count
    }

    private func removeReadings(before: Instant, limit: Int) throws -> Int {
        for data in PersonalData.register where data.kept == .retained(.readings) {
            let count = try remove(data, before: before, limit: limit)
            if count > 0 { return count }
        }
        return 0
    }

    private func ids(_ query: SQL) throws -> [Int64] { try tx.rows(query).map { try $0["id"] } }
}
