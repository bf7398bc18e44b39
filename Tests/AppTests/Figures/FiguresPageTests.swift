import Domain
import Foundation
import Support
import Testing

@testable import App

/// The page of figures, and its file.
@Suite struct FiguresPageTests {
    private func page(_ query: String, of recorded: Recorded, as login: String = "leader") async throws
        -> TestClient.Answer
    {
        let client = TestClient(recorded.api.torg)
        try await client.logIn(as: login)
        return try await client.get("/sandvik/figures" + query)
    }

    /// Each line of the file, by its name.
    private func lines(_ query: String, of recorded: Recorded) async throws -> [String: [String]] {
        let file = try await page(".csv" + query, of: recorded)
        #expect(file.status == 200 && file.header("Content-Disposition")?.contains("attachment") == true)
        let rows = file.body.split(separator: "\r\n").map {
            $0.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
        }
        return Dictionary(uniqueKeysWithValues: rows.map { ($0[0], Array($0.dropFirst())) })
    }

    @Test func figuresByCategoryUnitChannelDayAndMonth() async throws {
        let recorded = try await Recorded()
        _ = try await recorded.api.torg.installation.runConsumers()
        let category = try await lines("?by=category", of: recorded)
        #expect(category["Water leak"] == ["2", "1", "50", "1", "1", "0", "0", "1", "1"])
        #expect(category["Street light"] == ["1", "0", "0", "1", "1", "0", "1", "0", "0"])
        #expect(category["Total"] == nil, "a spreadsheet would count it in")
        #expect(try await lines("?by=channel", of: recorded)["Telephone"] == ["3", "1", "33", "2"])
        #expect(try await lines("?by=day", of: recorded)["2026-07-20"]?.first == "3")
        #expect(try await lines("?by=month", of: recorded)["2026-07"]?.first == "3")
        #expect(try await lines("?by=unit", of: recorded)["Water"]?.first == "2")
        let shown = try await page("?by=category", of: recorded)
        #expect(shown.status == 200 && shown.body.contains("Water leak") && shown.body.contains("Total"))
        #expect(try await page("?by=day", of: recorded).body.contains("Monday 20 July 2026"))
        // Another day: nothing happened.
        let other = try await page("?from=2026-07-01&to=2026-07-02", of: recorded)
        #expect(other.status == 200 && other.body.contains("Nothing happened"))
        await recorded.api.close()
    }

    @Test(arguments: [
        "?from=2026-07-21&to=2026-07-20", "?from=2026-13-01", "?to=", "?by=name", "?by=day&from=2020-01-01",
        "?from=%00", "?by=category&from=99999999999",
    ])
    func whatCannotBeShownIsSaidBesideItsField(_ query: String) async throws {
        let recorded = try await Recorded()
        let shown = try await page(query, of: recorded)
        #expect(shown.status == 200 && shown.body.contains("aria-invalid=\"true\""))
        #expect(try await page(".csv" + query, of: recorded).status == 303)
        await recorded.api.close()
    }

    /// Whoever may not see figures does not find them.
    @Test func aHandlerSeesNone() async throws {
        let recorded = try await Recorded()
        #expect(try await page("", of: recorded, as: "handler").status == 403)
        #expect(try await page(".csv", of: recorded, as: "handler").status == 403)
        await recorded.api.close()
    }
}
