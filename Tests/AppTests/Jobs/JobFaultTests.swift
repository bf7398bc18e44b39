import Database
import Domain
import Testing

@testable import App
@testable import Support

/// One fault stops nobody else: neither another municipality nor another case.
@Suite struct JobFaultTests {
    @Test func aMunicipalityThatCannotBeReadStopsNoneAfterIt() async throws {
        let api = try await Api()
        let installation = api.torg.installation
        try await api.torg.organise()
        _ = try await api.newCase(["unit": api.torg.text("Roads")])
        // Its name comes first, so it has its turn first.
        let broken = try await CreateMunicipality(
            slug: "alvdal", name: "Alvdal kommune", country: .norway, language: "nb", centreName: "Torget",
            adminLogin: "admin", adminName: "Admin", adminPasswordHash: "x"
        ).perform(in: installation)
        try await installation.write(broken) { op in
            try op.tx.run("UPDATE municipalities SET calendar = '{' WHERE id = \(op.tenant)")
            try op.organisation.touch()
        }
        try await api.torg.installation.write(api.torg.sandvik) { op in
            _ = try op.tx.run("UPDATE cases SET list_order = 5 WHERE municipality = \(op.tenant)")
        }
        api.torg.advance(days: 1)
        await #expect(throws: (any Error).self) { try await installation.renewDeadlines() }
        #expect(try await api.count("cases WHERE list_order = 5") == 0)
        await #expect(throws: (any Error).self) { try await installation.remindOfDeadlines() }
        #expect(try await api.torg.unread() == 1)
        await #expect(throws: (any Error).self) { try await installation.mailAlerts() }
        #expect(try await api.torg.digests().count == 1)
        await #expect(throws: (any Error).self) { try await installation.mailReports() }
        #expect(try await api.count("report_runs WHERE report = 'open'") == 1)
        await api.close()
    }

    @Test func aCaseThatCannotBeReadStopsNoOther() async throws {
        let api = try await Api()
        let installation = api.torg.installation
        try await api.torg.organise()
        let broken = try await api.newCase(["unit": api.torg.text("Roads"), "text": "Broken"])
        _ = try await api.newCase(["unit": api.torg.text("Roads"), "text": "Whole"])
        let number = try #require(CaseNumber(text: broken.dropFirst("/cases/".count))).sortKey
        try await installation.write(api.torg.sandvik) { op in
            try op.tx.run(
                """
                UPDATE cases SET first_answer = 'unreadable', next_reminder_at = next_reminder_at - 1
                WHERE municipality = \(op.tenant) AND number = \(number)
                """)
            try op.tx.run("UPDATE cases SET list_order = 5 WHERE municipality = \(op.tenant)")
        }
        #expect(try await installation.renewDeadlines() == 1)
        api.torg.advance(days: 1)
        #expect(try await installation.remindOfDeadlines() == 1)
        // It does not hold up the mails either, and is tried again on the next working day.
        #expect(try await installation.mailAlerts() == 1)
        #expect(try await api.torg.digests().first?.body.contains("Whole") == true)
        #expect(try await installation.remindOfDeadlines() == 0)
        #expect(try await installation.mailReports() > 0)
        #expect(try await api.torg.mails().contains { $0.kind == .reportOpen })
        try await installation.write(api.torg.sandvik) { op in
            _ = try op.tx.run("UPDATE cases SET first_answer = 'feedback' WHERE municipality = \(op.tenant)")
        }
        api.torg.advance(days: 1)
        #expect(try await installation.remindOfDeadlines() > 1)
        await api.close()
    }

    /// Somebody who holds a row for a moment is no reason to put a reminder off till tomorrow.
    @Test func aConflictIsNoFaultOfTheCase() async throws {
        let api = try await Api()
        _ = try await api.newCase()
        try await api.torg.installation.read(api.torg.sandvik) { op in
            let row = try #require(try op.tx.row("SELECT * FROM cases WHERE municipality = \(op.tenant)"))
            for passing in [DatabaseError.conflict, .unavailable(retryAfter: 2)] {
                #expect(throws: passing) { try op.cases.readable(row) { _ -> Int in throw passing } }
            }
            #expect(try op.cases.readable(row) { _ -> Int in throw DatabaseError.malformed("a case") } == nil)
        }
        await api.close()
    }

    /// Killed after the reminders were made and before anybody was written to.
    @Test func remindersWithoutTheirMailAreMailedAfterACrash() async throws {
        let api = try await Api()
        let installation = api.torg.installation
        try await api.torg.organise()
        _ = try await api.newCase(["unit": api.torg.text("Roads")])
        api.torg.advance(days: 1)
        #expect(try await installation.remindOfDeadlines() == 1)
        // Here Torg dies, and comes back on the next working day.
        api.torg.advance(days: 1)
        #expect(try await api.torg.remind() == 2)
        let mails = try await api.torg.digests()
        #expect(Set(mails.map(\.address)) == ["handler@sandvik.example", "torg@sandvik.example"])
        #expect(try await api.count("alerts WHERE mailed_at IS NULL") == 0)
        #expect(try await api.torg.remind() == 0)
        await api.close()
    }
}
