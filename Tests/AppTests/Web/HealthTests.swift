import Database
import Domain
import Foundation
import HTTPTypes
import Synchronization
import Testing

@testable import App
@testable import Support

/// `/health` and the answers while nothing can be stored.
@Suite struct HealthTests {
    @Test func whileNothingCanBeStoredEverybodyIsToldToComeAgain() async throws {
        let folder = try TestFolder.make()
        guard !TestDatabase.isPostgreSQL else { return }
        let torg = try await TestTorg()
        let client = TestClient(torg)
        #expect(try await client.get("/health").status == 200)
        let token = try await client.get("/sandvik/report").formToken
        let path: String = try await torg.installation.database.read(tenant: nil) { tx in
            try tx.row("PRAGMA database_list")?["file"] ?? ""
        }
        let elsewhere = folder.appending(path: "elsewhere.db").path
        try FileManager.default.moveItem(atPath: path, toPath: elsewhere)
        let health = try await client.get("/health")
        #expect((health.status, health.header("Retry-After")) == (503, "5"))
        #expect(!health.body.contains(path))
        let report = ["text": "The lamp is dark", "place": "School Road 1"]
        let page = try await client.submit("/sandvik/report", from: "", report, token: token)
        #expect(page.status == 503)
        #expect(page.header("Retry-After").flatMap(Int.init) ?? 0 > 0)
        #expect(page.body.contains("The lamp is dark"), "the form comes back with what was typed")
        client.bearer = "torg_\(torg.sandvik)_nothing"
        // Put back, all goes on by itself.
        try FileManager.default.moveItem(atPath: elsewhere, toPath: path)
        try await Task.sleep(for: .milliseconds(10))
        #expect(try await client.submit("/sandvik/report", from: "/sandvik/report", report).status == 303)
        await torg.close()
    }

    /// Reading needs no storing: a session that is due to be noted must not turn a page into an error.
    @Test func whatIsThereCanStillBeRead() async throws {
        guard !TestDatabase.isPostgreSQL else { return }
        let torg = try await TestTorg()
        let client = TestClient(torg)
        _ = try await client.submit(
            "/sandvik/login", from: "/sandvik/login", ["login": "agent", "password": "torg-demo"])
        torg.advance(minutes: 10)
        let path: String = try await torg.installation.database.read(tenant: nil) { tx in
            try tx.row("PRAGMA database_list")?["file"] ?? ""
        }
        try FileManager.default.moveItem(atPath: path, toPath: path + ".elsewhere")
        #expect(try await client.get("/sandvik/intake").status == 200)
        try FileManager.default.moveItem(atPath: path + ".elsewhere", toPath: path)
        await torg.close()
    }

    /// By a clock that shows what cannot be, ids would be made that nobody can read back.
    @Test(arguments: ["2099-06-01T10:00:00Z", "1970-01-01T00:00:10Z"])
    func nothingIsStoredByAClockThatCannotBeRight(shown: String) async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let report = ["text": "The lamp is dark", "place": "School Road 1"]
        let start = torg.now
        torg.advance(to: try #require(Instant(iso8601: shown)))
        let health = try await client.get("/health")
        #expect((health.status, health.header("Retry-After")) == (503, "5"))
        let page = try await client.submit("/sandvik/report", from: "/sandvik/report", report)
        #expect(page.status == 503)
        #expect(page.header("Retry-After").flatMap(Int.init) ?? 0 > 0)
        #expect(page.body.contains("The lamp is dark"), "the form comes back with what was typed")
        #expect(try await client.get("/sandvik").status == 200)
        let municipality = CreateMunicipality(
            slug: "havn", name: "Havn", country: .norway, language: "nb", centreName: "Torget", adminLogin: "admin",
            adminName: "Admin", adminPasswordHash: "x")
        let refusal = await #expect(throws: DatabaseError.self) {
            try await municipality.perform(in: torg.installation)
        }
        #expect(refusal?.description.contains("the clock shows \(shown.prefix(10))") == true)
        await #expect(throws: DatabaseError.self) { _ = try await torg.installation.runDueJobs() }
        #expect(
            try await torg.installation.database.read(tenant: nil) { tx in
                try tx.value("SELECT count(*) FROM contacts") as Int64?
            } == 0)
        torg.advance(to: start)
        #expect(try await client.get("/health").status == 200)
        #expect(try await client.submit("/sandvik/report", from: "/sandvik/report", report).status == 303)
        await torg.close()
    }

    @Test func anAPICallThatCannotBeStoredIsAnsweredWith503() async throws {
        let api = try await Api()
        let error = DatabaseError.cannotStore("no room")
        let visit = Visit(method: .post, path: "/api/v1/contacts", address: .ip("192.0.2.1"))
        let answer = await api.torg.installation.answer(to: error, visit, isAPI: true)
        #expect(answer.status == .serviceUnavailable)
        #expect(answer.headers[.retryAfter].flatMap(Int.init) ?? 0 > 0)
        await api.close()
    }

    @Test func manyWhoAskAreAnsweredByOneQuestion() async {
        let question = SharedQuestion(rest: .seconds(60))
        let asked = Counter()
        let answers = await withTaskGroup(of: String?.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    await question.answer {
                        asked.add()
                        try? await Task.sleep(for: .milliseconds(50))
                        return nil
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(answers.count == 50 && answers.allSatisfy { $0 == nil })
        #expect(asked.count == 1)
    }

    @Test func aDatabaseThatSaysNothingKeepsNobodyWaiting() async {
        let question = SharedQuestion(rest: .zero)
        let asked = Counter()
        let (hanging, release) = AsyncStream<Void>.makeStream()
        // Far more than the few seconds after which nobody waits any longer, also on a busy machine; far less than for ever.
        let watch = Task {
            try await Task.sleep(for: .seconds(60))
            Issue.record("whoever asks waits for the database")
            release.finish()
        }
        defer { watch.cancel() }
        for _ in 0..<3 {
            let answer = await question.answer {
                asked.add()
                for await _ in hanging {}
                return nil
            }
            #expect(answer != nil)
        }
        // All three have come back although the first question is still open.
        #expect(asked.count == 1)
        release.finish()
        for _ in 0..<500 {
            if await question.answer(asking: { nil }) == nil { return }
            try? await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("it does not recover")
    }

    @Test func theSameIsNotLoggedAllTheTime() {
        let limit = LogLimit()
        #expect(limit.allows("one"))
        #expect(!limit.allows("one"))
        #expect(limit.allows("other"))
    }
}

private final class Counter: Sendable {
    private let number = Mutex(0)
    var count: Int { number.withLock { $0 } }
    func add() { number.withLock { $0 += 1 } }
}
