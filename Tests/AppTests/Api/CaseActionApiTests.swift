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
        #expect(try await api.count("mails WHERE kind = 'feedback'") == 0)
        // Whoever told them says how: afterwards, or at once.
        let told = try await api.post(path + "/told", ["how": "telephone"])
        #expect(told.json["feedback_at"] as? String != nil && told.json["untold_since"] is NSNull)
        let other = try await api.newCase([:], ["person": ["email": "b@example.org"]])
        let called = try await api.post(
            other + "/feedback", ["message": "By telephone", "notify": false, "told_how": "telephone"])
        #expect(called.json["feedback_at"] as? String != nil && called.json["untold_since"] is NSNull)
        #expect(try await api.count("mails WHERE kind = 'feedback'") == 0)
        _ = try await api.post(path + "/feedback", ["message": "We are on it"])
        #expect(try await api.count("mails WHERE kind = 'feedback'") == 1)
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

    @Test func closingNeedsWhatItRestsOn() async throws {
        let api = try await Api()
        let path = try await api.newCase([:], ["person": ["email": "a@example.org"]])
        for (body, code) in [
            (["outcome": "no_action", "reason": "x"], "closure.answer_required"),
            (["outcome": "no_action", "answer": "x"], "closure.reason_required"),
            (["outcome": "forwarded", "answer": "x"], "closure.authority_required"),
            (["outcome": "measures_taken", "answer": "x"], "closure.measure_required"),
            (["answer": "x"], "input.invalid"), (["answer": "x", "outcome": "done"], "input.invalid"),
        ] as [([String: Any], String)] {
            let answer = try await api.post(path + "/closure", body)
            #expect((answer.status, answer.code) == (422, code))
        }
        // Neither preventive nor only planned is enough.
        _ = try await api.post(
            path + "/measures", ["kind": "preventive", "what": "x", "who": "y", "done_at": "2026-07-19"])
        let planned = try await api.post(path + "/measures", ["kind": "corrective", "what": "x", "who": "y"])
        let mended = ["answer": "Mended", "outcome": "measures_taken"]
        #expect(try await api.post(path + "/closure", mended).code == "closure.measure_required")
        let measure = "\(path)/measures/\(planned.json["id"] as? String ?? "")"
        #expect(try await api.post(measure).faults == ["done_at required"])
        #expect(try await api.post(measure, ["done_at": "2026-08-20"]).faults == ["done_at in_future"])
        #expect(try await api.post(measure, ["done_at": "2026-07-20"]).status == 200)
        let again = try await api.post(measure, ["done_at": "2026-07-20"])
        #expect((again.status, again.code) == (409, "measure.already_done"))
        #expect(try await api.post(path + "/measures/1", ["done_at": "2026-07-20"]).status == 404)
        #expect(try await api.post(path + "/measures/x", ["done_at": "2026-07-20"]).status == 404)
        #expect(try await api.post(path + "/closure", mended).state == "closed")
        #expect(try await api.count("mails WHERE kind = 'answer'") == 1)
        await api.close()
    }

    /// One thing alone keeps its own code; several come at once, each with its own.
    @Test func allThatIsMissingIsSaidAtOnce() async throws {
        let api = try await Api()
        let path = try await api.newCase([:], ["person": ["phone": "90012345"]])
        let noAnswer = "answer closure.answer_required"
        for (body, faults) in [
            (["outcome": "no_action"], [noAnswer, "reason closure.reason_required"]),
            (["outcome": "forwarded"], [noAnswer, "authority closure.authority_required"]),
            (["outcome": "measures_taken"], [noAnswer, "measure_what closure.measure_required"]),
            (
                ["outcome": "measures_taken", "measure_what": "Lamp"],
                ["measure_who required", "measure_done_at required", noAnswer]
            ),
            ([:], ["outcome required", noAnswer]),
            (
                ["outcome": "no_action", "told_how": "nobody"],
                ["told_note required", noAnswer, "reason closure.reason_required"]
            ),
            (
                ["outcome": "no_action", "told_how": "telephone", "told_at": "2026-07-01"],
                [noAnswer, "reason closure.reason_required", "told_at told.too_early"]
            ),
        ] as [([String: Any], [String])] {
            let answer = try await api.post(path + "/closure", body)
            #expect((answer.status, answer.code) == (422, "input.invalid"))
            #expect(answer.faults == faults)
        }
        let asked = try await api.post(
            path + "/waiting", ["told_how": "telephone", "told_at": "2026-07-01"])
        #expect(asked.faults == ["message required", "told_at told.too_early"])
        let closing = ["answer": "No", "outcome": "no_action", "reason": "x"]
        #expect(try await api.post(path + "/closure", closing).state == "closed")
        #expect(try await api.post(path + "/closure", ["outcome": "no_action"]).code == "case.closed")
        await api.close()
    }

    @Test func closingWithItsMeasureInOneCall() async throws {
        let api = try await Api()
        let path = try await api.newCase()
        let half: [String: Any] = ["answer": "Mended", "outcome": "measures_taken", "measure_what": "New lamp"]
        #expect(
            try await api.post(path + "/closure", half).faults == [
                "measure_who required", "measure_done_at required",
            ])
        let whole = half.merging(["measure_who": "Roads", "measure_done_at": "2026-07-20"]) { $1 }
        let closed = try await api.post(path + "/closure", whole)
        #expect((closed.state, (closed.json["measures"] as? [Any])?.count) == ("closed", 1))
        await api.close()
    }

    @Test func whatIsDoneLiesInThePast() async throws {
        let api = try await Api()
        let path = try await api.newCase()
        let measure: [String: Any] = ["kind": "corrective", "what": "x", "who": "y"]
        let closing: [String: Any] = [
            "answer": "Mended", "outcome": "measures_taken", "measure_what": "x", "measure_who": "y",
        ]
        let planned = try await api.post(path + "/measures", measure)
        let finishing = "\(path)/measures/\(planned.json["id"] as? String ?? "")"
        // It is 9.12 in Oslo.
        for late in ["2026-07-20T07:18:00Z", "2026-07-21T07:00:00Z", "2026-07-21"] {
            let added = try await api.post(path + "/measures", measure.merging(["done_at": late]) { $1 })
            #expect(added.faults == ["done_at in_future"], "\(late)")
            #expect(try await api.post(finishing, ["done_at": late]).faults == ["done_at in_future"])
            let closed = try await api.post(path + "/closure", closing.merging(["measure_done_at": late]) { $1 })
            #expect(closed.faults == ["measure_done_at in_future"])
        }
        // The page shows the case as it was before somebody else's change.
        #expect(
            try await api.post(finishing, ["done_at": "2026-07-20", "version": 1]).code == "case.changed_meanwhile")
        #expect(try await api.post(finishing, ["done_at": "2026-07-20T07:16:00Z", "version": 2]).status == 200)
        await api.close()
    }

    @Test func anAddedMeasureIsAnsweredItself() async throws {
        let api = try await Api()
        let path = try await api.newCase()
        let made = try await api.post(
            path + "/measures",
            ["kind": "preventive", "what": "Check all lamps", "who": "Roads", "due_at": "2026-09-01"])
        #expect(made.status == 201)
        #expect(made.json["what"] as? String == "Check all lamps")
        let listed = try await api.get(path).json["measures"] as? [[String: Any]] ?? []
        #expect(listed.map { $0["id"] as? String } == [made.json["id"] as? String])
        let wrong = try await api.post(path + "/measures", ["kind": "vague", "what": 1])
        #expect(wrong.faults == ["kind unknown", "what wrong_type", "who required"])
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
