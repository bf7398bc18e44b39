import Adapters
import Database
import Domain
import Foundation
import Synchronization
import Testing

@testable import App
@testable import Support

/// A message that did not arrive wakes whoever has the case, and nobody counts as told by it (R4.1, R4.2).
@Suite struct MissedMessageTests {
    private static let closing = ["answer": "Mended", "outcome": "no_action", "reason": "already_mended"]
    private static let refusal = "550 5.1.1 <gone@example.org> no such user"

    /// What the mail server says to each address; nothing for one that it takes.
    private static func sending(_ torg: TestTorg, _ answer: @escaping @Sendable (String) -> DeliveryError?)
        -> Installation
    {
        torg.sending { message, _, handingOver in
            try await handingOver()
            if let error = answer(message.to.address.description) { throw error }
        }
    }

    private static func refusing(_ torg: TestTorg) -> Installation {
        sending(torg) { $0.hasPrefix("gone") ? .permanent(code: 550, explanation: refusal) : nil }
    }

    private func kinds(_ api: Api, _ path: String) async throws -> [String] {
        try await api.get(path + "/events").items.compactMap { $0["kind"] as? String }
    }

    private func watch(_ api: Api, as login: String = "agent") async throws -> String {
        let client = TestClient(api.torg)
        try await client.logIn(as: login)
        return try await client.get("/sandvik/watch").body
    }

    private func nothingIsWrong(_ api: Api) async throws {
        _ = try await api.torg.installation.verify { Issue.record("\($0)") }
    }

    private func newCase(_ api: Api, _ address: String = "gone@example.org") async throws -> String {
        let path = try await api.newCase(["unit": api.torg.text("Roads")], ["person": ["email": address]])
        try await api.torg.installation.write(api.torg.sandvik) { op in
            // The receipt is not what is looked at.
            _ = try op.tx.run(
                "UPDATE outbox SET state = 'sent', attempts = 1, sent_at = \(op.now) WHERE municipality = \(op.tenant)")
        }
        return path
    }

    @Test func anAnswerThatIsRefusedIsToldUntilSomebodySaysHow() async throws {
        let api = try await Api()
        let path = try await newCase(api)
        let number = String(path.dropFirst("/cases/".count))
        let closed = try await api.post(path + "/closure", Self.closing)
        #expect(closed.json["feedback_at"] as? String != nil && closed.json["next_due_at"] is NSNull)
        _ = try await Self.refusing(api.torg).deliverMessages()
        let missed = try await api.get(path)
        #expect(missed.json["feedback_at"] is NSNull && missed.json["untold_since"] as? String != nil)
        #expect(missed.json["next_due_kind"] as? String == "tell")
        let last = try #require(try await api.get(path + "/events").items.last)
        let data = try #require(last["data"] as? [String: Any])
        #expect(last["kind"] as? String == "message_missed" && last["by"] as? String == "system")
        #expect((data["delivery"] as? String, data["told"] as? String) == ("failed", "pending"))
        #expect(!"\(data)".contains("gone@"), "the history keeps no address")
        // Whoever has the case hears of it, by the bell and with the day's mail, and it stands on the watch page at once.
        #expect(try await api.count("alerts WHERE kind = 'message_missed' AND mailed_at IS NULL") == 1)
        #expect(try await watch(api).contains("\(number) The street light"))
        try await api.client.logIn(as: "agent")
        let page = try await api.client.get("/sandvik\(path)").body
        #expect(page.contains("The mail to gone@example.org did not arrive") && page.contains("550 5.1.1"))
        #expect(page.contains("Write down how the person was told"))
        try await nothingIsWrong(api)

        api.torg.advance(hours: 1)
        let told = try await api.post(path + "/told", ["how": "telephone"])
        #expect(told.status == 200 && told.json["feedback_at"] as? String != closed.json["feedback_at"] as? String)
        #expect(
            told.json["feedback_at"] as? String != nil && told.json["untold_since"] is NSNull
                && told.json["next_due_at"] is NSNull)
        #expect(try await !watch(api).contains(number))
        #expect(try await api.count("alerts WHERE kind = 'message_missed' AND read_at IS NULL") == 0)
        try await nothingIsWrong(api)
        await api.close()
    }

    @Test func whatTheSystemManagerSendsAgainTakesItBack() async throws {
        let api = try await Api()
        let path = try await newCase(api)
        let closed = try await api.post(path + "/closure", Self.closing)
        let unsure = Self.sending(api.torg) { _ in .uncertain(explanation: "the connection broke") }
        _ = try await unsure.deliverMessages()
        #expect(try await api.get(path).json["feedback_at"] is NSNull)
        let mail = try #require(try await api.torg.mails().first { $0.kind == .answer })
        #expect(mail.state == .uncertain && mail.missed == .open)
        try await api.client.logIn(as: "admin")
        let form = "/sandvik/admin/mail/\(mail.id)"
        #expect(try await api.client.fill(form, to: form + "/retry", ["twice": ["true"]]).status == 303)
        #expect(try await api.get(path).json["feedback_at"] is NSNull, "it has not arrived yet")
        _ = try await api.torg.installation.deliverMessages()
        let again = try await api.get(path)
        #expect(again.json["feedback_at"] as? String == closed.json["feedback_at"] as? String)
        #expect(again.json["untold_since"] is NSNull)
        try await api.become("agent")
        #expect(try await kinds(api, path).suffix(3) == ["closed", "message_missed", "message_arrived"])
        #expect(try await api.count("outbox WHERE missed IS NOT NULL") == 0)
        #expect(try await api.count("alerts WHERE kind = 'message_missed' AND read_at IS NULL") == 0)
        try await nothingIsWrong(api)
        await api.close()
    }

    @Test func whatWasHeardBeforeStaysHeard() async throws {
        let api = try await Api()
        let path = try await newCase(api)
        let first = try await api.post(path + "/feedback", ["message": "We come"])
        _ = try await api.torg.installation.deliverMessages()
        api.torg.advance(hours: 2)
        let second = try await api.post(path + "/feedback", ["message": "Not today"])
        #expect(second.json["feedback_at"] as? String != first.json["feedback_at"] as? String)
        _ = try await Self.refusing(api.torg).deliverMessages()
        let missed = try await api.get(path)
        #expect(missed.json["feedback_at"] as? String == first.json["feedback_at"] as? String)
        #expect(missed.json["untold_since"] as? String != nil)
        try await nothingIsWrong(api)
        await api.close()
    }

    @Test func aReceiptThatIsRefusedStandsUntilSomebodySaysHow() async throws {
        let api = try await Api()
        let path = try await api.newCase(
            ["unit": api.torg.text("Roads")], ["person": ["email": "gone@example.org", "name": "Kari"]])
        let number = String(path.dropFirst("/cases/".count))
        let before = try await api.get(path)
        _ = try await Self.refusing(api.torg).deliverMessages()
        #expect(try await kinds(api, path).contains("message_missed"))
        #expect(try await watch(api).contains(number))
        let missed = try await api.get(path)
        #expect(missed.json["next_due_at"] as? String == before.json["next_due_at"] as? String)
        #expect(missed.json["version"] as? Int == before.json["version"] as? Int, "nobody who writes is held up")
        #expect(try await api.post(path + "/told", ["how": "telephone"]).status == 200)
        #expect(try await !watch(api).contains(number))
        #expect(try await api.post(path + "/told", ["how": "telephone"]).code == "told.nothing_to_tell")
        try await nothingIsWrong(api)
        await api.close()
    }

    @Test func ofAConfidentialCaseOnlyItsUnitHears() async throws {
        let api = try await Api(as: "plumber")
        let path = try await api.newCase(
            ["unit": api.torg.text("Water"), "confidential": true, "text": "Canary in the cellar"],
            ["person": ["email": "gone@example.org"]])
        let number = String(path.dropFirst("/cases/".count))
        let installation = Self.refusing(api.torg)
        _ = try await installation.deliverMessages()
        #expect(try await api.count("alerts WHERE kind = 'message_missed'") == 1)
        #expect(try await !watch(api).contains(number), "the desk may not know of it")
        api.torg.advance(days: 1)
        for _ in 0..<2 { _ = try await installation.runDueJobs() }
        let digests = try await api.torg.mails().filter { $0.kind == .alerts }
        for mail in digests {
            #expect(!mail.body.contains("Canary") && !mail.body.contains("gone@") && !mail.body.contains("arrived"))
        }
        await api.close()
    }

    @Test func aContractorsMessageIsToldToWhoeverHasTheCase() async throws {
        let given = try await Contracted()
        let installation = given.torg.sending { message, _, handingOver in
            try await handingOver()
            if message.to.address.description == "post@lys.example" {
                throw DeliveryError.permanent(code: 550, explanation: "no")
            }
        }
        try await given.torg.installation.write(given.torg.sandvik) { op in
            _ = try op.tx.run(
                """
                UPDATE outbox SET state = 'waiting', attempts = 0, sent_at = NULL
                WHERE municipality = \(op.tenant) AND kind = 'contractor_case'
                """)
        }
        _ = try await installation.deliverMessages()
        let alerts: Int? = try await given.torg.read { op in
            try op.tx.value(
                "SELECT count(*) FROM alerts WHERE municipality = \(op.tenant) AND kind = 'contractor_missed'")
        }
        #expect(alerts == 1)
        await given.torg.close()
    }

    /// Whatever is wrong with the case, the message has its outcome: it is never sent twice for that.
    @Test func aCaseThatCannotBeReadKeepsNoOutcomeFromBeingStored() async throws {
        let api = try await Api()
        _ = try await newCase(api)
        try await api.torg.installation.write(api.torg.sandvik) { op in
            _ = try op.tx.run("UPDATE outbox SET state = 'waiting', sent_at = NULL WHERE municipality = \(op.tenant)")
            _ = try op.tx.run(
                "UPDATE cases SET next_due_kind = 'close', first_answer = 'strange' WHERE municipality = \(op.tenant)")
        }
        _ = try await Self.refusing(api.torg).deliverMessages()
        #expect(try await api.torg.mails().map(\.state) == [.failed])
        await api.close()
    }
}
