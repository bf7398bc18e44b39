import Domain
import Foundation
import Support
import Testing

@testable import App

/// What is done to a case, and when it is refused.
@Suite struct CaseActionApiTests {
    private var closing: [String: Any] { ["answer": "No", "outcome": "no_action", "reason": "Not ours"] }

    @Test func aClosedCaseRefusesWhatMovesIt() async throws {
        let api = try await Api()
        let path = try await api.newCase()
        #expect(try await api.post(path + "/closure", closing).state == "closed")
        let roads = api.torg.text("Roads")
        let moves: [(String, [String: Any])] = [
            ("routing", ["unit": roads]), ("acknowledgement", [:]), ("performer", [:]),
            ("recoding", ["category": api.torg.text("Street light")]), ("feedback", ["message": "x"]),
            ("parking", ["until": "2026-08-01", "reason": "x"]), ("waiting", ["message": "x"]),
            ("measures", ["kind": "corrective", "what": "x", "who": "y"]), ("acute", [:]), ("closure", closing),
        ]
        for (action, body) in moves {
            let answer = try await api.post("\(path)/\(action)", body)
            #expect((answer.status, answer.code) == (409, "case.closed"), "\(action)")
        }
        #expect(try await api.post(path + "/notes", ["note": "x"]).status == 200)
        #expect(try await api.post(path + "/deviation", ["reference": "Q-1"]).json["deviation"] as? String == "Q-1")
        await api.close()
    }

    @Test func anEmptyNameNamesNothing() async throws {
        let api = try await Api()
        let path = try await api.newCase()
        #expect(try await api.post(path + "/performer", ["handler": ""]).faults == ["handler unknown"])
        #expect(try await api.post(path + "/performer", ["handler": "\u{0}"]).faults == ["handler invalid_character"])
        #expect(try await api.post(path + "/recoding", ["category": " "]).faults == ["category required"])
        #expect(try await api.post(path + "/performer", ["handler": NSNull()]).status == 200)
        await api.close()
    }

    @Test func whatIsNotSoCannotBeEnded() async throws {
        let api = try await Api()
        let path = try await api.newCase()
        #expect(try await api.delete(path + "/parking").code == "case.not_parked")
        #expect(try await api.delete(path + "/waiting").code == "case.not_waiting")
        #expect(try await api.delete(path + "/closure", ["reason": "x"]).code == "case.not_closed")
        #expect(try await api.delete(path + "/closure").faults == ["reason required"])
        await api.close()
    }

    @Test func parkingTakesAnInstantOrADayAndEndsWhereItBegan() async throws {
        let api = try await Api()
        let path = try await api.newCase(["unit": api.torg.text("Roads")])
        let parked = try await api.post(path + "/parking", ["until": "2026-07-27T10:00:00+02:00", "reason": "x"])
        #expect(parked.state == "parked")
        #expect(parked.json["parked_until"] as? String == "2026-07-27T08:00:00.000Z")
        #expect(try await api.delete(path + "/parking").state == "passedOn")
        let byDay = try await api.post(path + "/parking", ["until": "2026-07-27", "reason": "x"])
        #expect((byDay.json["parked_until"] as? String)?.hasPrefix("2026-07-27T1") == true)
        #expect(try await api.delete(path + "/parking").state == "passedOn")
        let sunday = try await api.post(path + "/parking", ["until": "2026-07-26", "reason": "x"])
        #expect((sunday.json["parked_until"] as? String)?.hasPrefix("2026-07-27T1") == true, "nothing is promised then")
        #expect(try await api.delete(path + "/parking").state == "passedOn")
        let past = try await api.post(path + "/parking", ["until": "2026-07-19", "reason": "x"])
        #expect((past.status, past.code, past.faults) == (422, "parking.until_passed", ["until parking.until_passed"]))
        let far = try await api.post(path + "/parking", ["until": "2036-07-19", "reason": "x"])
        #expect(far.faults == ["until too_late"])
        #expect(try await api.post(path + "/parking").faults == ["until required", "reason required"])
        await api.close()
    }

    @Test func feedbackIsMailedUnlessToldOtherwise() async throws {
        let api = try await Api()
        let path = try await api.newCase([:], ["person": ["email": "a@example.org"]])
        let silent = try await api.post(path + "/feedback", ["message": "By telephone", "notify": false])
        #expect(silent.json["feedback_at"] is NSNull && silent.json["untold_since"] as? String != nil)
        #expect(try await api.count("outbox WHERE kind = 'feedback'") == 0)
        // Whoever told them says how: afterwards, or at once.
        let told = try await api.post(path + "/told", ["how": "telephone"])
        #expect(told.json["feedback_at"] as? String != nil && told.json["untold_since"] is NSNull)
        let other = try await api.newCase([:], ["person": ["email": "b@example.org"]])
        let called = try await api.post(
            other + "/feedback", ["message": "By telephone", "notify": false, "told_how": "telephone"])
        #expect(called.json["feedback_at"] as? String != nil && called.json["untold_since"] is NSNull)
        #expect(try await api.count("outbox WHERE kind = 'feedback'") == 0)
        _ = try await api.post(path + "/feedback", ["message": "We are on it"])
        #expect(try await api.count("outbox WHERE kind = 'feedback'") == 1)
        #expect(try await api.get(path).state == "new")
        await api.close()
    }

    @Test func aCaseGoesToAPersonByTheirUnit() async throws {
        let api = try await Api()
        let path = try await api.newCase()
        let handler = api.torg.text("handler")
        let passed = try await api.post(path + "/routing", ["handler": handler])
        #expect((passed.state, passed.json["unit"] as? String) == ("passedOn", api.torg.text("Roads")))
        #expect(passed.json["handler"] as? String == handler)
        let receiver = passed.json["receiver"] as? [String: String]
        #expect(receiver == ["kind": "person", "id": handler, "name": "Handler"])
        for (body, fault) in [
            ([:], "unit unit_or_handler_required"), (["unit": "1"], "unit unknown"),
            (["handler": "x"], "handler unknown"),
            (["contractor": "1"], "contractor unknown"),
        ] as [([String: Any], String)] {
            #expect(try await api.post(path + "/routing", body).faults == [fault])
        }
        #expect(try await api.post(path + "/routing", ["handler": api.torg.adminID()]).faults == ["handler unknown"])
        await api.close()
    }

    @Test func recodingTakesTheUnitAlongUnlessOneIsNamed() async throws {
        let api = try await Api()
        let path = try await api.newCase(["category": api.torg.text("Street light")])
        let (leak, roads) = (api.torg.text("Water leak"), api.torg.text("Roads"))
        let kept = try await api.post(path + "/recoding", ["category": leak, "unit": roads])
        #expect((kept.json["category"] as? String, kept.json["unit"] as? String) == (leak, roads))
        let moved = try await api.post(path + "/recoding", ["category": leak])
        #expect(moved.json["unit"] as? String == api.torg.text("Water"))
        #expect(try await api.post(path + "/recoding").faults == ["category required"])
        #expect(try await api.post(path + "/recoding", ["category": "1"]).faults == ["category unknown"])
        await api.close()
    }

    @Test func aChangeFromAnOlderVersionIsRefused() async throws {
        let api = try await Api()
        let path = try await api.newCase()
        #expect(try await api.post(path + "/acknowledgement", ["version": 1]).status == 200)
        let late = try await api.post(path + "/feedback", ["message": "x", "version": 1])
        #expect((late.status, late.code) == (409, "case.changed_meanwhile"))
        await api.close()
    }

    @Test func acuteIsMarkedAndTakenBack() async throws {
        let api = try await Api()
        let path = try await api.newCase()
        #expect(try await api.post(path + "/acute").json["acute"] as? Bool == true)
        #expect(try await api.post(path + "/acute", ["acute": false]).json["acute"] as? Bool == false)
        await api.close()
    }
}

extension TestTorg {
    fileprivate func adminID() async throws -> String {
        try await installation.read(sandvik) { op in
            op.directory.people.values.first { $0.user.login == "admin" }.map { "\($0.user.id)" } ?? ""
        }
    }
}
