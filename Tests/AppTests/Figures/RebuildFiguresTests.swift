import Database
import Domain
import Testing

@testable import App
@testable import Support

/// Counted anew, figures come to the same; `torg verify` says when they are not what happened.
@Suite struct RebuildFiguresTests {
    private func breaches(in installation: Installation) async throws -> [Breach] {
        let collected = Collected()
        _ = try await installation.verify { collected.add($0) }
        return collected.all
    }

    private func disturb(_ recorded: Recorded) async throws {
        try await recorded.api.torg.installation.write(recorded.api.torg.sandvik) { op in
            try op.tx.run(
                "UPDATE daily_counts SET number = 9 WHERE municipality = \(op.tenant) AND counted = 'answered'")
            try op.tx.run("DELETE FROM daily_counts WHERE municipality = \(op.tenant) AND counted = 'reopened'")
        }
    }

    @Test func wrongFiguresAreFoundAndPutRight() async throws {
        let recorded = try await Recorded()
        let torg = recorded.api.torg
        // What has not been counted yet is not wrong.
        #expect(try await breaches(in: torg.installation) == [])
        _ = try await torg.installation.runConsumers()
        #expect(try await breaches(in: torg.installation) == [])
        try await disturb(recorded)
        let found = try await breaches(in: torg.installation)
        #expect(found.map(\.name) == ["daily_counts"])
        #expect(found.first?.text.contains("2026-07-20") == true)
        _ = try await RebuildFigures(municipality: torg.sandvik).perform(in: torg.installation)
        #expect(try await recorded.kept() == Recorded.right)
        #expect(try await breaches(in: torg.installation) == [])
        await recorded.api.close()
    }

    @Test func onlyTheDaysAskedForAreCountedAnew() async throws {
        let recorded = try await Recorded()
        let torg = recorded.api.torg
        _ = try await torg.installation.runConsumers()
        try await disturb(recorded)
        let disturbed = try await recorded.kept()
        let day = try #require(CivilDay(iso: "2026-07-20"))
        for (from, to) in [(day + 1, nil), (nil, day - 1)] as [(CivilDay?, CivilDay?)] {
            _ = try await RebuildFigures(municipality: torg.sandvik, from: from, to: to).perform(in: torg.installation)
            #expect(try await recorded.kept() == disturbed)
        }
        _ = try await RebuildFigures(municipality: torg.sandvik, from: day, to: day).perform(in: torg.installation)
        #expect(try await recorded.kept() == Recorded.right)
        await recorded.api.close()
    }

    /// What happens while it is counted anew is neither lost nor counted twice.
    @Test func whatHappensMeanwhileIsInIt() async throws {
        let recorded = try await Recorded()
        let torg = recorded.api.torg
        _ = try await torg.installation.runConsumers()
        let figures = RebuildFigures(municipality: torg.sandvik)
        let recount = try await figures.recount(in: torg.installation)
        _ = try await recorded.api.contact(["answered": true, "category": torg.text("Water leak")])
        _ = try await torg.installation.runConsumers()
        let counts = try await torg.read { try figures.caughtUp(recount, in: $0) }
        #expect(counts.values.reduce(0, +) == Recorded.right.values.reduce(0, +) + 1)
        await recorded.api.close()
    }

    @Test func anEventWithoutPositionIsFound() async throws {
        let recorded = try await Recorded()
        let torg = recorded.api.torg
        try await torg.installation.write(torg.sandvik) { op in
            _ = try op.tx.run(
                "UPDATE event_positions SET event_id = 5 WHERE municipality = \(op.tenant) AND position = 2")
        }
        let found = Set(try await breaches(in: torg.installation).map(\.name))
        #expect(found == ["position_without_event", "event_without_position"])
        await recorded.api.close()
    }
}
