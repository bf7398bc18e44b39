import Domain

@testable import App
@testable import Support

/// What figures are made of: contacts that were answered or became cases, and cases that ended.
struct Recorded {
    let api: Api

    /// One question answered at once, two cases, of which one is closed, opened again and closed otherwise.
    init() async throws {
        api = try await Api()
        let (leak, light) = (api.torg.text("Water leak"), api.torg.text("Street light"))
        _ = try await api.contact(["answered": true, "category": leak])
        _ = try await api.newCase(["category": light])
        let path = try await api.newCase(["category": leak])
        try await close(path, "forwarded")
        _ = try await api.delete(path + "/closure", ["reason": "Not ours alone"])
        // What it is recoded to after its end does not change the figures of before.
        _ = try await api.post(path + "/recoding", ["category": light])
        try await close(path, "no_action")
    }

    private func close(_ path: String, _ outcome: String) async throws {
        var body = ["answer": "Thank you", "outcome": outcome]
        if outcome == "forwarded" { body["authority"] = "The county" } else { body["reason"] = "already_mended" }
        _ = try await api.post(path + "/acknowledgement")
        _ = try await api.post(path + "/closure", body)
    }

    /// By kind and category.
    func kept() async throws -> [String: Int] {
        try await api.torg.read { [torg = api.torg] op in
            guard let days = try op.figures.countedDays() else { return [:] }
            let names = [torg.id("Water leak", of: Category.self): "leak", torg.id("Street light"): "light"]
            return try op.figures.dailyCounts(of: days).reduce(into: [:]) { sums, count in
                let name = count.key.category.flatMap { names[$0] } ?? "-"
                sums["\(count.key.counted.rawValue) \(name)", default: 0] += count.value
            }
        }
    }

    static let right = [
        "answered leak": 1, "became_case light": 1, "became_case leak": 1, "forwarded leak": 1, "reopened leak": 1,
        "closed_without_action light": 1,
    ]
}
