import Database
import Domain
import Support
import Testing

@testable import App

/// Reminders by mail: one a person a working day, in office hours, to whoever does the work that day.
@Suite struct MailAlertsTests {
    @Test func whatFallsTogetherComesInOneMailADay() async throws {
        let api = try await Api()
        try await api.torg.organise()
        let paths = [
            try await api.newCase(["unit": api.torg.text("Roads")]),
            try await api.newCase(["unit": api.torg.text("Roads"), "text": "A hole in the road"]),
        ]
        api.torg.advance(days: 1)
        #expect(try await api.torg.remind() == 1)
        #expect(try await api.torg.remind() == 0)
        let mail = try #require(try await api.torg.digests().first)
        #expect(mail.address == "handler@sandvik.example" && mail.subject == "2 cases need you today")
        #expect(mail.body.contains("Due today:") && mail.body.contains("A hole in the road"))
        for path in paths { #expect(mail.body.contains("http://torg.test/sandvik" + path)) }
        // What comes later the same day waits for the next working day.
        let handler: ID<User> = api.torg.id("handler")
        try await api.torg.installation.write(api.torg.sandvik) { op in
            let row = try #require(try op.tx.row("SELECT * FROM cases WHERE municipality = \(op.tenant) LIMIT 1"))
            let subject = try Case(row)
            try op.alerts.raise(
                .user(handler), about: subject, .deadline(.close, .before), op.cases.nextDue(subject)?.at ?? op.now)
            try op.tx.run("UPDATE alerts SET mailed_at = NULL WHERE municipality = \(op.tenant)")
        }
        #expect(try await api.torg.remind() == 0)
        #expect(try await api.count("alerts WHERE mailed_at IS NULL") == 3)
        api.torg.advance(days: 1)
        // Wednesday: missed, so the contact centre's mailbox hears of it too.
        #expect(try await api.torg.remind() == 2)
        let next = try await api.torg.digests().dropFirst()
        #expect(Set(next.map(\.address)) == ["handler@sandvik.example", "torg@sandvik.example"])
        #expect(next.allSatisfy { $0.body.contains("Late:") || $0.body.contains("Forsinket:") })
        #expect(try await api.count("alerts WHERE mailed_at IS NULL") == 0)
        await api.close()
    }

    /// As one that a newer version wrote while this one still runs.
    @Test func anAlertThatCannotBeReadHoldsUpNoOther() async throws {
        let api = try await Api()
        try await api.torg.organise()
        for text in ["A lamp is out", "A hole in the road"] {
            _ = try await api.newCase(["unit": api.torg.text("Roads"), "text": text])
        }
        api.torg.advance(days: 1)
        #expect(try await api.torg.installation.remindOfDeadlines() == 2)
        _ = try await api.torg.installation.write(api.torg.sandvik) { op in
            try op.tx.run(
                """
                UPDATE alerts SET kind = 'comes_later' WHERE municipality = \(op.tenant)
                    AND id = (SELECT min(id) FROM alerts WHERE municipality = \(op.tenant))
                """)
        }
        #expect(try await api.torg.installation.mailAlerts() == 1)
        let handler = TestClient(api.torg)
        try await handler.logIn(as: "handler")
        let page = try await handler.get("/sandvik/alerts")
        #expect(page.status == 200 && page.body.contains("A hole in the road"))
        await api.close()
    }

    @Test func nothingGoesOutAtNightOrBeforeTheRemindersAreMade() async throws {
        let api = try await Api()
        try await api.torg.organise()
        _ = try await api.newCase(["unit": api.torg.text("Roads")])
        api.torg.advance(days: 1)
        #expect(try await api.torg.installation.mailAlerts() == 0)
        #expect(try await api.torg.installation.remindOfDeadlines() == 1)
        api.torg.advance(hours: 12)
        #expect(try await api.torg.installation.mailAlerts() == 0)
        await api.close()
    }

    @Test func theLeaderHearsOfWhatStaysLate() async throws {
        let api = try await Api()
        try await api.torg.organise()
        _ = try await api.newCase(["unit": api.torg.text("Roads")])
        for _ in 0..<7 {
            api.torg.advance(days: 1)
            _ = try await api.torg.remind()
        }
        let mails = try await api.torg.digests().filter { $0.address == "leader@sandvik.example" }
        #expect(mails.count == 1)
        #expect(mails.first?.body.hasPrefix("Late for several days. The leader needs to help now:") == true)
        #expect(mails.first?.body.contains("Roads") == true)
        await api.close()
    }

    @Test func theSubstituteGetsTheMailOfWhoeverIsAway() async throws {
        let api = try await Api()
        try await api.torg.organise()
        let (handler, plumber): (ID<User>, ID<User>) = (api.torg.id("handler"), api.torg.id("plumber"))
        try await api.torg.installation.write(api.torg.sandvik) { op in
            try op.tx.run(
                """
                INSERT INTO absences (municipality, id, user_id, first_day, last_day, substitute_id)
                VALUES (\(op.tenant), 1, \(handler), '2026-07-20', '2026-07-24', \(plumber))
                """)
            try op.organisation.touch()
        }
        _ = try await api.newCase(["unit": api.torg.text("Roads")])
        api.torg.advance(days: 1)
        #expect(try await api.torg.remind() == 1)
        #expect(try await api.torg.digests().map(\.address) == ["plumber@sandvik.example"])
        await api.close()
    }

    /// Alerted while they were there, and gone when the mail goes: only the unit may know of it.
    @Test func whatOnlyTheUnitMayReadIsNotMailedToWhoeverStandsIn() async throws {
        let api = try await Api()
        let torg = api.torg
        try await torg.organise()
        _ = try await api.newCase(["unit": torg.text("Roads"), "confidential": true])
        torg.advance(days: 1)
        _ = try await torg.installation.remindOfDeadlines()
        let (handler, plumber): (ID<User>, ID<User>) = (torg.id("handler"), torg.id("plumber"))
        try await torg.installation.write(torg.sandvik) { op in
            try op.tx.run(
                """
                INSERT INTO absences (municipality, id, user_id, first_day, last_day, substitute_id)
                VALUES (\(op.tenant), 1, \(handler), \(op.today), \(op.today), \(plumber))
                """)
            try op.organisation.touch()
        }
        _ = try await torg.remind()
        #expect(try await torg.digests().map(\.address).contains("plumber@sandvik.example") == false)
        await api.close()
    }

    @Test func whereNobodyIsTheUnitIsTold() async throws {
        let api = try await Api()
        try await api.torg.organise()
        _ = try await api.newCase(["unit": api.torg.text("Water")])
        // Without an address of its own, and with nobody there, only the bell is left.
        let water: ID<Unit> = api.torg.id("Water")
        api.torg.advance(days: 1)
        #expect(try await api.torg.remind() == 0)
        #expect(try await api.count("alerts WHERE mailed_at IS NOT NULL") == 1)
        try await api.torg.installation.write(api.torg.sandvik) { op in
            try op.tx.run(
                "UPDATE units SET email = 'water@sandvik.example' WHERE municipality = \(op.tenant) AND id = \(water)")
            try op.organisation.touch()
        }
        api.torg.advance(days: 1)
        #expect(try await api.torg.remind() == 2)
        let mails = try await api.torg.digests()
        #expect(Set(mails.map(\.address)) == ["water@sandvik.example", "torg@sandvik.example"])
        await api.close()
    }

    @Test func whatIsDoneIsNotToldAndWhatIsConfidentialTellsNothingOfItself() async throws {
        let api = try await Api()
        try await api.torg.organise()
        let done = try await api.newCase(["unit": api.torg.text("Roads"), "text": "Already in hand"])
        _ = try await api.newCase(["unit": api.torg.text("Roads"), "confidential": true])
        api.torg.advance(days: 1)
        #expect(try await api.torg.installation.remindOfDeadlines() == 2)
        try await api.become("handler")
        #expect(try await api.post(done + "/acknowledgement", [:]).status == 200)
        #expect(try await api.torg.installation.mailAlerts() == 1)
        let mail = try #require(try await api.torg.digests().first)
        #expect(!mail.body.contains("Already in hand") && !mail.body.contains("dark"))
        #expect(mail.body.contains("Confidential") && !mail.body.contains("Roads"))
        #expect(try await api.count("alerts WHERE read_at IS NOT NULL") == 1)
        await api.close()
    }

    @Test func theCitizenIsAskedOnceMore() async throws {
        let api = try await Api()
        try await api.torg.organise()
        let path = try await api.newCase(["unit": api.torg.text("Roads")], ["person": ["email": "kim@example.org"]])
        try await api.become("handler")
        _ = try await api.post(path + "/acknowledgement", [:])
        #expect(try await api.post(path + "/waiting", ["message": "Which lamp is it?"]).status == 200)
        for _ in 0..<30 {
            api.torg.advance(days: 1)
            _ = try await api.torg.remind()
        }
        let reminders = try await api.torg.mails().filter { $0.kind == .reminder }
        #expect(reminders.map(\.address) == ["kim@example.org"])
        #expect(reminders.first?.body.contains("Which lamp is it?") == true)
        await api.close()
    }
}

extension TestTorg {
    /// Addresses for all but the unit of water; the roads have a receiver and a leader.
    func organise() async throws {
        let (handler, leader, roads): (ID<User>, ID<User>, ID<Unit>) = (id("handler"), id("leader"), id("Roads"))
        try await installation.write(sandvik) { op in
            try op.tx.run("UPDATE users SET email = login || '@sandvik.example' WHERE municipality = \(op.tenant)")
            try op.tx.run(
                "UPDATE users SET phone = '+47 99 88 77 66' WHERE municipality = \(op.tenant) AND id = \(handler)")
            try op.tx.run(
                """
                UPDATE units SET receiver_id = \(handler), leader_id = \(leader)
                WHERE municipality = \(op.tenant) AND id = \(roads)
                """)
            try op.tx.run(
                """
                UPDATE units SET email = 'torg@sandvik.example'
                WHERE municipality = \(op.tenant) AND id = \(op.municipality.centre)
                """)
            try op.organisation.touch()
        }
    }

    /// A turn of the two jobs; says how many mails were queued.
    func remind() async throws -> Int {
        _ = try await installation.remindOfDeadlines()
        return try await installation.mailAlerts()
    }

    func unread() async throws -> Int {
        try await installation.read(sandvik) { op in
            try op.tx.value("SELECT count(*) FROM alerts WHERE municipality = \(op.tenant) AND read_at IS NULL") ?? 0
        }
    }

    func digests() async throws -> [OutboxMessage] { try await mails().filter { $0.kind == .alerts } }
}
