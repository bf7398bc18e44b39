import Domain
import Foundation
import Support
import Testing

@testable import App

/// What a case is closed with, and the measures it rests on.
@Suite struct ClosureApiTests {
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
        #expect(try await api.count("outbox WHERE kind = 'answer'") == 1)
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
}
