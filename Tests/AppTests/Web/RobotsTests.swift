import Support
import Testing

@testable import App

/// What search engines may show.
@Suite struct RobotsTests {
    private func isKept(_ path: String) -> Bool {
        let address = path.replacing("/:municipality", with: "/*")
        return Route.robots.split(separator: "\n").contains { line in
            line.hasPrefix("Disallow: ") && address.hasPrefix(line.dropFirst("Disallow: ".count))
        }
    }

    @Test func nothingOfTheStaffsIsFound() {
        for route in Route.all {
            guard case .staff = route.audience else { continue }
            #expect(isKept(route.path), "\(route.path)")
        }
        for path in ["/:municipality/follow/:number", "/:municipality/stop/:contact", "/:municipality/contractor/:link"] {
            #expect(isKept(path), "\(path)")
        }
    }

    @Test func whatCanBeReportedIsFound() async throws {
        let torg = try await TestTorg()
        let told = try await TestClient(torg).get("/robots.txt").body
        #expect(told == Route.robots && told.hasPrefix("User-agent: *\nDisallow: /api/\n"))
        for path in ["/:municipality", "/:municipality/report", "/"] { #expect(!isKept(path), "\(path)") }
        await torg.close()
    }
}
