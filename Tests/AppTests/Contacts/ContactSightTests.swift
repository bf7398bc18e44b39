import Database
import Domain
import Foundation
import Support
import Testing

@testable import App

/// Contacts are found by those who may see something of them, and by nobody else (R1.1, R1.7).
@Suite struct ContactSightTests {
    private static let people = ["agent", "colleague", "handler", "leader", "plumber", "admin"]

    /// Of every mixture that there is: answered at once or with a case, open or confidential, of either unit, registered by
    /// either side, and several in one contact.
    private func fill(_ api: Api) async throws -> [String] {
        let (roads, water) = (api.torg.text("Roads"), api.torg.text("Water"))
        let (care, light) = (api.torg.text("Care"), api.torg.text("Street light"))
        let parts: [[String: Any]] = [
            ["answered": true], ["answered": true, "category": light], ["answered": true, "category": care],
            ["unit": roads], ["unit": water], ["category": care], ["unit": roads, "confidential": true],
        ]
        let mixtures = parts.map { [$0] } + parts.flatMap { one in parts.map { [one, $0] } }
        var ids: [String] = []
        _ = try await SecondPersonScene.add("colleague", to: api.torg, role: "agent", units: ["Roads"])
        for (index, mixture) in mixtures.enumerated() {
            let questions = mixture.map { $0.merging(["text": "Zebra \(index)"]) { own, _ in own } }
            let body: [String: Any] = [
                "channel": "telephone", "person": ["name": "Kim"], "questions": questions,
            ]
            try await api.become(index.isMultiple(of: 3) ? "colleague" : "agent")
            let sent = try await api.post("/contacts", body)
            #expect(sent.status == 201, "\(sent.body)")
            ids.append(sent.json["id"] as? String ?? "")
        }
        return ids
    }

    private func all(_ api: Api, _ query: String) async throws -> [String] {
        var (ids, cursor): ([String], String?) = ([], nil)
        repeat {
            let page = try await api.get("/contacts?limit=7\(query)" + (cursor.map { "&cursor=" + $0 } ?? ""))
            #expect(page.status == 200, "\(page.body)")
            ids += page.items.compactMap { $0["id"] as? String }
            cursor = page.next
        } while cursor != nil
        return ids
    }

    @Test func whatIsFoundIsShownAndWhatIsShownIsListed() async throws {
        let api = try await Api()
        let ids = try await fill(api)
        var seen: [String: Set<String>] = [:]
        for login in Self.people {
            try await api.become(login)
            try await api.client.logIn(as: login)
            let listed = try await all(api, "")
            #expect(Set(listed).count == listed.count, "\(login): none comes twice")
            let found = try await all(api, "&text=zebra")
            #expect(Set(found).isSubset(of: listed), "\(login) finds what is not theirs to see")
            for id in ids {
                let page = try await api.client.get("/sandvik/contacts/\(id)").status
                let call = try await api.get("/contacts/\(id)")
                #expect((page, call.status) == (listed.contains(id) ? (200, 200) : (404, 404)), "\(login) \(id)")
                if call.status == 200 {
                    let questions = call.json["questions"] as? [Any] ?? []
                    let kept = call.json["kept_cases"] as? [Any] ?? []
                    #expect(!questions.isEmpty || !kept.isEmpty, "\(login) sees an empty contact")
                }
            }
            seen[login] = Set(listed)
        }
        // By what they are; and somebody sees each.
        #expect(seen["agent"]?.count ?? 0 > seen["handler"]?.count ?? 0)
        #expect(seen["handler"] != seen["plumber"])
        #expect(seen.values.reduce(into: Set<String>()) { $0.formUnion($1) } == Set(ids))
        await api.close()
    }

    /// The condition of every query and the answer about one contact come to the same.
    @Test func theConditionSaysTheSameAsTheRule() async throws {
        let api = try await Api()
        _ = try await fill(api)
        for login in Self.people {
            try await api.torg.installation.read(
                api.torg.sandvik,
                as: { _, directory, _ in
                    .user(try #require(directory.people.values.first { $0.user.login == login }?.user))
                }
            ) { op in
                let user = try op.user
                let ids: [ID<Contact>] = try op.tx.rows("SELECT id FROM contacts WHERE municipality = \(op.tenant)")
                    .map { try $0["id"] }
                let inScope = Set(try op.contacts.load(ids, in: try ContactScope(in: op)).map(\.id))
                let answered = AnsweredSight(of: user, in: op.directory)
                for contact in try op.contacts.load(ids) {
                    let cases = try op.cases.load(Set(contact.cases), in: op.scope)
                    let all = try op.cases.load(Set(contact.cases), in: .everything).values
                    let isOpen =
                        !all.contains(where: \.isConfidential)
                        && !contact.questions.contains { question in
                            question.caseID == nil && op.directory.category(question.category)?.isConfidential == true
                        }
                    let isSeen =
                        contact.registeredBy == user.id || !cases.isEmpty
                        || contact.questions.contains { question in
                            let category = op.directory.category(question.category)
                            guard question.caseID == nil, answered.has(question) else { return false }
                            return isOpen || category?.isConfidential == true
                        }
                    #expect(inScope.contains(contact.id) == isSeen, "\(login) \(contact.id)")
                }
            }
        }
        await api.close()
    }

    /// Of a contact with a confidential part, others find nothing: not by a name, not by what else was asked.
    @Test func whoItWasIsTheUnitsToKnowWhateverElseTheyAsked() async throws {
        let api = try await Api()
        let sent = try await api.post(
            "/contacts",
            [
                "channel": "telephone", "person": ["name": "Kjellaug", "phone": "90012345"],
                "questions": [
                    ["text": "Biblioteket?", "answered": true],
                    ["text": "Zebrafisken", "category": api.torg.text("Care")],
                ],
            ])
        let id = try #require(sent.json["id"] as? String)
        for words in ["kjellaug", "90012345", "biblioteket", "zebrafisken"] {
            try await api.become("agent")
            #expect(try await all(api, "&text=\(words)") == [], "\(words)")
            try await api.become("plumber")
            #expect(try await all(api, "&text=\(words)") == [id], "\(words)")
        }
        // Nor by its address, or in the list, although the library is nobody's secret.
        _ = try await SecondPersonScene.add("colleague", to: api.torg, role: "agent", units: ["Roads"])
        try await api.become("colleague")
        #expect(try await api.get("/contacts/\(id)").status == 404)
        #expect(try await all(api, "") == [])
        // Who registered it sees that there was such a contact, and no more.
        try await api.become("agent")
        let own = try await api.get("/contacts/\(id)")
        #expect((own.json["questions"] as? [[String: Any]])?.map { $0["text"] as? String } == ["Biblioteket?"])
        #expect((own.json["kept_cases"] as? [String])?.count == 1)
        #expect(!own.body.contains("Kjellaug") && !own.body.contains("90012345") && !own.body.contains("Zebra"))
        await api.close()
    }
}
