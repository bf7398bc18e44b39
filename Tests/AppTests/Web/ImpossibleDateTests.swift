import Domain
import Support
import Testing

@testable import App

/// A day that does not exist, or that nobody can mean, is refused beside its field, by pages and API alike.
@Suite struct ImpossibleDateTests {
    private static let impossible = [
        "10000-01-01", "99999-12-31", "3000-01-01", "1899-12-31", "0000-00-00", "0026-07-20", "-2026-07-20",
        "2026-13-01", "2026-02-30", "20260720", "٢٠٢٦-٠٧-٢٠", String(repeating: "9", count: 40),
        "10000-01-01T00:00:00Z", "2026-07-20T25:00:00Z", "2026-07-20T09:12:00+99:99", "2999-12-31T23:59:59-12:00",
    ]
    /// They exist.
    private static let farAhead = ["2999-12-31", "2999-12-30T23:59:59Z", "2029-01-01"]

    /// A case that the handler has taken on.
    private func underway() async throws -> (api: Api, path: String) {
        let api = try await Api()
        let path = try await api.newCase(["unit": api.torg.text("Roads")])
        try await api.become("handler")
        #expect(try await api.post(path + "/acknowledgement").status == 200)
        return (api, path)
    }

    @Test func theAPIRefusesThem() async throws {
        let (api, path) = try await underway()
        let measure = ["kind": "corrective", "what": "New lamp", "who": "Roads"]
        let closure = [
            "answer": "Lit", "outcome": "measures_taken", "measure_what": "New lamp", "measure_who": "Roads",
        ]
        for day in Self.impossible + Self.farAhead {
            let isFar = Self.farAhead.contains(day)
            for (call, body, field, code) in [
                ("/parking", ["reason": "Ice"], "until", "too_late"), ("/measures", measure, "due_at", "too_late"),
                ("/measures", measure, "done_at", "in_future"),
                ("/closure", closure, "measure_done_at", "in_future"),
            ] {
                let answer = try await api.post(path + call, body.merging([field: day]) { $1 })
                #expect(answer.status == 422, "\(call) \(field) \(day)")
                #expect(
                    answer.faults == ["\(field) \(isFar ? code : "invalid_date")"],
                    "\(day)")
            }
            let before = URLEncoded.encode(day)
            #expect(try await api.get("/cases?due_before=\(before)").status == (isFar ? 200 : 422), "\(day)")
        }
        try await api.become("agent")
        for day in Self.impossible + Self.farAhead {
            #expect(try await api.contact([:], ["at": day]).status == 422, "\(day)")
        }
        #expect(try await api.get(path).status == 200)
        await api.close()
    }

    @Test func thePagesRefuseThem() async throws {
        let (api, path) = try await underway()
        let client = TestClient(api.torg)
        try await client.logIn(as: "handler")
        let page = "/sandvik" + path
        let absences = "/sandvik/people/\(api.torg.text("handler"))/absences"
        for day in ["10000-01-01", "0026-07-20", "2026-02-30", "2999-12-31"] {
            for (form, changes) in [
                ("/parking", ["until": [day], "reason": ["Ice"]]),
                ("/measures", ["what": ["Lamp"], "who": ["Roads"], "due_at": [day]]),
                ("/measures", ["what": ["Lamp"], "who": ["Roads"], "done_at": [day]]),
                ("/closure", ["answer": ["Lit"], "outcome": ["measures_taken"], "measure_done_at": [day]]),
            ] {
                #expect(try await client.fill(page, to: page + form, changes).status == 422, "\(form) \(day)")
            }
            for changes in [["first": [day], "last": ["2026-07-28"]], ["first": ["2026-07-28"], "last": [day]]] {
                #expect(try await client.fill(absences, changes).status == 422, "\(day)")
            }
        }
        #expect(try await client.get(page).status == 200)
        await api.close()
    }
}
