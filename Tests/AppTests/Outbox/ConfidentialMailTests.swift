import Adapters
import Database
import Domain
import Foundation
import Synchronization
import Testing

@testable import App
@testable import Support

/// Nothing of a confidential case leaves in a mail, a text message or a file.
@Suite struct ConfidentialMailTests {
    /// Words that stand in everything that belongs to the case.
    static let canary = "Kanarifugl"

    /// Whatever kind of message there is or comes to be: the words for an open case are not even asked for.
    @Test func noKindOfMessageCanForget() async throws {
        let torg = try await TestTorg()
        let (subject, event) = try await Self.secretCase(in: torg)
        try await torg.installation.write(torg.sandvik) { op in
            for kind in MessageKind.allCases {
                for (reader, medium, language) in Self.readers {
                    let message = CaseMessage(
                        kind: kind, medium: medium, reader: reader, address: "kim@example.org", name: Self.canary,
                        language: language)
                    let said = try MessageWords(message, about: subject, because: event, in: op) {
                        Issue.record("\(kind) asks for words about a confidential case")
                        return (Self.canary, Self.canary)
                    }
                    let text = said.subject + said.body
                    #expect(said.isNeutral && !text.contains(Self.canary), "\(kind)")
                    #expect(!said.body.isEmpty && !said.subject.isEmpty, "\(kind)")
                    #expect(!text.contains("{"), "\(kind): \(text)")
                    try op.outbox.queue(message, about: subject, because: event) { ("", "") }
                }
            }
        }
        #expect(try await torg.mails().allSatisfy { $0.name == nil && $0.isNeutral })
        await torg.close()
    }

    private static var readers: [(CaseMessage.Reader, OutboxMessage.Medium, String)] {
        let readers: [CaseMessage.Reader] = [.citizen(ID(7)), .colleague, .contractor(link: "http://torg.test/x")]
        return readers.flatMap { reader in
            [OutboxMessage.Medium.mail, .sms].flatMap { medium in
                Catalogues.languages.map { (reader, medium, $0) }
            }
        }
    }

    /// The chain from the receipt to the reopening, with wordings that use every placeholder, reminders, digests,
    /// reports and files; then all that would have left is searched.
    @Test func theWholeChainTellsNothing() async throws {
        let (work, texts) = try await Self.work()
        let torg = work.torg
        try await work.become("agent")
        let person: [String: Any] = [
            "name": "Reporter \(Self.canary)", "email": "kim@example.org", "phone": "900 12 345", "wants_updates": true,
        ]
        let question: [String: Any] = [
            "text": "Title \(Self.canary). And more of \(Self.canary)", "category": torg.text("Care"),
            "unit": torg.text("Roads"), "acute": true,
        ]
        let path = try await work.newCase(question, ["person": person])
        let second = try await work.newCase(
            question.merging(["acute": false]) { $1 },
            ["person": ["phone": "41234567", "by_sms": true, "wants_updates": true, "name": Self.canary]])
        // Nobody does anything about this one.
        _ = try await work.newCase(question.merging(["acute": false]) { $1 }, ["person": person])
        try await work.become("handler")
        for path in [path, second] {
            let steps: [(String, [String: Any])] = [
                ("/routing", ["handler": torg.text("handler"), "note": "Note \(Self.canary)"]),
                ("/routing", ["unit": torg.text("Roads"), "note": "Note \(Self.canary)"]), ("/acknowledgement", [:]),
                ("/feedback", ["message": "Feedback \(Self.canary)"]),
                ("/parking", ["until": "2026-08-20", "reason": Self.canary]),
                ("/waiting", ["message": "Question \(Self.canary)?"]),
            ]
            for (step, fields) in steps {
                let answer = try await work.post(path + step, fields)
                #expect(answer.status == 200, "\(step): \(answer.body)")
            }
        }
        for _ in 0..<20 {
            torg.advance(days: 1)
            _ = try await torg.remind()
            _ = try await work.installation.mailReports()
        }
        try await work.become("handler")
        let closings: [[String: Any]] = [
            ["outcome": "forwarded", "authority": "Authority \(Self.canary)", "answer": "Answer \(Self.canary)"],
            ["outcome": "no_action", "reason": "Reason \(Self.canary)", "answer": "Answer \(Self.canary)"],
        ]
        for (path, closing) in zip([path, second], closings) {
            #expect(try await work.post(path + "/closure", closing).status == 200)
            #expect(try await work.delete(path + "/closure", ["reason": "Again \(Self.canary)"]).status == 200)
        }
        let number = try #require(CaseNumber(text: String(path.dropFirst("/cases/".count))))
        try await work.installation.write(torg.sandvik) { op in
            let shown = try op.cases.load(number, in: .key(to: number))
            let contact = try #require(try op.outbox.reporters(of: shown.id).first).contact
            let followed = FollowedCase(shown: shown, contact: contact)
            try AnswerAsCitizen(message: "Written \(Self.canary)").perform(on: followed, in: op)
        }
        let mails = try await torg.mails()
        let told = Set(mails.map(\.kind))
        #expect(
            told.isSuperset(of: [
                .receipt, .status, .feedback, .question, .reminder, .answer, .forwarded, .reopened, .acute, .passedOn,
                .citizenWrote, .alerts, .reportOpen, .reportLeader, .reportOverdue,
            ]), "\(told)")
        #expect(mails.contains { $0.medium == .sms && $0.contact != nil })
        #expect(mails.contains { $0.medium == .sms && $0.kind == .acute })
        for mail in mails {
            #expect(!"\(mail)".contains(Self.canary), "\(mail.kind): \(mail.subject) \(mail.body)")
        }
        _ = try await work.installation.deliverMessages()
        #expect(!torg.outbox.mails.isEmpty && !texts.all.isEmpty)
        for mail in torg.outbox.mails {
            #expect(!"\(mail)".contains(Self.canary))
            #expect(!String(decoding: try mail.compose(), as: UTF8.self).contains(Self.canary))
            #expect(mail.headers.contains(.init("X-Auto-Response-Suppress", "All")))
            #expect(mail.headers.contains(.init("Auto-Submitted", "auto-generated")))
            if mail.text.contains("/follow/") { #expect(mail.replyTo == nil, "nobody shall write about it in a mail") }
        }
        #expect(texts.all.allSatisfy { !$0.contains(Self.canary) })
        await work.close()
    }

    @Test func aFileTellsNothingButThatItIsThere() async throws {
        let (work, _) = try await Self.work()
        let torg = work.torg
        let path = try await work.newCase([
            "text": "Title \(Self.canary)", "category": torg.text("Care"), "unit": torg.text("Roads"),
        ])
        let pages = TestClient(torg)
        try await pages.logIn(as: "leader")
        let file = try await pages.get("/sandvik/reports/open.csv")
        let body = file.body + (file.header("Content-Disposition") ?? "")
        #expect(body.contains(path.dropFirst("/cases/".count)), "its unit knows that it is there: \(file.status)")
        #expect(!body.contains(Self.canary), "\(body)")
        let leader = try await torg.read { op in
            Actor.user(try #require(op.directory.people.values.first { $0.user.login == "leader" }).user)
        }
        let report = try await torg.installation.read(torg.sandvik, as: { _, _, _ in leader }) { op in
            ReportFile(query: FollowUpQuery(report: .open, scope: try op.scope, units: nil), format: .xlsx)
        }
        let table = try await report.table(of: torg.sandvik, in: torg.installation, as: leader, language: "en")
        #expect(table.rows.count == 1 && !"\(table)".contains(Self.canary))
        await work.close()
    }

    @Test func theAdministrationDoesNotTellWhoHasAConfidentialCase() async throws {
        let (work, _) = try await Self.work()
        let torg = work.torg
        let path = try await work.newCase(
            ["text": Self.canary, "category": torg.text("Care"), "unit": torg.text("Roads")],
            ["person": ["email": "kim@example.org"]])
        let mails = try await torg.mails()
        let pages = TestClient(torg)
        try await pages.logIn(as: "admin")
        let list = try await pages.get("/sandvik/admin/mail").body
        for mail in mails {
            let one = try await pages.get("/sandvik/admin/mail/\(mail.id)").body
            for told in ["kim@example.org", String(path.dropFirst("/cases/".count)), Self.canary, mail.address] {
                #expect(!one.contains(told) && !list.contains(told), "\(told)")
            }
        }
        await work.close()
    }
}

/// Lines that closures leave.
final class Lines: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var all: [String] { lines.withLock { $0 } }
}
