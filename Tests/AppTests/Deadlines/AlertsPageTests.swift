import Database
import Domain
import Support
import Testing

@testable import App

/// The bell and the watch page.
@Suite struct AlertsPageTests {
    private func bell(_ body: String) -> String? {
        body.firstMatch(of: #/class="bell"[^>]*aria-label="([^"]*)"/#).map { String($0.1) }
    }

    @Test func theBellCountsAndOpeningTheCaseAnswersIt() async throws {
        let api = try await Api()
        try await api.torg.organise()
        let path = try await api.newCase(["unit": api.torg.text("Roads")])
        api.torg.advance(days: 2)
        _ = try await api.torg.installation.remindOfDeadlines()
        let client = TestClient(api.torg)
        try await client.logIn(as: "handler")
        let list = try await client.get("/sandvik/mine")
        // Reminded of before and after the deadline, it is still one thing to do.
        #expect(bell(list.body) == "1 unread reminder")
        let alerts = try await client.get("/sandvik/alerts")
        #expect(alerts.body.matches(of: #/<td class="num">/#).count == 1)
        #expect(alerts.status == 200 && alerts.body.contains("/sandvik" + path))
        #expect(alerts.body.contains("Acknowledgement: 1 working day late") || alerts.body.contains("late since"))
        // The page that answers them shows none any more.
        #expect(bell(try await client.get("/sandvik" + path).body) == "No unread reminders")
        #expect(bell(try await client.get("/sandvik/mine").body) == "No unread reminders")
        // The contact centre has its own.
        try await client.logIn(as: "agent")
        #expect(bell(try await client.get("/sandvik/intake").body) == "1 unread reminder")
        #expect(try await client.fill("/sandvik/alerts", to: "/sandvik/alerts/reading").status == 303)
        #expect(bell(try await client.get("/sandvik/alerts").body) == "No unread reminders")
        #expect(try await client.get("/sandvik/alerts").body.contains("/sandvik" + path))
        try await client.logIn(as: "plumber")
        #expect(bell(try await client.get("/sandvik/alerts").body) == "No unread reminders")
        await api.close()
    }

    @Test func alertsComeAPageAtATime() async throws {
        let api = try await Api()
        _ = try await api.newCase(["unit": api.torg.text("Roads")])
        let agent: ID<User> = api.torg.id("agent")
        try await api.torg.installation.write(api.torg.sandvik) { op in
            let row = try #require(try op.tx.row("SELECT * FROM cases WHERE municipality = \(op.tenant)"))
            for number in 0..<120 {
                let addressee: Addressee = number % 2 == 0 ? .user(agent) : .unit(op.municipality.centre)
                try op.alerts.raise(
                    addressee, about: try Case(row), .deadline(.close, .missed),
                    op.now.adding(milliseconds: Int64(number)))
            }
        }
        let client = TestClient(api.torg)
        try await client.logIn(as: "agent")
        var (page, seen) = ("/sandvik/alerts", 0)
        #expect(bell(try await client.get(page).body) == "More than 99 unread reminders")
        while true {
            let body = try await client.get(page).body
            seen += body.matches(of: #/<td class="when">/#).count
            guard let next = body.firstMatch(of: #/href="([^"]*)" rel="next"/#) else { break }
            page = String(next.1).replacing("&#x3D;", with: "=").replacing("&amp;", with: "&").replacing(
                "&#61;", with: "=")
        }
        #expect(seen == 120)
        await api.close()
    }

    @Test func whatIsConfidentialIsToldToItsUnitAlone() async throws {
        let api = try await Api()
        try await api.torg.organise()
        let path = try await api.newCase(["unit": api.torg.text("Roads"), "confidential": true])
        api.torg.advance(days: 2)
        _ = try await api.torg.installation.remindOfDeadlines()
        let client = TestClient(api.torg)
        try await client.logIn(as: "agent")
        let body = try await client.get("/sandvik/alerts").body
        #expect(body.contains("No unread reminders") && !body.contains(String(path.dropFirst("/cases/".count))))
        try await client.logIn(as: "handler")
        #expect(try await client.get("/sandvik/alerts").body.contains("/sandvik" + path))
        await api.close()
    }

    @Test func theWatchShowsWhereEachCaseIsStuck() async throws {
        let api = try await Api()
        try await api.torg.organise()
        let roads = api.torg.text("Roads")
        let stuck = try await api.newCase(["unit": roads, "text": "Nobody acknowledges"])
        let silent = try await api.newCase(["unit": roads, "text": "Nobody answers"])
        let parked = try await api.newCase(["unit": roads, "text": "Parked and owing an answer"])
        _ = try await api.newCase(["text": "Nobody looks at it"])
        let acute = try await api.newCase(["unit": roads, "text": "Open manhole", "acute": true])
        try await api.become("handler")
        _ = try await api.post(silent + "/acknowledgement", [:])
        _ = try await api.post(parked + "/acknowledgement", [:])
        #expect(
            try await api.post(parked + "/parking", ["until": "2026-09-01", "reason": "Spring"]).status == 200)
        let client = TestClient(api.torg)
        try await client.logIn(as: "agent")
        var body = try await client.get("/sandvik/watch").body
        #expect(body.contains("1 case needs help to get on.") && body.contains("Open manhole"))
        api.torg.advance(days: 10)
        try await client.logIn(as: "agent")
        body = try await client.get("/sandvik/watch").body
        #expect(body.contains("5 cases need help to get on."))
        let order = ["Open manhole", "Nobody acknowledges", "Nobody looks at it"].compactMap {
            body.range(of: $0)?.lowerBound
        }
        #expect(order == order.sorted() && order.count == 3)
        #expect(body.contains("units have no substitute"))
        body = try await client.get("/sandvik/watch?show=feedback&unit=\(roads)").body
        #expect(body.contains("Nobody answers") && body.contains("Parked and owing an answer"))
        #expect(!body.contains("Nobody acknowledges") && !body.contains("Open manhole"))
        #expect(body.contains("Feedback: "))
        body = try await client.get("/sandvik/watch?show=acknowledge").body
        #expect(body.contains("Nobody acknowledges") && body.contains("Nobody looks at it"))
        #expect(body.contains("/sandvik" + stuck) && !body.contains("/sandvik" + acute))
        // Each number leads to as many lines.
        for cell in body.matches(of: #/<a href="([^"]*show[^"]*)" aria-label="[^"]*: (\d+)"/#) {
            let url = String(cell.1).replacing("&#x3D;", with: "=").replacing("&#61;", with: "=").replacing(
                "&amp;", with: "&")
            let lines = try await client.get(url).body.matches(of: #/<td class="num">/#).count
            #expect(lines == Int(cell.2), "\(url)")
        }
        try await client.logIn(as: "handler")
        #expect(try await client.get("/sandvik/watch").status == 403)
        await api.close()
    }
}
