import Database
import Domain
import Testing

@testable import App
@testable import Support

/// The audit says what something became, as far as a word can.
@Suite struct AuditSaidTests {
    @Test func whatWasSwitchedOffAndOnAgainIsToldApart() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        let page = "/sandvik/admin/categories/" + torg.text("Street light")
        #expect(try await client.fill(page, ["active": []]).status == 303)
        #expect(try await client.fill(page, ["active": ["true"]]).status == 303)
        let audit = try await client.get("/sandvik/admin/audit").body
        #expect(audit.contains("In use: no") && audit.contains("In use: yes"))
        await torg.close()
    }

    @Test func aTextThatReadsLikeABoxIsNone() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        #expect(try await client.fill("/sandvik/admin/units/" + torg.text("Roads"), ["name": ["no"]]).status == 303)
        let audit = try await client.get("/sandvik/admin/audit").body
        #expect(audit.contains("Changed the unit no") && !audit.contains("Name: no"))
        await torg.close()
    }

    @Test func theUnitsAndRolesThatSomebodyGotOrLostAreNamed() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        let person = "/sandvik/admin/people/" + torg.text("handler")
        #expect(try await client.fill(person, ["units": [torg.text("Water")], "active": ["true"]]).status == 303)
        let unit = "/sandvik/admin/units/" + torg.text("Roads")
        #expect(try await client.fill(unit, ["leader": [torg.text("leader")]]).status == 303)
        let audit = try await client.get("/sandvik/admin/audit").body
        #expect(audit.contains("Units: added Water, removed Roads"))
        #expect(audit.contains("Leader: added Leader"))
        await torg.close()
    }

    /// What is shown is the last time; so the list goes by it.
    @Test func attemptsAreSortedByTheTimeThatIsShown() async throws {
        let torg = try await TestTorg()
        let client = TestClient(torg)
        func fail(_ network: String?) async throws {
            _ = try await client.submit(
                "/sandvik/login", from: "/sandvik/login", ["login": "x", "password": "y"],
                headers: network.map { ["X-Forwarded-For": $0] } ?? [:])
        }
        try await fail("192.0.2.1")
        torg.advance(minutes: 1)
        try await fail(nil)
        torg.advance(minutes: 1)
        try await fail("192.0.2.1")
        try await client.logIn(as: "admin")
        let body = try await client.get("/sandvik/admin/audit?show=refused").body
        let first = try #require(body.range(of: "192.0.2.1"))
        let second = try #require(body.range(of: "This server"))
        #expect(first.lowerBound < second.lowerBound)
        #expect(try await client.get("/sandvik/admin/audit?show=refused&language=sv").body.contains("Den här servern"))
        await torg.close()
    }

    @Test func theAttemptsOfManyPagesAreAllListedOnce() async throws {
        let torg = try await TestTorg()
        try await torg.installation.write(torg.sandvik) { op in
            for index in 0..<230 {
                let at = op.now.milliseconds - Int64(index % 7) * 3_600_000 + Int64(index)
                try op.tx.run(
                    """
                    INSERT INTO security_events (municipality, id, kind, hour, user_id, network, count, first_at, last_at)
                    VALUES (\(op.tenant), \(op.newID(of: SecurityEvent.self)), 'forbidden',
                        \(Instant(milliseconds: at).hour), NULL, \("net-\(index)-"), 1, \(at), \(at))
                    """)
            }
        }
        let client = TestClient(torg)
        try await client.logIn(as: "admin")
        var (address, seen): (String?, [String]) = ("/sandvik/admin/audit?show=refused", [])
        while let page = address, seen.count < 400 {
            let body = try await client.get(page).body
            seen += body.matches(of: /net-\d+-/).map { String($0.0) }
            address = body.firstMatch(of: #/href="([^"]*)" rel="next"/#).map {
                String($0.1).replacing("&amp;", with: "&")
            }
        }
        #expect(seen.count == 230 && Set(seen).count == 230)
        await torg.close()
    }
}
