import Database
import Domain
import Foundation
import HTTPTypes
import NIOCore
import Testing

@testable import App
@testable import Support

/// What somebody wrote is never lost because Torg could not take it.
@Suite struct LostFormTests {
    private static let report = ["text": "The lamp is \"dark\" again", "place": "School Road 1"]

    private struct Unexpected: Error {}

    /// The report form, where something goes wrong on the way to the database.
    private func send(
        _ torg: TestTorg, failing error: any Error, showing isShown: Bool = true
    ) async throws -> (status: Int, retryAfter: String?, body: String) {
        let client = TestClient(torg)
        let fields = Self.report.merging(["form": try await client.get("/sandvik/report").formToken]) { $1 }
        let body = fields.map { URLEncoded.encode($0) + "=" + URLEncoded.encode($1) }.joined(separator: "&")
        let visit = Visit(
            method: .post, path: "/sandvik/report", parameters: ["municipality": "sandvik"],
            headers: [.contentType: "application/x-www-form-urlencoded"], cookies: client.cookies,
            body: ByteBuffer(string: body), address: .ip("192.0.2.1"), language: "en")
        let route = Route.form(
            .post, .report, for: .citizens,
            show: { visit, op in
                guard isShown else { throw error }
                return .page(
                    ReportPage(
                        frame: try op.frame(visit, title: ""), words: op.words, input: visit.form, promise: "",
                        categories: []))
            },
            perform: { _, _ in throw error })
        let reply: Reply
        do {
            reply = try await route.handle(visit, torg.installation)
        } catch {
            reply = await torg.installation.answer(to: error, visit, isAPI: false)
        }
        guard case .page(let page) = reply.body else { return (reply.status.code, nil, "") }
        return (reply.status.code, reply.headers[.retryAfter], torg.installation.templates.render(page))
    }

    @Test func theFormComesBackWhenTheDatabaseIsBusy() async throws {
        let torg = try await TestTorg()
        let busy = try await send(torg, failing: DatabaseError.unavailable(retryAfter: 2))
        #expect((busy.status, busy.retryAfter) == (503, "2"))
        #expect(busy.body.contains("We cannot answer right now"))
        let crossed = try await send(torg, failing: DatabaseError.conflict)
        #expect(crossed.status == 409)
        let gone = try await send(torg, failing: Refusal.notFound)
        #expect(gone.status == 404)
        for answer in [busy, crossed, gone] {
            #expect(answer.body.contains("<textarea id=\"text\""))
            #expect(answer.body.contains("The lamp is &quot;dark&quot; again"))
        }
        await torg.close()
    }

    @Test func anErrorPageHoldsWhatWasWritten() async throws {
        let torg = try await TestTorg()
        for (error, status) in [(DatabaseError.unavailable(retryAfter: 2) as any Error, 503), (Unexpected(), 500)] {
            let answer = try await send(torg, failing: error, showing: false)
            #expect(answer.status == status)
            let form = try #require(HTMLForm(answer.body, to: "/sandvik/report"))
            #expect(form.values["text"] == ["The lamp is \"dark\" again"])
            #expect(form.values["form"]?.first?.isEmpty == false)
        }
        // What is not there any more cannot be sent to it again, but can be read and copied.
        let gone = try await send(torg, failing: Refusal.notFound, showing: false)
        #expect(gone.status == 404)
        #expect(gone.body.contains("The lamp is &quot;dark&quot; again"))
        #expect(!gone.body.contains(">\(torg.installation.words("en")("again.submit"))</button>"))
        await torg.close()
    }

    @Test func aFormIsSentAgainOnceTheDatabaseIsBack() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        let token = try await client.get("/sandvik/report").formToken
        let away = try await TestTorg()
        await away.close()
        let elsewhere = TestClient(torg, installation: away.installation)
        elsewhere.cookies = client.cookies
        let refused = try await elsewhere.submit("/sandvik/report", from: "", Self.report, token: token)
        #expect(refused.status == 503)
        #expect(refused.header("Retry-After") != nil)
        #expect(refused.body.contains("The lamp is &quot;dark&quot; again"))
        let again = try #require(HTMLForm(refused.body, to: "/sandvik/report"))
        #expect(try await client.send(again).status == 303)
        await torg.close()
    }

    @Test func otherSitesFormsAndPasswordsAreNotShown() async throws {
        let torg = try await TestTorg()
        await torg.close()
        let client = TestClient(torg)
        let foreign = try await client.submit(
            "/sandvik/report", from: "", Self.report, token: "x", headers: ["Sec-Fetch-Site": "cross-site"])
        #expect(!foreign.body.contains("again&quot;") && !foreign.body.contains("School Road"))
        let login = try await client.submit(
            "/sandvik/login", from: "", ["login": "agent", "password": "torg demo"], token: "x")
        #expect(login.status == 503)
        #expect(!login.body.contains("torg demo"))
        await torg.close()
    }

    @Test func aCasePassedOutOfSightLeavesTheWriterTheirWords() async throws {
        let torg = try await TestTorg()
        let agent = TestClient(torg)
        try await agent.logIn(as: "agent")
        let sent = try await agent.submit(
            "/sandvik/contacts", from: "/sandvik/contacts/new",
            ["channel": "telephone", "q1_text": "Dark", "q1_unit": torg.text("Roads")])
        let receipt = try await agent.get(try #require(sent.location))
        let number = try #require(receipt.body.firstMatch(of: /\d\d-\d{5}-\d/)).0
        let handler = TestClient(torg)
        try await handler.logIn(as: "handler")
        let page = "/sandvik/cases/\(number)"
        let token = try await handler.get(page).formToken
        #expect(
            try await agent.submit("\(page)/routing", from: page, ["unit": torg.text("Water")]).status == 303)
        let late = try await handler.submit(
            "\(page)/feedback", from: "", ["message": "We come on Friday"], token: token)
        #expect(late.status == 404)
        #expect(late.body.contains("<blockquote class=\"written\">We come on Friday</blockquote>"))
        await torg.close()
    }
}
