import Database
import Domain
import Foundation
import Testing

@testable import App
@testable import Support

/// What has been said of deadlines when calendar or targets change afterwards.
@Suite struct ChangedCalendarTests {
    /// As the page does it: the change and the deadlines that follow from it, in one transaction.
    private func change(
        _ torg: TestTorg, calendar: @escaping @Sendable (inout WorkingCalendar) -> Void = { _ in },
        targets: @escaping @Sendable (inout ServiceTargets) -> Void = { _ in }
    ) async throws {
        try await torg.installation.write(torg.sandvik, as: { _, _, _ in .system }) { op in
            var (own, aims) = (op.directory.calendar, op.directory.targets)
            calendar(&own)
            targets(&aims)
            let stored = (
                String(decoding: try JSON.encode(own), as: UTF8.self),
                String(decoding: try JSON.encode(aims), as: UTF8.self)
            )
            try op.tx.run(
                "UPDATE municipalities SET calendar = \(stored.0), targets = \(stored.1) WHERE id = \(op.tenant)")
            try op.organisation.touch()
            try op.organisation.present().deadlines.renew(since: op.directory.rules)
        }
    }

    @Test func aDeadlineThatIsNoMoreLeavesTheBell() async throws {
        let api = try await Api()
        try await api.torg.organise()
        _ = try await api.newCase(["unit": api.torg.text("Roads")])
        api.torg.advance(days: 1)
        #expect(try await api.torg.installation.remindOfDeadlines() == 1)
        #expect(try await api.torg.unread() == 1)
        let today = try await api.torg.read { $0.today }
        try await change(api.torg, calendar: { $0.closingDays.insert(today) })
        #expect(try await api.torg.unread() == 0)
        #expect(try await api.count("alerts WHERE mailed_at IS NULL") == 0)
        await api.close()
    }

    @Test func whatIsLateAlreadyIsNotRemindedOfAgain() async throws {
        let api = try await Api()
        try await api.torg.organise()
        _ = try await api.newCase(["unit": api.torg.text("Roads")])
        // Registered on Monday; on Friday it is three days late.
        api.torg.advance(days: 4)
        let made = try await api.torg.installation.remindOfDeadlines()
        #expect(made > 1)
        let unread = try await api.torg.unread()
        try await change(api.torg, targets: { $0.acknowledge = ServiceTarget(2) })
        #expect(try await api.torg.installation.remindOfDeadlines() == 0)
        // The bell goes on saying that it is late, by the deadline as it is now.
        #expect(try await api.torg.unread() == unread)
        let alerts: [Instant] = try await api.torg.read { op in
            try op.tx.rows("SELECT DISTINCT due_at FROM alerts WHERE municipality = \(op.tenant)").map {
                try $0["due_at"]
            }
        }
        #expect(alerts.count == 1)
        // A deadline that lies ahead is another one: of that it is told anew.
        try await change(api.torg, targets: { $0.acknowledge = ServiceTarget(6) })
        #expect(try await api.torg.unread() == 0)
        api.torg.advance(days: 4)
        #expect(try await api.torg.installation.remindOfDeadlines() > 0)
        await api.close()
    }
}
