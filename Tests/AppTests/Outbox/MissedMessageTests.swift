import Adapters
import Database
import Domain
import Foundation
import Testing

@testable import App
@testable import Support

/// A message that did not arrive wakes whoever has the case, and nobody counts as told by it (R4.1, R4.2).
@Suite struct MissedMessageTests {
    static let closing = ["answer": "Mended", "outcome": "no_action", "reason": "already_mended"]
    static let refusal = "550 5.1.1 <gone@example.org> no such user"

    /// What the mail server says to each address; nothing for one that it takes.
    static func sending(_ torg: TestTorg, _ answer: @escaping @Sendable (String) -> DeliveryError?)
        -> Installation
    {
        torg.sending { message, _, handingOver in
            try await handingOver()
            if let error = answer(message.to.address.description) { throw error }
        }
    }

    static func refusing(_ torg: TestTorg) -> Installation {
        sending(torg) { $0.hasPrefix("gone") ? .permanent(code: 550, explanation: refusal) : nil }
    }

    func kinds(_ api: Api, _ path: String) async throws -> [String] {
        try await api.get(path + "/events").items.compactMap { $0["kind"] as? String }
    }

    func page(_ path: String, _ torg: TestTorg, as login: String) async throws -> String {
        let client = TestClient(torg)
        try await client.logIn(as: login)
        let page = try await client.get("/sandvik" + path)
        #expect(page.status == 200)
        return page.body
    }

    func watch(_ api: Api, as login: String = "agent") async throws -> String {
        try await page("/watch", api.torg, as: login)
    }

    func watch(_ torg: TestTorg) async throws -> String { try await page("/watch", torg, as: "agent") }

    func list(_ api: Api, as login: String = "agent", unit: String? = nil) async throws -> String {
        let body = try await page("/watch?show=missed" + (unit.map { "&unit=" + $0 } ?? ""), api.torg, as: login)
        return try String(body[#require(body.range(of: "id=\"heading\"")).lowerBound...])
    }

    func bell(_ api: Api, as login: String = "agent") async throws -> String {
        try await page("/alerts", api.torg, as: login)
    }

    func nothingIsWrong(_ api: Api) async throws {
        _ = try await api.torg.installation.verify { Issue.record("\($0)") }
    }

    func newCase(_ api: Api, _ address: String = "gone@example.org") async throws -> String {
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
        // Whoever has the case hears of it, by the bell and with the day's mail; the watch page shows it at once.
        #expect(try await api.count("alerts WHERE kind = 'message_missed' AND mailed_at IS NULL") == 1)
        #expect(try await bell(api).contains("tell them in another way"))
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
        #expect(try await bell(api).contains("Message that did not arrive: settled since then"))
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
        api.torg.advance(hours: 1)
        _ = try await api.torg.installation.deliverMessages()
        let again = try await api.get(path)
        let sent = try #require(try await api.torg.mails().first { $0.kind == .answer }?.sentAt)
        #expect(again.json["feedback_at"] as? String == sent.iso8601, "told when it left the second time")
        #expect(closed.json["feedback_at"] as? String != sent.iso8601)
        #expect(again.json["untold_since"] is NSNull)
        try await api.become("agent")
        #expect(try await kinds(api, path).suffix(3) == ["closed", "message_missed", "message_arrived"])
        #expect(try await api.count("outbox WHERE missed IS NOT NULL AND missed <> 'arrived'") == 0)
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
        #expect(try await api.count("alerts WHERE kind = 'message_missed' AND read_at IS NULL") == 0)
        #expect(try await !watch(api).contains(number))
        #expect(try await api.post(path + "/told", ["how": "telephone"]).code == "told.nothing_to_tell")
        try await nothingIsWrong(api)
        await api.close()
    }

    @Test func ofAConfidentialCaseOnlyItsUnitHears() async throws {
        let api = try await Api()
        try await api.torg.keepWatch("plumber")
        try await api.torg.installation.write(api.torg.sandvik) { op in
            try op.tx.run(
                "UPDATE units SET email = 'water@sandvik.example' WHERE municipality = \(op.tenant) AND name = 'Water'")
            try op.organisation.touch()
        }
        let path = try await api.newCase(
            ["unit": api.torg.text("Water"), "confidential": true, "text": "Canary in the cellar"],
            ["person": ["email": "gone@example.org"]])
        let number = String(path.dropFirst("/cases/".count))
        let installation = Self.refusing(api.torg)
        _ = try await installation.deliverMessages()
        #expect(try await api.count("alerts WHERE kind = 'message_missed'") == 1)
        #expect(
            try await api.count(
                "alerts WHERE kind = 'message_missed' AND unit_id = \(api.torg.id("Water") as ID<Domain.Unit>)") == 1)
        #expect(try await !watch(api).contains(number), "the desk may not know of it")
        #expect(try await !list(api).contains(number))
        #expect(try await watch(api, as: "plumber").contains("\(number) Canary"))
        #expect(try await list(api, as: "plumber").contains(number))
        api.torg.advance(days: 1)
        for _ in 0..<2 { _ = try await installation.runDueJobs() }
        let digests = try await api.torg.mails().filter { $0.kind == .alerts }
        #expect(digests.count == 1)
        for mail in digests {
            #expect(!mail.body.contains("Canary") && !mail.body.contains("gone@") && !mail.body.contains("arrived"))
        }
        await api.close()
    }

    @Test func aContractorsMessageIsToldToWhoeverHasTheCase() async throws {
        let given = try await Contracted()
        _ = try await given.pass()
        let installation = given.torg.sending { message, _, handingOver in
            try await handingOver()
            if message.to.address.description == "post@lys.example" {
                throw DeliveryError.permanent(code: 550, explanation: "no")
            }
        }
        _ = try await installation.deliverMessages()
        let alerts = try await given.torg.read { op in
            try op.tx.rows(
                "SELECT user_id FROM alerts WHERE municipality = \(op.tenant) AND kind = 'contractor_missed'"
            )
            .map { row -> ID<User> in try row["user_id"] }
        }
        #expect(alerts == [given.torg.id("handler")])
        let watching = try await watch(given.torg)
        #expect(!watching.contains(given.number), "no citizen waits for it")
        try await given.close()
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
