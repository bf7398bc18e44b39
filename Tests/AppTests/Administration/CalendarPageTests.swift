import Database
import Domain
import Support
import Testing

@testable import App

/// Deadlines and opening hours are the municipality's own, and can be tried before they are saved.
@Suite struct CalendarPageTests {
    private static let page = "/sandvik/admin/calendar"

    private func stored(_ torg: TestTorg) async throws -> (calendar: String?, targets: String?) {
        try await torg.installation.read(torg.sandvik) { op in
            let row = try op.tx.row("SELECT calendar, targets FROM municipalities WHERE id = \(op.tenant)")
            return (try row?["calendar"], try row?["targets"])
        }
    }

    private func due(_ api: Api, _ path: String) async throws -> String? {
        try await api.get(path).json["next_due_at"] as? String
    }

    private func verify(_ torg: TestTorg) async throws {
        _ = try await torg.installation.verify { Issue.record("\($0.name): \($0.text)") }
    }

    @Test func savingWithoutChangingAnythingStoresNothing() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        #expect(try await client.get("/sandvik/admin").body.contains(Self.page))
        #expect(try await client.fill(Self.page).status == 303)
        let stored = try await stored(torg)
        #expect(stored.calendar == nil && stored.targets == nil)
        await torg.close()
    }

    @Test func ownDaysAndTargetsMoveOpenCases() async throws {
        let api = try await Api()
        let torg = api.torg
        let path = try await api.newCase(["category": torg.text("Street light")])
        #expect(try await due(api, path) == "2026-07-21T13:30:00.000Z")
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        let saved = try await client.fill(
            Self.page,
            [
                "closing_days": ["2026-07-21\n22.7.2026 12:00"], "hours_1": [""], "feedback": ["4"],
                "channel_letter": ["7"],
            ])
        #expect(saved.status == 303)
        // Tuesday is closed, and Wednesday ends at noon.
        #expect(try await due(api, path) == "2026-07-22T10:00:00.000Z")
        let shown = try await client.get(Self.page).body
        #expect(shown.contains("2026-07-21\n2026-07-22 12:00"))
        #expect(shown.contains("Saved. The deadlines of all open cases"))
        try await verify(torg)
        let audit = try await client.get("/sandvik/admin/audit").body
        #expect(audit.contains("Deadlines and opening hours changed"))
        #expect(audit.contains("Office hours") && audit.contains("Feedback by channel"))
        let targets = try await torg.installation.read(torg.sandvik) { $0.directory.targets }
        #expect(targets.feedback == ServiceTarget(4, inHolidayPeriod: 5))
        #expect(targets.byChannel == [.letter: ServiceTarget(7)])

        // Back to the usual, with the own days kept; then without them.
        #expect(try await client.fill(Self.page, to: Self.page + "/usual").status == 303)
        #expect(try await due(api, path) == "2026-07-22T10:00:00.000Z")
        #expect(try await torg.installation.read(torg.sandvik) { $0.directory.targets } == ServiceTargets())
        #expect(try await client.fill(Self.page, to: Self.page + "/usual", ["own_days": ["true"]]).status == 303)
        #expect(try await due(api, path) == "2026-07-21T13:30:00.000Z")
        #expect(try await self.stored(torg).calendar == nil)
        await api.close()
    }

    @Test func whatIsWrongIsSaidBesideItsField() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        let answer = try await client.fill(
            Self.page,
            [
                "hours_2": ["15-8"], "closing_days": ["2026-12-23\n\nsoon"], "period_1_from": ["32/6"],
                "custom_christmas_eve": ["half"], "half_christmas_eve": [""], "acknowledge": [""], "close": ["x"],
            ])
        #expect(answer.status == 422)
        #expect(answer.body.contains("Line 3 is not a day: “soon”"))
        #expect(answer.body.contains("The office must open before it closes"))
        for field in ["hours_2", "closing_days", "period_1_from", "half_christmas_eve", "acknowledge", "close"] {
            #expect(answer.body.contains("href=\"#\(field)\""), "\(field)")
        }
        let backwards = try await client.fill(
            Self.page,
            ["period_1_name": ["Summer"], "period_1_from": ["2027-08-01"], "period_1_through": ["2027-07-01"]])
        #expect(backwards.status == 422 && backwards.body.contains("The period must end after it begins"))
        let week = Dictionary(uniqueKeysWithValues: (1...7).map { ("hours_\($0)", [""]) })
        let closed = try await client.fill(Self.page, week)
        #expect(closed.body.contains("The office must be open on at least one day"))
        #expect(try await stored(torg).calendar == nil)
        await torg.close()
    }

    @Test func whatIsTypedIsTriedBeforeItIsSaved() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        let tried = try await client.fill(
            Self.page,
            [
                "closing_days": ["2026-05-15"], "feedback": ["3"], "at": ["2026-05-13T09:00"], "channel": ["letter"],
                "channel_letter": ["6"], "preview": ["true"],
            ])
        #expect(tried.status == 200)
        // Ascension Day, the municipality's own Friday, a weekend; 17 May is a Sunday anyhow.
        #expect(tried.body.contains("Thursday 14 May (Ascension Day)"))
        #expect(tried.body.contains("Friday 15 May (own closing day)"))
        #expect(tried.body.contains("2 days on which the office is always closed"))
        #expect(tried.body.contains("By Tuesday 26 May at 15:30: 6 working days"))
        #expect(try await stored(torg).calendar == nil)
        // A day may say why, and is then called that wherever the calendar explains a day.
        let named = try await client.fill(
            Self.page,
            [
                "closing_days": ["2026-05-15 Klemdag"], "at": ["2026-05-13T09:00"], "channel": ["letter"],
                "channel_letter": ["6"], "preview": ["true"],
            ])
        #expect(named.body.contains("Friday 15 May (Klemdag)"))
        #expect(try await client.fill(Self.page, ["closing_days": ["2026-05-15 Klemdag"]]).status == 303)
        #expect(try await client.get(Self.page).body.contains("2026-05-15 Klemdag"))
        let kept = try await client.fill(Self.page, to: Self.page + "/usual")
        #expect(kept.status == 303)
        #expect(try await client.get(Self.page).body.contains("2026-05-15 Klemdag"))
        let wrong = try await client.fill(Self.page, ["at": ["soon"], "preview": ["true"]])
        #expect(wrong.status == 422 && wrong.body.contains("Choose a day and a time"))
    }

    @Test func aDayIsTriedByItsAddress() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        let category = torg.text("Street light")
        let page = try await client.get(
            Self.page + "/preview?at=2026-12-22T10:00&category=\(category)&channel=telephone")
        #expect(page.status == 200)
        #expect(page.body.contains("the holiday period Jul"))
        #expect(page.body.contains("Friday 25 December (Christmas Day)"))
        // Christmas Eve ends at noon in Norway.
        let half = try await client.get(Self.page + "/preview?at=2026-12-23T10:00").body
        #expect(half.contains("The office closes early on Thursday 24 December (Christmas Eve)"))
        let wrong = try await client.get(Self.page + "/preview?at=soon&category=7")
        #expect(wrong.body.contains("Choose a day and a time"))
        try await client.logIn(as: "handler")
        #expect(try await client.get(Self.page + "/preview").status == 403)
        #expect(try await client.get(Self.page).status == 403)
        await torg.close()
    }

    @Test func aUnitHasTimesOfItsOwnAndAComplaintItsOwnAnswer() async throws {
        let api = try await Api()
        let torg = api.torg
        let path = try await api.newCase(["category": torg.text("Water leak")])
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        let unit = "/sandvik/admin/units/" + torg.text("Water")
        #expect(try await client.fill(unit, ["acknowledge_days": ["2"]]).status == 303)
        #expect(try await due(api, path) == "2026-07-22T13:30:00.000Z")
        #expect(try await client.get("/sandvik/admin/units").body.contains("Acknowledge within: 2."))
        let category = "/sandvik/admin/categories/" + torg.text("Street light")
        #expect(try await client.fill(category, ["complaint": ["true"], "feedback_days": ["8"]]).status == 303)
        #expect(try await client.get("/sandvik/admin/categories").body.contains("Is a complaint"))
        let complaint = try await api.newCase(["category": torg.text("Street light")])
        let clocks = try await api.get(complaint).json["clocks"] as? [[String: Any]] ?? []
        let answer = clocks.first { $0["kind"] as? String == "answer" }
        #expect(answer?["due_at"] as? String == "2026-07-30T13:30:00.000Z")
        try await verify(torg)
        await api.close()
    }
}
