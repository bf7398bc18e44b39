import Domain
import Support
import Testing

@testable import App

/// What stands on the page that asks whether to send what was kept.
@Suite struct SendAgainTests {
    @Test func itTellsWhichFormItWasAndWhatWasFilledIn() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        func logIn(next: String, kept: String) async throws -> String {
            let page = try await client.get("/sandvik/login")
            let sealed = try await torg.kept(kept, by: "handler")
            return try await client.submit(
                "/sandvik/login", from: "",
                ["login": "handler", "password": "torg-demo", "next": next, "kept": sealed],
                token: page.formToken
            ).body
        }
        let feedback = try await logIn(
            next: "/sandvik/cases/26-10001-5/feedback", kept: "message=We+come+soon&notify=true&version=3")
        let number = "<span class=\"num\">26-10001-5</span>"
        #expect(feedback.contains("What you wrote in “Give feedback” for case \(number) has been kept"))
        #expect(feedback.contains("We come soon") && feedback.contains(">Yes</dd>"))
        #expect(feedback.contains("href=\"/sandvik/cases/26-10001-5\""))

        client.cookies = [:]
        let routing = try await logIn(
            next: "/sandvik/cases/26-10001-5/routing", kept: "unit=\(torg.text("Roads"))&handler=&note=")
        #expect(routing.contains(">Roads</dd>"))

        client.cookies = [:]
        let closure = try await logIn(
            next: "/sandvik/cases/26-10001-5/closure", kept: "outcome=no_action&reason=answered&answer=At+ten")
        #expect(closure.contains("We do nothing more") && closure.contains("The question is answered"))
        await torg.close()
    }
}
