import Database
import Domain
import Foundation

extension Case {
    /// From a row of the table `cases`.
    init(_ row: Row) throws {
        self.init(
            id: try row["id"], number: CaseNumber(sortKey: try row["number"]), createdAt: try row["created_at"],
            title: try row["title"],
            category: try row["category_id"], unit: try row["unit_id"], isAcute: try row["is_acute"],
            isConfidential: try row["is_confidential"], mustBeAnswered: try row["must_be_answered"])
        let lat: Double? = try row["lat"]
        let lon: Double? = try row["lon"]
        place = Place(
            text: try row["place"], position: lat.flatMap { lat in lon.flatMap { Position(lat: lat, lon: $0) } })
        handler = try row["handler_id"]
        contractor = try row["contractor_id"]
        contractorAskedAt = try row["contractor_asked_at"]
        state = try row["state"]
        stateBefore = try row["state_before"]
        clocksFrom = try row["clocks_from"]
        passedAt = try row["passed_at"]
        acknowledgedAt = try row["acknowledged_at"]
        feedbackAt = try row["feedback_at"]
        settledAt = try row["settled_at"]
        untoldSince = try row["untold_since"]
        parkedUntil = try row["parked_until"]
        waitingSince = try row["waiting_since"]
        askedAt = try row["asked_at"]
        let measuresDue: String = try row["measures_due"]
        self.measuresDue = measuresDue.utf8.split(separator: UInt8(ascii: " ")).compactMap {
            Int64(String(Substring($0))).map(Instant.init(milliseconds:))
        }
        pausedWorkingDays = try row["paused_days"]
        firstAnswer = try row["first_answer"]
        channel = try row["channel"]
        let reminded: String = try row["reminded"]
        self.reminded = Set(
            reminded.utf8.split(separator: UInt8(ascii: " ")).compactMap { Reminder(String(Substring($0))) })
        closedAt = try row["closed_at"]
        if let outcome: Outcome = try row["outcome"] {
            closure = Closure(
                answer: try row["answer"] ?? "", outcome: outcome, reason: try row["reason"],
                authority: try row["authority"])
        }
        deviation = try row["deviation"]
        peopleErasure = try row["people_erasure_id"]
        wordsErasure = try row["words_erasure_id"]
        version = try row["version"]
    }
}

extension Case {
    /// As stored, one after the other.
    var remindedText: String { reminded.map(\.description).sorted().joined(separator: " ") }
    var measuresDueText: String { measuresDue.map { "\($0.milliseconds)" }.joined(separator: " ") }
}

extension CaseFacade {
    func insert(_ new: Case, registeredBy: ID<User>?) throws {
        let deadlines = StoredDeadlines(of: new, in: directory)
        try tx.send(
            """
            INSERT INTO cases (municipality, id, number, created_at, title, category_id, unit_id, handler_id,
                registered_by, state, state_before, is_acute, is_confidential, must_be_answered, place, lat, lon,
                clocks_from, passed_at, acknowledged_at, feedback_at, settled_at, untold_since, parked_until,
                waiting_since, asked_at, measures_due, paused_days,
                closed_at, answer, outcome, reason, authority, deviation, first_answer, channel, reminded, version,
                \(StoredDeadlines.columns))
            VALUES (\(tenant), \(new.id), \(new.number.sortKey), \(new.createdAt), \(new.title), \(new.category),
                \(new.unit), \(new.handler), \(registeredBy), \(new.state), \(new.stateBefore), \(new.isAcute),
                \(new.isConfidential), \(new.mustBeAnswered), \(new.place?.text), \(new.place?.position?.lat),
                \(new.place?.position?.lon), \(new.clocksFrom), \(new.passedAt), \(new.acknowledgedAt), \(new.feedbackAt), \(new.settledAt),
                \(new.untoldSince), \(new.parkedUntil), \(new.waitingSince), \(new.askedAt), \(new.measuresDueText), \(new.pausedWorkingDays), \(new.closedAt), \(new.closure?.answer),
                \(new.closure?.outcome), \(new.closure?.reason), \(new.closure?.authority), \(new.deviation),
                \(new.firstAnswer), \(new.channel), \(new.remindedText), \(new.version), \(deadlines.values))
            """)
    }

    /// Throws `changedMeanwhile` when the stored case is not the one the change was made from.
    func update(_ changed: Case, from version: Int) throws {
        let deadlines = StoredDeadlines(of: changed, in: directory)
        let rows = try tx.run(
            """
            UPDATE cases SET title = \(changed.title), category_id = \(changed.category), unit_id = \(changed.unit),
                handler_id = \(changed.handler), contractor_id = \(changed.contractor),
                contractor_asked_at = \(changed.contractorAskedAt), state = \(changed.state),
                state_before = \(changed.stateBefore), is_acute = \(changed.isAcute), must_be_answered = \(changed.mustBeAnswered),
                is_confidential = \(changed.isConfidential), place = \(changed.place?.text),
                lat = \(changed.place?.position?.lat), lon = \(changed.place?.position?.lon),
                clocks_from = \(changed.clocksFrom), passed_at = \(changed.passedAt),
                acknowledged_at = \(changed.acknowledgedAt), feedback_at = \(changed.feedbackAt),
                settled_at = \(changed.settledAt), untold_since = \(changed.untoldSince),
                asked_at = \(changed.askedAt), measures_due = \(changed.measuresDueText),
                parked_until = \(changed.parkedUntil), waiting_since = \(changed.waitingSince),
                paused_days = \(changed.pausedWorkingDays), closed_at = \(changed.closedAt),
                answer = \(changed.closure?.answer), outcome = \(changed.closure?.outcome),
                reason = \(changed.closure?.reason), authority = \(changed.closure?.authority),
                deviation = \(changed.deviation), first_answer = \(changed.firstAnswer),
                reminded = \(changed.remindedText), version = \(changed.version),
                (\(StoredDeadlines.columns)) = (\(deadlines.values))
            WHERE municipality = \(tenant) AND id = \(changed.id) AND version = \(version)
            """)
        if rows != 1 { throw Refusal.changedMeanwhile }
    }
}

extension CaseEvent {
    /// As stored: only what is there, keys in order.
    var json: String {
        get throws { String(decoding: try JSON.encode(self), as: UTF8.self) }
    }

    init(_ kind: Kind, json: String) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(json.utf8), configuration: kind)
    }
}
