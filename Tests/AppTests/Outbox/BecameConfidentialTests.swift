import Adapters
import Database
import Domain
import Support
import Synchronization
import Testing

@testable import App

/// A case becomes confidential after messages about it were queued.
@Suite struct BecameConfidentialTests {
    private static let canary = ConfidentialMailTests.canary

    /// An open case with mails to a citizen and to colleagues in the outbox; then it becomes confidential.
    private func queued(_ more: [String: Any] = [:]) async throws -> (Api, String) {
        let api = try await Api()
        try await api.torg.organise()
        let path = try await api.newCase(
            ["text": "Title \(Self.canary)", "unit": api.torg.text("Roads")].merging(more) { $1 },
            ["person": ["email": "kim@example.org", "name": Self.canary, "wants_updates": true]])
        #expect(try await api.torg.mails().contains { "\($0)".contains(Self.canary) })
        return (api, path)
    }

    private func makeSecret(_ torg: TestTorg) async throws {
        try await torg.installation.write(torg.sandvik) { op in
            _ = try op.tx.run("UPDATE cases SET is_confidential = 1 WHERE municipality = \(op.tenant)")
        }
    }

    @Test func whatHasNotLeftIsWordedAnew() async throws {
        let (api, path) = try await queued()
        try await makeSecret(api.torg)
        #expect(try await api.torg.installation.deliverMessages() == 2)
        for mail in api.torg.outbox.mails { #expect(!"\(mail)".contains(Self.canary)) }
        let receipt = try #require(try await api.torg.mails().first { $0.kind == .receipt })
        #expect(receipt.isNeutral && receipt.name == nil && receipt.state == .sent)
        #expect(receipt.body.contains(path.dropFirst("/cases/".count)) && receipt.body.contains("/follow/"))
        #expect(receipt.body.contains("/stop/"))
        await api.close()
    }

    @Test func inTheMomentBeforeItLeavesItIsHeldBack() async throws {
        let (api, _) = try await queued()
        let torg = api.torg
        let tries = Mutex(0)
        let installation = torg.sending { message, _, handingOver in
            if tries.withLock({ count in
                count += 1
                return count == 1
            }) {
                try await torg.installation.write(torg.sandvik) { op in
                    _ = try op.tx.run("UPDATE cases SET is_confidential = 1 WHERE municipality = \(op.tenant)")
                }
            }
            try await handingOver()
            #expect(!"\(message)".contains(Self.canary), "it left")
        }
        _ = try await installation.deliverMessages()
        #expect(try await torg.mails().allSatisfy { $0.isNeutral && $0.state == .sent })
        await api.close()
    }

    @Test func aMailThatGathersManyTellsOnlyWhereToRead() async throws {
        let (api, _) = try await queued()
        #expect(try await api.torg.installation.deliverMessages() == 2)
        let before = api.torg.outbox.mails.count
        api.torg.advance(days: 1)
        #expect(try await api.torg.remind() > 0)
        let digests = try await api.torg.digests()
        #expect(digests.contains { $0.body.contains(Self.canary) })
        try await makeSecret(api.torg)
        #expect(try await api.torg.installation.deliverMessages() == digests.count)
        for mail in api.torg.outbox.mails.dropFirst(before) {
            #expect(!"\(mail)".contains(Self.canary))
            #expect(mail.text.contains("/sandvik/alerts"))
        }
        await api.close()
    }

    @Test func aLinkToAContractorWhoDoesNotHaveItAnyMoreIsWithheld() async throws {
        let work = try await Contracted()
        _ = try await work.pass()
        let torg = work.torg
        try await torg.installation.write(torg.sandvik) { op in
            _ = try op.tx.run(
                "UPDATE cases SET is_confidential = 1, contractor_id = NULL WHERE municipality = \(op.tenant)")
            for row in try op.tx.rows("SELECT * FROM cases WHERE municipality = \(op.tenant)") {
                let subject = try Case(row)
                try op.cases.index(subject)
                try op.contacts.index(try op.contacts.load(of: subject.id).map(\.id))
            }
        }
        _ = try await torg.installation.deliverMessages()
        let mails = try await torg.mails().filter { $0.kind == .contractorCase }
        #expect(!mails.isEmpty && mails.allSatisfy { $0.state == .failed })
        #expect(torg.outbox.mails.allSatisfy { !$0.text.contains("/contractor/") })
        try await work.close()
    }
}
