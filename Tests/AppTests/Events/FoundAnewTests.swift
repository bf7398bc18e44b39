import Testing

@testable import App

/// A case is found by what stands in it now, whatever was done to it last.
@Suite struct FoundAnewTests {
    private func found(_ api: Api, _ words: String) async throws -> Int {
        try await api.get("/cases?text=\(words)").items.count
    }

    @Test func byItsReferenceInTheQualitySystem() async throws {
        let api = try await Api()
        let path = try await api.newCase(["unit": api.torg.text("Roads")])
        #expect(try await found(api, "KVAL4711") == 0)
        #expect(try await api.post(path + "/deviation", ["reference": "KVAL4711"]).status == 200)
        #expect(try await found(api, "KVAL4711") == 1)
        await api.close()
    }

    @Test func notByAnAnswerThatWasTakenBack() async throws {
        let api = try await Api()
        let path = try await api.newCase(["unit": api.torg.text("Roads")])
        let closure = ["answer": "Zebrastripen males", "outcome": "no_action", "reason": "already_mended"]
        #expect(try await api.post(path + "/closure", closure).status == 200)
        #expect(try await found(api, "zebrastripen") == 1)
        #expect(try await api.delete(path + "/closure", ["reason": "Still dark"]).status == 200)
        #expect(try await found(api, "zebrastripen") == 0)
        await api.close()
    }
}
