import Domain
import Foundation
import Support
import Testing

@testable import App

/// `POST /contacts`.
@Suite struct ContactApiTests {
    @Test(arguments: Contact.Channel.allCases)
    func everyChannelIsTaken(channel: Contact.Channel) async throws {
        let api = try await Api()
        let path = try await api.newCase([:], ["channel": channel.rawValue, "direction": "out"])
        let contacts = try await api.get(path).json["contacts"] as? [[String: Any]] ?? []
        #expect(contacts.map { $0["channel"] as? String } == [channel.rawValue])
        #expect(contacts.map { $0["direction"] as? String } == ["out"])
        await api.close()
    }

    @Test func eachQuestionGoesItsOwnWay() async throws {
        let api = try await Api()
        let old = try await api.newCase().dropFirst("/cases/".count)
        let answer = try await api.post(
            "/contacts",
            [
                "channel": "email", "person": ["email": "a@example.org"],
                "questions": [
                    ["text": "Answered at once", "answered": true, "answer": "From 9 to 15."],
                    ["text": "A new matter"],
                    ["text": "About the old one", "case": String(old)],
                    ["text": "Asked and told about the old one", "case": String(old), "answered": true],
                ],
            ])
        #expect(answer.status == 201)
        #expect(answer.cases.map { $0 == nil } == [true, false, false, false])
        #expect(Array(answer.cases[2...]) == [String(old), String(old)])
        #expect(answer.cases[1] != String(old))
        let joined = try await api.get("/cases/\(old)").json["contacts"] as? [[String: Any]] ?? []
        #expect(joined.count == 2)
        // The other questions of the contact are not part of this case.
        #expect((joined[1]["questions"] as? [Any])?.count == 2)
        #expect(try await api.count("cases WHERE 1 = 1") == 2)
        await api.close()
    }

    @Test func aNameHasOneLine() async throws {
        let api = try await Api()
        let answer = try await api.post(
            "/contacts",
            [
                "channel": "email", "person": ["name": "Kari\nBcc: evil@example.org\r\n\r\nHello\u{2028}you\tthere"],
                "questions": [["text": "A matter"]],
            ])
        #expect(answer.status == 201)
        #expect(try await api.count("contacts WHERE name = 'Kari Bcc: evil@example.org Hello you there'") == 1)
        await api.close()
    }

    @Test func oneWrongQuestionStoresNothing() async throws {
        let api = try await Api()
        let answer = try await api.post(
            "/contacts",
            ["channel": "visit", "questions": [["text": "Good"], ["text": "Bad", "category": "1"], ["text": " "]]])
        #expect((answer.status, answer.code) == (422, "input.invalid"))
        #expect(answer.faults == ["questions[1].category unknown", "questions[2].text required"])
        #expect(answer.headers[.contentType] == "application/problem+json")
        #expect(try await api.count("contacts WHERE 1 = 1") == 0)
        await api.close()
    }

    @Test func aClosedCaseTakesOnlyWhatIsAnswered() async throws {
        let api = try await Api()
        let path = try await api.newCase()
        let number = String(path.dropFirst("/cases/".count))
        _ = try await api.post(path + "/closure", ["answer": "No", "outcome": "no_action", "reason": "Not ours"])
        #expect(try await api.contact(["case": number]).faults == ["questions[0].case case_closed"])
        #expect(try await api.contact(["case": number, "answered": true]).cases == [number])
        #expect(try await api.contact(["case": "26-10001-0"]).faults == ["questions[0].case invalid_case_number"])
        await api.close()
    }

    @Test func theContactsTimeDecidesNumberAndDeadline() async throws {
        let api = try await Api()
        let old = try await api.contact([:], ["at": "2025-12-31T22:30:00Z"])
        #expect(old.cases[0]?.hasPrefix("25-10001-") == true)
        // Half past eleven at night in Oslo is the old year; half past twelve is the new one.
        let new = try await api.contact([:], ["at": "2025-12-31T23:30:00Z"])
        #expect(new.cases[0]?.hasPrefix("26-10001-") == true)
        let shown = try await api.get("/cases/" + (old.cases[0] ?? ""))
        #expect(shown.json["created_at"] as? String == "2025-12-31T22:30:00.000Z")
        #expect(shown.json["next_due_at"] as? String ?? "9" < "2026-02-01")
        let today = try await api.contact([:], ["at": "2026-07-20"])
        #expect(today.status == 201)
        for late in ["2026-07-20T07:18:00Z", "2026-07-21", "2999-12-31T23:59:59Z"] {
            #expect(try await api.contact([:], ["at": late]).faults == ["at in_future"], "\(late)")
        }
        for wrong in ["yesterday", "2026-02-30", "10000-01-01T00:00:00Z", "2026-07-20T09:12:00"] {
            #expect(try await api.contact([:], ["at": wrong]).faults == ["at invalid_date"], "\(wrong)")
        }
        await api.close()
    }

    @Test func whatIsLongAgoIsNotRegisteredAsIfItWereNew() async throws {
        let api = try await Api()
        _ = try await api.newCase()
        for old in ["1926-06-01T12:00:00Z", "2016-07-18T09:12:00Z"] {
            let answer = try await api.contact([:], ["at": old])
            #expect((answer.status, answer.faults) == (422, ["at too_early"]), "\(old)")
        }
        #expect(try await api.contact([:], ["at": "2016-07-21"]).cases[0]?.hasPrefix("16-10001-") == true)
        await api.close()
    }

    @Test func numbersOfTwoCenturiesDoNotMeet() async throws {
        let api = try await Api()
        let numbers = try await api.torg.installation.write(api.torg.sandvik) { op in
            try ["1926-06-01", "2026-06-01", "1926-07-01", "2025-06-01"].map { day in
                try op.cases.nextCaseNumber(at: try #require(Instant(iso8601: day + "T12:00:00Z")))
            }
        }
        #expect(numbers.map(\.year) == [26, 26, 26, 25])
        #expect(numbers.map(\.sequence) == [10_001, 10_002, 10_003, 10_001])
        await api.close()
    }

    @Test func placePositionAndMarksAreKept() async throws {
        let api = try await Api()
        let path = try await api.newCase([
            "place": "Storgata 1", "position": ["lat": 58.146, "lon": -7.9956], "acute": true,
            "category": api.torg.text("Street light"),
        ])
        let shown = try await api.get(path).json
        #expect(shown["place"] as? String == "Storgata 1")
        #expect(shown["position"] as? [String: Double] == ["lat": 58.146, "lon": -7.9956])
        // What is acute does not wait for the contact centre.
        #expect((shown["acute"] as? Bool, shown["state"] as? String) == (true, "passedOn"))
        #expect(shown["unit"] as? String == api.torg.text("Roads"))
        await api.close()
    }

    @Test func theCategoryDecidesWhereItGoes() async throws {
        let api = try await Api()
        let looked = try await api.get(try await api.newCase(["category": api.torg.text("Street light")]))
        #expect((looked.state, looked.json["unit"] as? String) == ("new", api.torg.text("Roads")))
        let direct = try await api.get(try await api.newCase(["category": api.torg.text("Water leak")]))
        #expect((direct.state, direct.json["unit"] as? String) == ("passedOn", api.torg.text("Water")))
        let none = try await api.get(try await api.newCase())
        #expect((none.state, none.json["unit"] as? String) == ("new", "\(try await api.centre())"))
        await api.close()
    }

    @Test func aReceiptGoesToWhoLeftAnAddress() async throws {
        let api = try await Api()
        _ = try await api.newCase([:], ["person": ["email": "A@Example.org", "wants_updates": true]])
        _ = try await api.newCase([:], ["person": ["phone": "+47 99 88 77 66"]])
        #expect(try await api.count("outbox WHERE kind = 'receipt' AND address = 'a@example.org'") == 1)
        #expect(try await api.count("outbox WHERE kind = 'receipt'") == 1)
        await api.close()
    }

    @Test func whatIsWrongIsNamed() async throws {
        let api = try await Api()
        let cases: [([String: Any], [String])] = [
            ([:], ["channel required", "questions required"]),
            (["channel": "pigeon", "questions": []], ["channel unknown", "questions required"]),
            (["channel": 1, "questions": [1]], ["channel wrong_type", "questions[0] wrong_type"]),
            (["channel": "visit", "questions": ["text": "x"]], ["questions wrong_type"]),
            (["channel": "visit", "direction": "up", "questions": [["text": "x"]]], ["direction unknown"]),
            (["channel": "visit", "person": "me", "questions": [["text": "x"]]], ["person wrong_type"]),
            (
                ["channel": "visit", "person": ["email": "a@b", "phone": "x"], "questions": [["text": "x"]]],
                ["person.email invalid_email", "person.phone invalid_phone"]
            ),
            (
                ["channel": "visit", "questions": Array(repeating: ["text": "x"], count: 21)],
                ["questions too_many"]
            ),
            (["channel": "visit", "questions": [["text": "a\u{0}b"]]], ["questions[0].text invalid_character"]),
        ]
        for (body, faults) in cases {
            let answer = try await api.post("/contacts", body)
            #expect((answer.status, answer.faults) == (422, faults))
        }
        let questions: [([String: Any], String)] = [
            (["text": String(repeating: "x", count: 20_001)], "text too_long"),
            (["answered": "true"], "answered wrong_type"), (["category": "none"], "category unknown"),
            (["template": "1"], "template unknown"), (["unit": "1"], "unit unknown"),
            (["position": ["lat": 91, "lon": 0]], "position.lat out_of_range"),
            (["position": ["lat": 1]], "position.lon required"), (["position": [1, 2]], "position wrong_type"),
            (["place": String(repeating: "x", count: 301)], "place too_long"),
        ]
        for (question, fault) in questions {
            #expect(try await api.contact(question).faults == ["questions[0]." + fault])
        }
        #expect(try await api.count("contacts WHERE 1 = 1") == 0)
        await api.close()
    }

    @Test func nullIsTheSameAsLeftOut() async throws {
        let api = try await Api()
        let answer = try await api.post(
            "/contacts",
            [
                "channel": "visit", "at": NSNull(), "person": NSNull(), "direction": NSNull(),
                "questions": [["text": "x", "category": NSNull(), "position": NSNull(), "answered": NSNull()]],
            ])
        #expect(answer.status == 201)
        await api.close()
    }
}

extension Api {
    fileprivate func centre() async throws -> ID<App.Unit> {
        try await torg.installation.read(torg.sandvik) { $0.municipality.centre }
    }
}
