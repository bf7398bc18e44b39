import Domain
import Foundation
import Support
import Testing

@testable import App

/// Who has read what, for those who answer for it.
@Suite struct ReadingLogTests {
    private typealias Scene = SecondPersonScene

    @Test func theLeaderSeesTheOwnUnitsAndTheOwnerAll() async throws {
        let scene = try await Scene()
        #expect(try await scene.get("/sandvik/cases/" + scene.number, as: "plumber").status == 200)
        let boss = try await scene.client("boss")
        let page = try await boss.get("/sandvik/cases/" + scene.number)
        #expect(
            page.body.contains("/sandvik/readings?case&#x3D;\(scene.number)")
                || page.body.contains("/sandvik/readings?case=\(scene.number)"))
        let log = try await boss.get("/sandvik/readings?case=" + scene.number)
        #expect(log.status == 200)
        #expect(log.body.contains("Plumber") && log.body.contains("Boss") && log.body.contains("Read the case"))
        #expect(log.body.contains("My own matter"))
        // The owner sees that it was read, and not what it is about.
        let owner = try await scene.get("/sandvik/readings", as: "owner")
        #expect(owner.body.contains(scene.number) && owner.body.contains("Plumber"))
        #expect(!owner.body.contains("My own matter"))
        // Nobody else, and no leader of another unit.
        #expect(try await scene.get("/sandvik/readings", as: "plumber").status == 403)
        #expect(try await scene.get("/sandvik/readings?case=" + scene.number, as: "handler").status == 403)
        let leader = try await scene.person("leader")
        let roads: ID<Domain.Unit> = scene.torg.id("Roads")
        try await scene.torg.installation.write(scene.torg.sandvik) { op in
            try op.tx.run("UPDATE units SET leader_id = \(leader) WHERE municipality = \(op.tenant) AND id = \(roads)")
            try op.organisation.touch()
        }
        let other = try await scene.get("/sandvik/readings?case=" + scene.number, as: "leader")
        #expect(other.status == 200 && other.body.contains("Nothing matches") && !other.body.contains("Plumber</a>"))
        // It must not sound as if nobody had read anything anywhere.
        let all = try await scene.get("/sandvik/readings", as: "leader")
        #expect(all.body.contains("Nobody has opened a confidential case in your units yet"))
        #expect(all.body.contains("Those of other units are not shown here"))
        #expect(!owner.body.contains("Those of other units are not shown here"))
        // That they looked stands in the audit, apart from what was changed.
        #expect(try await scene.audit().filter { $0 == "readings_seen" }.count == 4)
        #expect(try await !scene.admin.get("/sandvik/admin/audit").body.contains("Looked in the reading log"))
        let audit = try await scene.admin.get("/sandvik/admin/audit?show=all")
        // That somebody looked, and not at what: who reads the audit need not know which case is confidential.
        #expect(audit.body.contains("Looked in the reading log") && !audit.body.contains(scene.number))
    }

    @Test func aLeaderWhoWaitsSeesNoLogEither() async throws {
        let scene = try await Scene()
        let admin = try await scene.person("admin")
        let water = "/sandvik/admin/units/" + scene.torg.text("Water")
        #expect(try await scene.admin.fill(water, ["leader": ["\(admin)"]]).status == 303)
        #expect(try await scene.admin.get("/sandvik/readings").status == 403)
    }

    @Test func itIsNarrowedByReaderAndDayAndPaged() async throws {
        let scene = try await Scene()
        let (torg, subject) = (scene.torg, scene.number)
        let number = try #require(CaseNumber(text: subject))
        let plumber = try await scene.person("plumber")
        let boss = try await scene.person("boss")
        try await torg.installation.write(torg.sandvik) { op in
            let found = try op.cases.load(number, in: .everything)
            for index in 0..<130 {
                let earlier = op.at(op.now.adding(days: -(index % 13)))
                try earlier.store([Reading(subject: found.id, reader: index.isMultiple(of: 2) ? plumber : boss)], [])
            }
        }
        let client = try await scene.client("owner")
        func lines(_ query: String) async throws -> (Int, String) {
            let body = try await client.get("/sandvik/readings" + query).body
            return (body.matches(of: /scope="row"/).count, body)
        }
        let first = try await lines("")
        #expect(first.0 == 100)
        let next = try #require(first.1.firstMatch(of: /href="(\/sandvik\/readings[^"]*)" rel="next"/)?.1)
        let plain = String(next).replacing("&#x3D;", with: "=").replacing("&amp;", with: "&").replacing(
            "&#61;", with: "=")
        #expect(try await lines(String(plain.dropFirst("/sandvik/readings".count))).0 == 30)
        #expect(try await lines("?reader=\(plumber)").0 == 65)
        #expect(try await lines("?first=2026-07-20&last=2026-07-20").0 == 10)
        #expect(try await lines("?case=\(subject)&reader=\(boss)&first=2026-07-19").0 == 10)
        for wrong in ["?case=99-99999-1", "?first=2026-13-01", "?reader=1", "?first=2026-07-20&last=2026-07-01"] {
            let answer = try await client.get("/sandvik/readings" + wrong)
            #expect(answer.status == 422 || answer.body.contains("Nothing matches"), "\(wrong)")
        }
    }
}
