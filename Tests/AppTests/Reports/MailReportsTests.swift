import Database
import Domain
import Support
import Testing

@testable import App

/// The reports by mail: on their day, once, to whoever is there.
@Suite struct MailReportsTests {
    private func run(_ fixture: ReportFixture) async throws -> [String] {
        let before = try await fixture.mails().count
        _ = try await fixture.torg.installation.mailReports()
        #expect(try await fixture.torg.installation.mailReports() == 0, "each once")
        return try await fixture.mails().dropFirst(before).map { "\($0.kind.rawValue) \($0.address)" }
    }

    @Test func eachReportGoesOutOnItsDayAtOpening() async throws {
        let fixture = try await ReportFixture()
        let clock = fixture.torg
        _ = try await fixture.newCase(["unit": clock.text("Roads")])
        try await fixture.giveCentreMailbox()
        // Monday 20 July at 9.12: the month has a list that was not sent yet. Nothing is overdue.
        #expect(
            try await run(fixture)
                == ["report_open torg@sandvik.example", "report_leader leader@sandvik.example"])
        clock.advance(hours: 10)
        #expect(try await run(fixture) == [], "not in the evening")
        // Tuesday at 7.12, then at 9.12.
        clock.advance(hours: 12)
        #expect(try await run(fixture) == [], "not before the office opens")
        clock.advance(hours: 2)
        #expect(try await run(fixture) == ["report_open torg@sandvik.example"])
        // Saturday, Sunday; Monday with what has become overdue... the answer was due that day at closing.
        clock.advance(days: 4)
        #expect(try await run(fixture) == [])
        clock.advance(days: 2)
        #expect(try await run(fixture) == ["report_open torg@sandvik.example"])
        clock.advance(days: 7)
        #expect(
            try await run(fixture) == [
                "report_open torg@sandvik.example", "report_overdue torg@sandvik.example",
                "report_overdue leader@sandvik.example", "report_leader leader@sandvik.example",
            ])
        #expect(try await clock.installation.deliverMessages() > 0)
        #expect(clock.outbox.mails.contains { $0.subject.hasPrefix("Outstanding in your units: 1 open case, 1 late") })
        await fixture.close()
    }

    @Test func afterAStandstillTheWeekIsMadeUpForButNotADay() async throws {
        let fixture = try await ReportFixture()
        _ = try await fixture.newCase(["unit": fixture.torg.text("Roads")])
        // Thursday 30 July; the week began on Monday 27 July.
        fixture.torg.advance(days: 10)
        let sent = try await run(fixture)
        #expect(sent.filter { $0.hasPrefix("report_open") }.isEmpty, "the contact centre has no address")
        #expect(sent.contains("report_overdue leader@sandvik.example"))
        let runs: [String] = try await fixture.torg.installation.read(fixture.torg.sandvik) { op in
            try op.tx.rows("SELECT report, day FROM report_runs WHERE municipality = \(op.tenant) ORDER BY report")
                .map { "\(try $0["report"] as String) \(try $0["day"] as String)" }
        }
        #expect(runs == ["leader 2026-07-01", "open 2026-07-30", "overdue 2026-07-27"])
        await fixture.close()
    }

    @Test func whoIsAwayIsStoodInFor() async throws {
        let fixture = try await ReportFixture()
        _ = try await fixture.newCase(["unit": fixture.torg.text("Roads"), "text": "Dark street light"])
        let (leader, agent): (ID<User>, ID<User>) = (fixture.torg.id("leader"), fixture.torg.id("agent"))
        try await fixture.torg.installation.write(fixture.torg.sandvik) { op in
            try op.tx.run(
                """
                INSERT INTO absences (municipality, id, user_id, first_day, last_day, substitute_id)
                VALUES (\(op.tenant), 1, \(leader), '2026-07-18', '2026-07-31', \(agent))
                """)
            try op.organisation.touch()
        }
        #expect(try await run(fixture).contains("report_leader agent@sandvik.example"))
        let mail = try #require(try await fixture.mails().last)
        #expect(mail.body.contains("You get this list because Leader is away."))
        #expect(mail.body.contains("Dark street light"))
        // The link works for whoever stands in.
        let link = try #require(mail.body.firstMatch(of: /http:\/\/torg.test\S+reports\S+/)).output
        #expect(try await fixture.pages.get(String(link.dropFirst("http://torg.test".count))).status == 200)
        await fixture.close()
    }

    /// A leader without an address: to the leader above, then to the contact centre; else it is said that nobody got it.
    @Test func aReportThatNobodyCanGetIsNotSpentSilently() async throws {
        let fixture = try await ReportFixture()
        _ = try await fixture.newCase(["unit": fixture.torg.text("Roads")])
        let (roads, water): (ID<Unit>, ID<Unit>) = (fixture.torg.id("Roads"), fixture.torg.id("Water"))
        try await fixture.change("UPDATE users SET email = NULL", where: "login = 'leader'")
        #expect(try await run(fixture) == [])
        let page = try await fixture.get("").body
        #expect(page.matches(of: /Nobody has an e-mail address/).count == 2)
        #expect(page.contains("Leader") && page.contains("Innbyggertorget"))
        // Next month, with a leader above.
        try await fixture.lead("Water", by: "plumber")
        try await fixture.change("UPDATE users SET email = NULL", where: "login = 'leader'")
        try await fixture.change("UPDATE units SET parent_id = \(water)", where: "id = \(roads)")
        fixture.torg.advance(days: 15)
        let toAbove = try await run(fixture)
        #expect(toAbove.contains("report_leader plumber@sandvik.example"))
        let mail = try #require(try await fixture.mails().last { $0.kind == .reportLeader })
        #expect(mail.body.contains("You get this list because Leader has no e-mail address."))
        // The month after, with the contact centre's mailbox only.
        try await fixture.change("UPDATE users SET email = NULL")
        try await fixture.giveCentreMailbox()
        fixture.torg.advance(days: 28)
        #expect(try await run(fixture).contains("report_leader torg@sandvik.example"))
        await fixture.close()
    }

    @Test func aMailNamesAtMostThirtyCasesAndNoConfidentialTitle() async throws {
        let fixture = try await ReportFixture()
        try await fixture.giveCentreMailbox()
        for _ in 0..<31 { _ = try await fixture.newCase() }
        _ = try await fixture.newCase(["category": fixture.torg.text("Care"), "text": "Secret matter"])
        try await fixture.lead("Water", by: "plumber")
        _ = try await run(fixture)
        let mails = try await fixture.mails()
        let centre = try #require(mails.first { $0.kind == .reportOpen })
        #expect(
            centre.body.contains("De 30 som haster mest")
                || centre.body.contains("Her står de 30 som haster mest, av 31."))
        #expect(centre.body.matches(of: /\/cases\/26-/).count == 30)
        let leader = try #require(mails.first { $0.address == "plumber@sandvik.example" })
        #expect(leader.body.contains("Confidential") && !leader.body.contains("Secret matter"))
        await fixture.close()
    }

    @Test func onlyTheDailyReportSaysThatThereIsNothing() async throws {
        let fixture = try await ReportFixture()
        try await fixture.giveCentreMailbox()
        #expect(try await run(fixture) == ["report_open torg@sandvik.example"])
        #expect(try await fixture.mails()[0].subject == "Status mandag 20. juli: ingen sak er åpen")
        await fixture.close()
    }

    @Test func theSystemManagerChoosesWhichGoOut() async throws {
        let fixture = try await ReportFixture(as: "admin")
        try await fixture.giveCentreMailbox()
        _ = try await fixture.newCase(["unit": fixture.torg.text("Roads")])
        let path = "/sandvik/reports"
        let saved = try await fixture.pages.fill(path, to: path + "/settings", ["mailed": ["leader"]])
        #expect(saved.status == 303)
        #expect(try await run(fixture) == ["report_leader leader@sandvik.example"])
        // Turned on at 9.12: not for today any more.
        #expect(
            try await fixture.pages.fill(path, to: path + "/settings", ["mailed": ["open", "leader"]]).status == 303)
        #expect(try await run(fixture) == [])
        try await fixture.advance(days: 1, as: "admin")
        #expect(try await run(fixture) == ["report_open torg@sandvik.example"])
        let page = try await fixture.get("")
        #expect(page.body.contains("Not sent by e-mail.") && page.body.contains("Innbyggertorget"))
        #expect(
            try await fixture.pages.get("/sandvik/admin/audit").body.contains(
                "Changed which reports are sent by e-mail"))
        try await fixture.pages.logIn(as: "agent")
        #expect(!(try await fixture.get("")).body.contains("id=\"settings\""))
        await fixture.close()
    }
}
