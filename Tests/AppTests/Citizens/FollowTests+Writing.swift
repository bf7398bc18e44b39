import Domain
import Foundation
import Testing

@testable import App
@testable import Support

/// What the citizen writes to a case of theirs.
extension FollowTests {
    @Test func whatWasBeingWrittenOutlivesTheRightToSeeTheCase() async throws {
        try await staff(CloseCase.self, ["answer": "Lit", "outcome": "no_action", "reason": "other"])
        let token = try await kim.get(path).formToken
        kim.cookies[FollowGrant.cookieName(number)] = nil
        let refused = try await kim.submit(
            path + "/reopening", from: "", ["reason": "It is \"dark\" again"], token: token)
        #expect(refused.status == 403)
        #expect(refused.body.contains("What you wrote is kept"))
        let form = try #require(HTMLForm(refused.body, to: "/sandvik/follow"))
        #expect(form.values["number"] == ["\(number)"])
        let wrong = try await kim.send(form.with(["contact": ["somebody@example.org"]]))
        #expect(wrong.status == 403)
        let again = try #require(HTMLForm(wrong.body, to: "/sandvik/follow"))
        let found = try await kim.send(again.with(["contact": ["kim@example.org"]]))
        #expect(found.status == 200)
        #expect(found.body.contains("Now you can send what you wrote"))
        let kept = try #require(HTMLForm(found.body, to: path + "/reopening"))
        #expect(try await kim.send(kept).status == 303)
        #expect(try await kim.get(path).body.contains("It is &quot;dark&quot; again"))
        await torg.close()
    }

    @Test func anotherReporterDoesNotReadWhatWasBeingWritten() async throws {
        _ = try await joinOla()
        try await staff(CloseCase.self, ["answer": "Lit", "outcome": "no_action", "reason": "other"])
        let token = try await kim.get(path).formToken
        torg.advance(hours: 11, minutes: 59)
        let page = try await kim.get(path)
        torg.advance(minutes: 2)
        #expect(token != page.formToken)
        let refused = try await kim.submit(
            path + "/reopening", from: "", ["reason": "Kim's own words"], token: page.formToken)
        #expect(refused.status == 403 && !refused.body.contains("own words") && !refused.body.contains("own+words"))
        let form = try #require(HTMLForm(refused.body, to: "/sandvik/follow"))
        let ola = try await kim.send(form.with(["contact": ["ola@example.org"]]))
        #expect(ola.status == 303)
        #expect(try await kim.get(path).body.contains("belongs to somebody else"))
        await torg.close()
    }

    @Test func onlyTheCasesOwnFormsAreSentAgain() async throws {
        let client = TestClient(torg)
        let sent = try await client.submit(
            "/sandvik/follow", from: "/sandvik/follow",
            ["number": "\(number)", "contact": "kim@example.org", "kept": "a=b+c", "kept_form": "../../login"])
        #expect((sent.status, sent.location) == (303, path))
        await torg.close()
    }

    @Test func whoDisagreesOpensTheCaseAgain() async throws {
        let early = try await kim.submit(path + "/reopening", from: "/sandvik/report", ["reason": "too early"])
        #expect(early.status == 409)
        #expect(early.body.contains("too early"))
        try await staff(CloseCase.self, ["answer": "It is lit again", "outcome": "no_action", "reason": "other"])
        let closed = try await kim.get(path)
        #expect(closed.body.contains("It is lit again"))
        #expect(closed.body.contains("Do you disagree?"))
        let empty = try await kim.submit(path + "/reopening", from: path, ["reason": " "])
        #expect(empty.status == 422)
        #expect(empty.body.contains("href=\"#reason\""))
        let stranger = TestClient(torg)
        let refused = try await stranger.submit(path + "/reopening", from: "/sandvik/follow", ["reason": "mine"])
        #expect(refused.status == 403)
        let sent = try await kim.submit(path + "/reopening", from: path, ["reason": "It is dark"])
        #expect(sent.status == 303)
        let open = try await kim.get(path)
        #expect(open.body.contains("The case is open again"))
        #expect(open.body.contains("It is dark"))
        let number = number
        let events = try await torg.read { op in
            let shown = try op.cases.load(number, in: .everything)
            #expect(shown.state == .underway)
            return try op.history.events(of: shown.id).map { "\($0.event.kind.rawValue) \($0.actor)" }
        }
        #expect(events == ["case_opened citizen", "closed user", "reopened citizen"])
        #expect(try await kim.get(path + "/reopening").location == path)
        await torg.close()
    }

    /// Torg is not read around the clock, whichever form it stands in.
    @Test func whatSoundsAcuteIsMetWithWhomToCallBeforeItIsSent() async throws {
        func isFirst(_ kind: MessageKind) async throws -> Bool {
            let mail = try await torg.mails().last { $0.kind == kind && $0.address == "kim@example.org" }
            return mail?.body.hasPrefix("Is anyone in danger? Call 110") == true
        }
        try await staff(AwaitCitizen.self, ["message": "Which of the two lamps?"])
        let answered = try await kim.submit(path + "/answer", from: path, ["message": "Den andre. Det brenner i den!"])
        #expect(answered.status == 200 && answered.body.contains("href=\"tel:110\""))
        #expect(answered.body.contains("Press “Send the answer” once more"))
        #expect(try await torg.mails().allSatisfy { $0.kind != .acute }, "nothing is sent yet")
        let answer = try #require(HTMLForm(answered.body, to: path + "/answer"))
        #expect(answer.values["message"] == ["Den andre. Det brenner i den!"])
        #expect(try await kim.send(answer).status == 303)
        // As long as nobody has it in hand, it stands on the page and in whatever they are told.
        #expect(try await kim.get(path).body.contains("href=\"tel:110\""))
        try await staff(AwaitCitizen.self, ["message": "Is the fire brigade there?"])
        #expect(try await isFirst(.question))

        try await staff(AcknowledgeCase.self, [:])
        try await staff(CloseCase.self, ["answer": "Put out", "outcome": "no_action", "reason": "other"])
        #expect(try await !isFirst(.answer))
        let warned = try await kim.submit(path + "/reopening", from: path, ["reason": "Det bren\u{AD}ner igjen!"])
        #expect(warned.status == 200 && warned.body.contains("href=\"tel:110\""))
        #expect(try await torg.mails().allSatisfy { $0.kind != .reopened })
        let form = try #require(HTMLForm(warned.body, to: path + "/reopening"))
        #expect(warned.body.contains("<details class=\"action\" name=\"action\" id=\"reopening\" open>"))
        #expect(try await kim.send(form).status == 303)
        #expect(try await isFirst(.reopened))
        await torg.close()
    }

    @Test func aQuestionIsAnsweredOnThePage() async throws {
        try await staff(AwaitCitizen.self, ["message": "Which of the two lamps?"])
        let asked = try await kim.get(path)
        #expect(asked.body.contains("Which of the two lamps?"))
        #expect(asked.body.contains("action=\"\(path)/answer\""))
        #expect(try await kim.submit(path + "/answer", from: path, ["message": ""]).status == 422)
        torg.advance(days: 2)
        // The cookie has ended meanwhile; the receipt's link still leads there.
        #expect(try await find(kim, "\(number)", "kim@example.org").status == 303)
        let link = try await joinOla()
        let sent = try await kim.submit(path + "/answer", from: path, ["message": "Kim's left one"])
        #expect(sent.status == 303)
        let answered = try await kim.get(path)
        #expect(answered.body.contains("We have your answer"))
        #expect(answered.body.contains("Kim&#39;s left one"))
        #expect(!answered.body.contains("action=\"\(path)/answer\""))
        #expect(try await !TestClient(torg).open(link).body.contains("left one"))
        let number = number
        try await torg.installation.read(torg.sandvik) { op in
            let shown = try op.cases.load(number, in: .everything)
            #expect(shown.state == .new)
            #expect(shown.pausedWorkingDays == 2)
            let contacts = try op.contacts.load(of: shown.id)
            #expect(contacts.count == 3)
            #expect(contacts.contains { $0.channel == .selfService && $0.questions[0].text == "Kim's left one" })
        }
        // Closed while the next answer is being written: nothing typed is lost.
        try await staff(AwaitCitizen.self, ["message": "Sure?"])
        let token = try await kim.get(path).formToken
        try await staff(CloseCase.self, ["answer": "Done", "outcome": "no_action", "reason": "other"])
        let late = try await kim.submit(path + "/answer", from: "", ["message": "Quite sure"], token: token)
        #expect(late.status == 409)
        #expect(late.body.contains("Quite sure"))
        await torg.close()
    }

    @Test func whoWritesAgainAndAgainHasToWait() async throws {
        for round in 1...10 {
            #expect(
                try await kim.submit(path + "/answer", from: "/sandvik/report", ["message": "More \(round)"]).status
                    == 303)
        }
        let stopped = try await kim.submit(path + "/answer", from: "/sandvik/report", ["message": "And more"])
        #expect(stopped.status == 429)
        #expect(stopped.body.contains("And more"))
        let ola = TestClient(torg)
        _ = try await ola.open(try await joinOla())
        #expect(try await ola.submit(path + "/answer", from: "/sandvik/report", ["message": "Mine"]).status == 303)
        torg.advance(hours: 1)
        try await staff(CloseCase.self, ["answer": "Done", "outcome": "no_action", "reason": "other"])
        #expect(try await kim.submit(path + "/reopening", from: path, ["reason": "No"]).status == 303)
        await torg.close()
    }
}
