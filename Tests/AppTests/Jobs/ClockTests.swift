import Database
import Domain
import Foundation
import Support
import Testing

@testable import App

/// The clock a year ahead and back again: nothing waits for the year to pass.
@Suite struct ClockTests {
    @Test func theJobsGoOn() async throws {
        let torg = try await TestTorg()
        _ = try await torg.installation.runDueJobs()
        let before = torg.now
        torg.advance(days: 365)
        _ = try await torg.installation.runDueJobs()
        torg.advance(to: before.adding(minutes: 5))
        let done = try await torg.installation.runDueJobs()
        #expect(done.map(\.name).filter { !["mails", "tasks"].contains($0) } == Schedule.jobs.map(\.name))
        #expect(try await torg.installation.runDueJobs().isEmpty)
        torg.advance(minutes: 1)
        #expect(try await torg.installation.runDueJobs().map(\.name).contains("reminders"))
        await torg.close()
    }

    /// A node died with the job while the clock was ahead.
    @Test func aLeaseFromTheFutureIsOver() async throws {
        let torg = try await TestTorg()
        let job = ScheduledJob.every(hours: 1, "sweep", "thing(s) swept") { _ in 0 }
        let before = torg.now
        torg.advance(days: 365)
        #expect(try await JobLease(installation: torg.installation).claim(job))
        torg.advance(to: before)
        let lease = JobLease(installation: torg.installation)
        #expect(try await lease.due(of: [job]).count == 1)
        #expect(try await lease.claim(job))
        #expect(try await lease.due(of: [job]).isEmpty)
        await torg.close()
    }

    @Test func aMailThatWaitsIsSent() async throws {
        let torg = try await TestTorg()
        _ = try await torg.installation.runDueJobs()
        let before = torg.now
        torg.advance(days: 365)
        _ = try await torg.installation.runDueJobs()
        try await torg.report()
        torg.advance(to: before.adding(minutes: 1))
        _ = try await torg.installation.runDueJobs()
        _ = try await torg.installation.runDueJobs()
        #expect(torg.outbox.mails.count == 1)
        await torg.close()
    }

    /// The node with the wrong clock runs no jobs: what it queued tells.
    @Test func aMailOfANodeWithoutJobsIsSent() async throws {
        let torg = try await TestTorg()
        _ = try await torg.installation.runDueJobs()
        let before = torg.now
        torg.advance(days: 365)
        try await torg.report()
        torg.advance(to: before.adding(minutes: 1))
        _ = try await torg.installation.runDueJobs()
        _ = try await torg.installation.runDueJobs()
        #expect(torg.outbox.mails.count == 1)
        await torg.close()
    }

    @Test func aSessionFromTheFutureDoesNotLast() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let before = torg.now
        torg.advance(days: 365)
        let login = try await client.submit(
            "/sandvik/login", from: "/sandvik/login", ["login": "agent", "password": "torg-demo"])
        #expect(login.status == 303)
        #expect(try await client.get("/sandvik/intake").status == 200)
        torg.advance(to: before)
        #expect(try await client.get("/sandvik/intake").location?.contains("/login") == true)
        #expect(try await torg.installation.forgetEndedSessions() == 1)
        await torg.close()
    }

    @Test func aFormFromTheFutureIsNoneOfOurs() async throws {
        let torg = try await TestTorg()
        let secret = torg.installation.secret
        let token = FormToken.make(for: "somebody", at: torg.now.adding(days: 365), secret: secret)
        #expect(throws: Refusal.formForged) {
            try FormToken.check(token, for: "somebody", at: torg.now, secret: secret)
        }
        // Nodes differ by a little.
        let near = FormToken.make(for: "somebody", at: torg.now.adding(minutes: 5), secret: secret)
        try FormToken.check(near, for: "somebody", at: torg.now, secret: secret)
        await torg.close()
    }

    @Test func aCookieFromTheFutureOpensNothing() async throws {
        let torg = try await TestTorg()
        try await torg.installation.read(torg.sandvik) { op in
            let number = CaseNumber(year: 26, sequence: 10_001)
            let grant = FollowGrant(subject: ID(1), contact: ID(2))
            let ahead = op.at(op.now.adding(days: 365))
            #expect(FollowGrant(grant.cookie(for: number, in: op).value, in: op) != nil)
            #expect(FollowGrant(grant.cookie(for: number, in: ahead).value, in: op) == nil)
            let contractor = ContractorGrant.cookie(for: ID(3), in: ahead).value
            #expect(ContractorGrant.holds(contractor, ID(3), ahead))
            #expect(!ContractorGrant.holds(contractor, ID(3), op))
        }
        await torg.close()
    }

    /// Every time that has a remedy: planted a year ahead, put right by the jobs, and gone from the report.
    @Test func whatIsStoredIsPutRight() async throws {
        let torg = try await TestTorg()
        let ahead = torg.now.adding(days: 365)
        let agent: ID<User> = torg.id("agent")
        try await torg.installation.write(torg.sandvik) { op in
            let later = op.at(ahead)
            _ = try Session.begin(for: agent, in: later)
            try op.tx.run(
                "INSERT INTO used_forms (municipality, form, at) VALUES (\(op.tenant), 'form', \(ahead))")
            try op.tx.run(
                """
                INSERT INTO idempotency_keys (municipality, user_id, key, request_hash, status, body, at)
                VALUES (\(op.tenant), \(agent), 'key', 'hash', 201, '{}', \(ahead))
                """)
            try op.tx.run(
                """
                INSERT INTO attempts (municipality, subject, failures, blocked_until, last_at)
                VALUES (\(op.tenant), 'somebody', 9, \(ahead), \(op.now))
                """)
            try op.deadlines.storeLook(at: op.municipality.centre, by: agent, ahead)
            try op.tx.run(
                """
                INSERT INTO report_settings (municipality, report, is_mailed, since)
                VALUES (\(op.tenant), 'open', 1, \(ahead))
                """)
        }
        try await torg.installation.database.write(tenant: nil) { tx in
            _ = try tx.run("INSERT INTO jobs (name, due_at, finished_at) VALUES ('health', \(ahead), \(ahead))")
        }
        let planted = Collected()
        _ = try await torg.installation.verify { planted.add($0) }
        let places = planted.all.filter { $0.name == "in_the_future" }.map(\.text)
        for place in ["sessions", "used_forms", "idempotency_keys", "attempts", "looks", "report_settings", "jobs"] {
            #expect(places.contains { $0.hasPrefix(place) }, "\(place): \(places)")
        }
        _ = try await torg.installation.runDueJobs()
        let left = Collected()
        _ = try await torg.installation.verify { left.add($0) }
        #expect(left.all.map(\.description) == [])
        let kept: Instant? = try await torg.installation.read(torg.sandvik) { op in
            try op.tx.value("SELECT at FROM idempotency_keys WHERE municipality = \(op.tenant)")
        }
        #expect(kept == torg.now, "what was done once is not done again")
        await torg.close()
    }

    /// What has happened is not written anew, but told.
    @Test func historyFromTheFutureIsTold() async throws {
        let torg = try await TestTorg()
        let before = torg.now
        torg.advance(days: 365)
        try await torg.report()
        torg.advance(to: before)
        let collected = Collected()
        _ = try await torg.installation.verify { collected.add($0) }
        #expect(collected.all.contains { $0.name == "in_the_future" && $0.text.hasPrefix("events.at") })
        #expect(collected.all.contains { $0.name == "in_the_future" && $0.text.hasPrefix("cases.created_at") })
        await torg.close()
    }

    /// A table or column with a time that nobody thought of shows up here.
    @Test func everyStoredTimeIsThoughtOf() async throws {
        let torg = try await TestTorg()
        let known = Set(StoredInstant.all.map { "\($0.table.text(for: .sqlite)).\($0.column.text(for: .sqlite))" })
        guard !TestDatabase.isPostgreSQL else { return await torg.close() }
        let columns: [String] = try await torg.installation.database.read(tenant: nil) { tx in
            try tx.rows(
                """
                SELECT m.name || '.' || c.name AS place FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c
                WHERE m.type = 'table' AND c.type = 'BIGINT' AND (c.name = 'at' OR c.name LIKE '%\\_at' ESCAPE '\\'
                    OR c.name LIKE '%\\_until' ESCAPE '\\' OR c.name LIKE '%\\_since' ESCAPE '\\'
                        OR c.name = 'since')
                """
            ).map { try $0["place"] }
        }
        #expect(columns.count > 30)
        #expect(Set(columns).subtracting(known).subtracting(Self.harmless).sorted() == [])
    }

    /// Deadlines and promises; what only says that something has happened; what is put right with its neighbour; the lease of
    /// a node's number, which is taken over when it ends later than one can.
    private static let harmless: Set<String> = [
        "cases.parked_until", "cases.next_due_at", "cases.next_reminder_at", "cases.first_answer_due_at",
        "cases.contractor_asked_at", "measures.due_at", "alerts.due_at", "alerts.read_at", "alerts.mailed_at",
        "security_events.first_at", "follow_codes.used_at", "outbox.lease_until", "sessions.rotated_at",
        "sessions.seen_at",
        "contractor_links.ended_at",
        "api_tokens.revoked_at", "municipalities.created_at", "jobs.due_at", "jobs.lease_until", "jobs.finished_at",
        "nodes.lease_until",
    ]

    @Test func aJumpAheadIsSeen() {
        let start = Instant(milliseconds: 0)
        let began = ContinuousClock.now
        var watch = ClockWatch(start)
        #expect(watch.jump(at: start.adding(minutes: 1), after: began + .seconds(61)) == nil)
        #expect(watch.jump(at: start.adding(days: 365), after: began + .seconds(62)) ?? 0 > 364 * 86_400)
        #expect(watch.jump(at: start.adding(days: 365, minutes: 30), after: began + .seconds(62 + 1800)) == nil)
        // A clock that stands still, and one that goes back.
        #expect(watch.jump(at: start, after: began + .seconds(9000)) == nil)
    }
}
