import Database
import Domain
import Foundation
import Testing

@testable import App
@testable import Support

/// Told means told (R4.1): what nobody could hear of does not count, on the page, by the API and for contractors.
@Suite struct TellCitizenTests {
    private static var kari: [String: Any] { ["person": ["name": "Kari Nordmann", "phone": "22 33 44 55"]] }
    private static let closing = ["answer": "Not ours", "outcome": "no_action", "reason": "not_responsible"]

    private func kinds(_ answer: TestClient.Answer) -> [String] {
        (answer.json["clocks"] as? [[String: Any]] ?? []).compactMap { $0["kind"] as? String }
    }

    private func numbers(_ api: Api, _ path: String) async throws -> String { try await api.client.get(path).body }

    @Test func feedbackToSomebodyWhoCanOnlyBeCalledCountsWhenTheyWere() async throws {
        let api = try await Api()
        let path = try await api.newCase(["unit": api.torg.text("Roads")], Self.kari)
        #expect(try await api.post(path + "/told", ["how": "telephone"]).code == "told.nothing_to_tell")
        let given = try await api.post(path + "/feedback", ["message": "We come on Friday"])
        #expect(given.status == 200 && given.json["feedback_at"] is NSNull)
        #expect(kinds(given).contains("feedback") && given.json["untold_since"] as? String != nil)
        #expect(try await api.count("outbox WHERE kind = 'feedback'") == 0)
        #expect(try await api.post(path + "/told").faults == ["how required"])
        #expect(try await api.post(path + "/told", ["how": "pigeon"]).faults == ["how unknown"])
        #expect(try await api.post(path + "/told", ["how": "nobody"]).faults == ["note required"])
        #expect(try await api.post(path + "/told", ["how": "visit", "contact": "12"]).faults == ["contact unknown"])
        #expect(
            try await api.post(path + "/told", ["how": "visit", "at": "2026-07-01"]).faults == ["at told.too_early"])
        #expect(try await api.post(path + "/told", ["how": "visit", "at": "2026-07-22"]).faults == ["at in_future"])
        let body: [String: Any] = ["how": "telephone", "note": "Spoke with her"]
        let told = try await api.post(path + "/told", body, key: "one")
        #expect(told.status == 200 && told.json["feedback_at"] as? String != nil && told.json["untold_since"] is NSNull)
        #expect(!kinds(told).contains("feedback"))
        #expect(try await api.post(path + "/told", body, key: "one").body == told.body)
        let again = try await api.post(path + "/told", body)
        #expect((again.status, again.code) == (409, "told.already_told"))
        let events = try await api.get(path + "/events").items
        let data = try #require(events.last?["data"] as? [String: Any])
        #expect(events.last?["kind"] as? String == "citizen_told" && data["how"] as? String == "telephone")
        await api.close()
    }

    @Test func aClosedCaseThatNobodyWasToldOfIsWatched() async throws {
        let api = try await Api()
        let torg = api.torg
        let path = try await api.newCase(["unit": torg.text("Roads")], Self.kari)
        let number = try #require(path.split(separator: "/").last).description
        let closed = try await api.post(path + "/closure", Self.closing)
        #expect(closed.status == 200 && closed.state == "closed" && closed.json["feedback_at"] is NSNull)
        #expect(closed.json["next_due_kind"] as? String == "tell")
        #expect(try await api.get("/cases?due_before=2026-08-30").numbers == [number])
        try await api.client.logIn(as: "leader")
        #expect(try await numbers(api, "/sandvik/units/\(torg.text("Roads"))").contains("Closed, not told"))
        #expect(try await numbers(api, "/sandvik/open?show=untold").contains(number))
        #expect(try await numbers(api, "/sandvik/reports/open").contains("1 closed case with something left to do"))
        #expect(try await !numbers(api, "/sandvik/reports/overdue").contains(number))
        for days in 1...4 {
            torg.advance(days: days == 1 ? 1 : 1)
            _ = try await torg.installation.remindOfDeadlines()
        }
        #expect(try await api.count("events WHERE kind = 'reminder_sent' AND data LIKE '%\"tell\"%'") >= 2)
        try await api.client.logIn(as: "agent")
        let watch = try await numbers(api, "/sandvik/watch?show=tell")
        #expect(watch.contains(number) && watch.contains("Telling the person"))
        #expect(
            try await numbers(api, "/sandvik/reports/overdue").contains("1 closed without telling the person in time"))
        _ = try await torg.installation.verify { Issue.record("\($0)") }
        let told = try await api.post(path + "/told", ["how": "letter"])
        #expect(told.json["feedback_at"] as? String != nil && told.json["next_due_at"] is NSNull)
        #expect(try await api.count("alerts WHERE kind = 'tell' AND read_at IS NULL") == 0)
        #expect(try await !numbers(api, "/sandvik/watch").contains(number))
        _ = try await torg.installation.verify { Issue.record("\($0)") }
        await api.close()
    }

    @Test func whereNobodyIsToBeToldItIsSettledAndNeverCounted() async throws {
        let api = try await Api()
        let path = try await api.newCase()
        let given = try await api.post(path + "/feedback", ["message": "We come"])
        #expect(given.json["feedback_at"] is NSNull && !kinds(given).contains("feedback"))
        let closed = try await api.post(path + "/closure", Self.closing)
        #expect(closed.json["feedback_at"] is NSNull && closed.json["next_due_at"] is NSNull)
        // They came by after all.
        let told = try await api.post(path + "/told", ["how": "visit"])
        #expect(told.json["feedback_at"] as? String != nil)
        _ = try await api.torg.installation.verify { Issue.record("\($0)") }
        await api.close()
    }

    @Test func aQuestionThatNobodyHeardStopsNoClock() async throws {
        let api = try await Api()
        let path = try await api.newCase([:], Self.kari)
        let before = try await api.get(path)
        let asked = try await api.post(path + "/waiting", ["message": "Which lamp?"])
        #expect(asked.state == "awaitingCitizen" && kinds(asked) == kinds(before))
        let told = try await api.post(path + "/told", ["how": "telephone"])
        #expect(told.state == "awaitingCitizen" && kinds(told) == ["awaiting_citizen"])
        #expect(told.json["feedback_at"] as? String != nil)
        await api.close()
    }

    @Test func everyReporterIsToBeTold() async throws {
        let api = try await Api()
        let path = try await api.newCase([:], ["person": ["name": "Per", "email": "per@example.org"]])
        let number = String(path.dropFirst("/cases/".count))
        _ = try await api.contact(["case": number], Self.kari)
        _ = try await api.contact(["case": number], ["person": ["phone": "+47 22334455"]])
        let given = try await api.post(path + "/feedback", ["message": "We come"])
        #expect(given.json["feedback_at"] is NSNull && given.json["untold_since"] as? String != nil)
        #expect(try await api.count("outbox WHERE kind = 'feedback'") == 1)
        try await api.client.logIn(as: "agent")
        let told = try await api.post(path + "/told", ["how": "telephone"])
        #expect(told.json["feedback_at"] as? String != nil, "the second call came from the same telephone")
        // In the same call, as the form does it.
        let second = try await api.post(
            path + "/feedback", ["message": "Later", "told_how": "sms", "told_note": "texted"])
        #expect(second.json["untold_since"] is NSNull)
        #expect(
            try await api.post(path + "/feedback", ["message": "x", "told_how": "x"]).faults == ["told_how unknown"])
        await api.close()
    }

    @Test func theFormsSayWhoIsNotReachedAndAskHowTheyWereTold() async throws {
        let api = try await Api()
        let path = try await api.newCase(["unit": api.torg.text("Roads")], Self.kari)
        try await api.client.logIn(as: "handler")
        let page = "/sandvik" + path
        let shown = try await api.client.get(page).body
        #expect(shown.contains("reaches: Kari Nordmann (22\u{a0}33\u{a0}44\u{a0}55)"))
        #expect(!shown.contains("name=\"notify\"") && shown.contains("Save the answer and close"))
        let silent = try await api.client.submit(page + "/closure", from: page, Self.closing)
        #expect(silent.status == 422 && silent.body.contains("How has the person been told? "))
        #expect(silent.body.contains("Not ours"), "what was typed is kept")
        // All at once, not one after the other.
        let bare = try await api.client.submit(page + "/closure", from: page, ["outcome": "no_action"])
        for field in ["answer", "reason", "told_how"] {
            #expect(bare.status == 422 && bare.body.contains("href=\"#closure-\(field)\""), "\(field)")
        }
        let mute = try await api.client.submit(page + "/feedback", from: page, [:])
        for field in ["message", "told_how"] {
            #expect(mute.status == 422 && mute.body.contains("href=\"#feedback-\(field)\""), "\(field)")
        }
        let later = try await api.client.submit(
            page + "/closure", from: page, Self.closing.merging(["told_how": "not_yet"]) { $1 })
        #expect(later.status == 303)
        let open = try await api.client.get(page).body
        #expect(open.contains("Closed, not told") && open.contains("Write down how the person was told"))
        #expect(open.contains("It counts when the person has been told"))
        let told = try await api.client.submit(
            page + "/told", from: page, ["how": "telephone", "at": "2026-07-20", "note": "at noon"])
        #expect(told.status == 303)
        let done = try await api.client.get(page).body
        #expect(done.contains("Kari Nordmann: by telephone, Monday 20 July (Handler)"))
        #expect(!done.contains("Closed, not told") && !done.contains("id=\"told\""))
        await api.close()
    }

    @Test func anAnonymousReporterIsNobodyToTell() async throws {
        let api = try await Api()
        let path = try await api.newCase(["unit": api.torg.text("Roads")])
        try await api.client.logIn(as: "handler")
        let page = "/sandvik" + path
        let shown = try await api.client.get(page).body
        #expect(shown.contains("nobody has to be told") && !shown.contains("name=\"notify\""))
        let asked = try await api.client.submit(page + "/waiting", from: page, ["message": "Which?"])
        #expect(asked.status == 303)
        #expect(try await api.client.get(page).body.contains("so the deadlines go on"))
        #expect(try await api.client.submit(page + "/closure", from: page, Self.closing).status == 303)
        #expect(try await api.get(path).json["feedback_at"] is NSNull)
        await api.close()
    }

    @Test func whoeverSpokeWithThemSaysHow() async throws {
        let api = try await Api()
        let path = try await api.newCase(
            ["unit": api.torg.text("Roads")], ["person": ["name": "Per", "email": "per@example.org"]])
        try await api.client.logIn(as: "handler")
        let page = "/sandvik" + path
        let silent = try await api.client.submit(page + "/feedback", from: page, ["message": "We come"])
        #expect(silent.status == 422)
        let told = try await api.client.submit(
            page + "/feedback", from: page, ["message": "We come", "told_how": "telephone"])
        #expect(told.status == 303)
        #expect(try await api.get(path).json["feedback_at"] as? String != nil)
        #expect(try await api.count("outbox WHERE kind = 'feedback'") == 0)
        await api.close()
    }

    @Test func theCitizenReadsHowTheyWereTold() async throws {
        let api = try await Api()
        let path = try await api.newCase([:], Self.kari)
        _ = try await api.post(path + "/feedback", ["message": "We come on Friday"])
        _ = try await api.post(path + "/told", ["how": "telephone"])
        let number = String(path.dropFirst("/cases/".count))
        let link = try await api.torg.read { op in
            let subject = try op.cases.load(try #require(CaseNumber(text: number)), in: .everything)
            return op.citizens.followLink(to: subject, for: try op.outbox.reporters(of: subject.id)[0].contact)
        }
        let citizen = TestClient(api.torg)
        #expect(try await citizen.open(link).body.contains("We called you on Monday 20 July"))
        await api.close()
    }

    @Test func aContractorsMessageCountsWhenSomebodyHeardIt() async throws {
        let api = try await Api()
        let path = try await api.newCase(["unit": api.torg.text("Roads")], Self.kari)
        let number = try #require(CaseNumber(text: String(path.dropFirst("/cases/".count))))
        try await api.torg.installation.write(api.torg.sandvik, as: { _, _, _ in .system }) { op in
            try op.tx.run(
                "INSERT INTO contractors (municipality, id, name, email) VALUES (\(op.tenant), 77, 'Lys', 'l@example.org')"
            )
            try op.cases.change(number) {
                try $0.passOn(to: ID(77), note: nil, calendar: op.directory.calendar, at: op.now)
            }
        }
        for (how, counts) in [(nil, false), ("visit", true)] as [(String?, Bool)] {
            try await api.torg.installation.write(api.torg.sandvik, as: { _, _, _ in .contractor(ID(77)) }) { op in
                var input = InputReader(form: FormInput(values: how.map { ["told_how": [$0]] } ?? [:]))
                let told = try TellingInput(&input, in: op, isAsked: false)
                _ = try op.cases.takeStep(on: number, in: .key(to: number), told) {
                    try $0.giveFeedbackAsContractor("We come", told: $1, at: op.now)
                }
            }
            #expect((try await api.get(path).json["feedback_at"] as? String != nil) == counts)
        }
        await api.close()
    }
}
