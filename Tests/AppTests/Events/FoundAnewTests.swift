import Database
import Domain
import Foundation
@testable import Support
import Testing

@testable import App

/// A case and a contact are found by what stands in them now, whatever was done to them last.
@Suite struct FoundAnewTests {
    private func found(_ api: Api, _ words: String, in list: String = "cases") async throws -> Int {
        try await api.get("/\(list)?text=\(words)").items.count
    }

    private func breaches(_ api: Api) async throws -> [String] {
        let collected = Collected()
        _ = try await api.torg.installation.verify { collected.add($0) }
        return collected.all.map(\.text)
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

    /// Answered at once, so that no case leads to it.
    private func answered(_ api: Api, _ question: [String: Any], person: [String: Any] = [:]) async throws -> String {
        let sent = try await api.contact(["answered": true].merging(question) { $1 }, ["person": person])
        #expect(sent.status == 201, "\(sent.body)")
        return sent.json["id"] as? String ?? ""
    }

    @Test func aContactByTheNameThatWasPutRight() async throws {
        let api = try await Api()
        let id = try await answered(api, ["text": "Opening hours?"], person: ["name": "Kjellaug", "phone": "90012345"])
        #expect(try await found(api, "kjellaug", in: "contacts") == 1)
        try await api.client.logIn(as: "agent")
        let page = "/sandvik/contacts/\(id)"
        let sent = try await api.client.fill(page, to: page + "/person", ["name": ["Torbjørg"], "phone": ["90099999"]])
        #expect(sent.status == 303)
        for (words, count) in [("kjellaug", 0), ("90012345", 0), ("torbjørg", 1), ("90099999", 1)] {
            #expect(try await found(api, words, in: "contacts") == count, "\(words)")
        }
        let lines = try await api.torg.read { op in
            try op.tx.rows(
                "SELECT kind, data, actor FROM events WHERE municipality = \(op.tenant) AND contact_id IS NOT NULL ORDER BY id"
            ).map { "\(try $0["kind"] as String) \(try $0["actor"] as String) \(try $0["data"] as String)" }
        }
        #expect(lines.last == "person_corrected user {}", "nothing of who it was")
        #expect(try await breaches(api) == [])
        await api.close()
    }

    @Test func aCategoryByItsNewName() async throws {
        let api = try await Api()
        let light = api.torg.text("Street light")
        _ = try await api.newCase(["category": light, "text": "Dark"])
        for _ in 1...3 { _ = try await answered(api, ["category": light, "text": "When?"]) }
        _ = try await answered(api, ["text": "Something else"])
        let admin = TestClient(api.torg)
        try await admin.logIn(as: "admin")
        let page = "/sandvik/admin/categories/\(light)"
        #expect(try await admin.fill(page, ["name_nb": ["Lyktestolpe"]]).status == 303)
        // In portions, after the change itself; until then they are found as they were.
        #expect(try await found(api, "lyktestolpe", in: "contacts") == 0)
        #expect(try await Installation.leftByMigrations(in: api.torg.installation.database) == [])
        #expect(try await breaches(api) == [], "what is planned is no breach")
        let done = try await api.torg.installation.rebuild(portion: 2)
        #expect(done == [.searchCases: 1, .searchContacts: 3])
        for list in ["cases", "contacts"] { #expect(try await found(api, "street", in: list) == 0, "\(list)") }
        #expect(try await found(api, "lyktestolpe") == 1)
        #expect(try await found(api, "lyktestolpe", in: "contacts") == 3)
        #expect(try await breaches(api) == [])
        // Saved as it is, it gives nobody work.
        #expect(try await admin.fill(page).status == 303)
        #expect(try await api.torg.installation.rebuild() == [:])
        await api.close()
    }

    /// By words of the language that the municipality writes in now.
    @Test func everythingInAnotherLanguage() async throws {
        let api = try await Api()
        _ = try await answered(api, ["text": "Bibliotekene og gatelysene"])
        _ = try await api.newCase(["text": "Gatelysene er mørke"])
        let admin = TestClient(api.torg)
        try await admin.logIn(as: "admin")
        let names = ["Street light", "Water leak", "Care"]
        for name in names {
            let page = "/sandvik/admin/categories/\(api.torg.text(name))"
            #expect(try await admin.fill(page, ["name_da": [name]]).status == 303)
        }
        #expect(try await admin.fill("/sandvik/admin/municipality", ["language": ["da"]]).status == 303)
        #expect(try await Installation.leftByMigrations(in: api.torg.installation.database) == [])
        _ = try await api.torg.installation.runDueJobs()
        #expect(try await breaches(api) == [])
        await api.close()
    }

    @Test func theScheduleGoesOnWithWhatIsPlanned() async throws {
        let api = try await Api()
        _ = try await answered(api, ["category": api.torg.text("Street light"), "text": "When?"])
        let light: ID<Domain.Category> = api.torg.id("Street light")
        try await api.torg.installation.write(api.torg.sandvik) { try $0.rebuilds.plan(.searchContacts, of: light) }
        let runs = try await api.torg.installation.runDueJobs()
        #expect(runs.first { $0.name == "rebuilds" }?.count == 1)
        #expect(try await api.torg.installation.rebuild() == [:])
        await api.close()
    }

    /// What was answered at once in a category that becomes confidential is found by its unit alone, by the index itself.
    @Test func aContactByItsUnitAloneOnceTheCategoryIsConfidential() async throws {
        let api = try await Api()
        let light = api.torg.text("Street light")
        let id = try await answered(api, ["category": light, "text": "Ekorn?"], person: ["name": "Kim"])
        let admin = TestClient(api.torg)
        try await admin.logIn(as: "admin")
        let page = "/sandvik/admin/categories/\(light)"
        #expect(try await admin.fill(page, ["confidential": ["on"]]).status == 303)
        _ = try await api.torg.installation.rebuild()
        try await api.become("agent")
        #expect(try await found(api, "ekorn", in: "contacts") == 0, "who registered it finds it in the list")
        try await api.become("handler")
        #expect(try await found(api, "ekorn", in: "contacts") == 1)
        #expect(try await api.get("/contacts/\(id)").status == 200)
        try await api.become("plumber")
        #expect(try await found(api, "ekorn", in: "contacts") == 0)
        #expect(try await api.get("/contacts/\(id)").status == 404)
        #expect(try await breaches(api) == [])
        await api.close()
    }

    @Test func aContactByThoseWhoReadItsCase() async throws {
        let api = try await Api()
        let path = try await api.newCase(["unit": api.torg.text("Roads"), "text": "Ekorn på loftet"])
        #expect(try await found(api, "ekorn", in: "contacts") == 1)
        let number = try #require(CaseNumber(text: String(path.dropFirst("/cases/".count))))
        // It becomes confidential by what comes in about it.
        let joined = try await api.contact(["text": "Mer", "case": "\(number)", "confidential": true])
        #expect(joined.status == 201)
        for (login, count) in [("agent", 0), ("handler", 1), ("plumber", 0)] {
            try await api.become(login)
            #expect(try await found(api, "ekorn", in: "contacts") == count, "\(login)")
        }
        #expect(try await breaches(api) == [])
        let water: ID<Domain.Unit> = api.torg.id("Water")
        try await api.torg.installation.write(api.torg.sandvik, as: { _, _, _ in .system }) { op in
            _ = try op.cases.change(number) {
                try $0.passOn(to: water, handler: nil, note: nil, calendar: op.directory.calendar, at: op.now)
            }
        }
        for (login, count) in [("handler", 0), ("plumber", 1)] {
            try await api.become(login)
            #expect(try await found(api, "ekorn", in: "contacts") == count, "\(login)")
        }
        #expect(try await breaches(api) == [])
        await api.close()
    }

    /// Each field of a case, changed by itself: where its text is another one, it is indexed anew. A new field stands here
    /// before it can be forgotten.
    @Test func noFieldOfItsTextChangesUnnoticed() async throws {
        let torg = try await TestTorg()
        let (light, roads): (ID<Domain.Category>, ID<Domain.Unit>) = (torg.id("Street light"), torg.id("Roads"))
        let now = torg.now
        let fields: [String: @Sendable (inout Case) -> Void] = [
            "title": { $0.title = "Bench" }, "category": { $0.category = light }, "unit": { $0.unit = roads },
            "isConfidential": { $0.isConfidential = true }, "place": { $0.place = Place(text: "Kaia", position: nil) },
            "closure": { $0.closure = Closure(answer: "Mended", outcome: .noAction, reason: "already_mended") },
            "deviation": { $0.deviation = "Q-17" }, "handler": { $0.handler = ID(5) },
        ]
        // Of states, times and people, by which nothing is found.
        let others: Set = [
            "id", "number", "createdAt", "contractor", "contractorAskedAt", "state", "stateBefore", "isAcute",
            "mustBeAnswered", "clocksFrom", "passedAt", "acknowledgedAt", "feedbackAt", "settledAt", "untoldSince",
            "parkedUntil", "waitingSince", "askedAt", "pausedWorkingDays", "firstAnswer", "channel", "measuresDue",
            "reminded", "closedAt", "version", "peopleErasure", "wordsErasure",
        ]
        try await torg.read { op in
            let subject = Case(
                id: ID(1), number: CaseNumber(year: 26, sequence: 10_001), createdAt: now, title: "Lamp", category: nil,
                unit: op.municipality.centre)
            let labels = Set(Mirror(reflecting: subject).children.compactMap(\.label))
            #expect(labels == others.union(fields.keys))
            let text = { (subject: Case) in op.cases.searchedText(of: subject, reports: []).found }
            for (field, edit) in fields {
                var changed = subject
                edit(&changed)
                let event = CaseEvent(.unparked, state: nil)
                let change = Change(before: subject, after: changed, events: [.init(id: ID(2), event: event)])
                let isAnother = text(subject).text != text(changed).text || text(subject).reader != text(changed).reader
                #expect(!isAnother || change.isFoundAnew, "\(field)")
            }
        }
        await torg.close()
    }

    /// Who writes what a contact is found by, besides those who register one, has it indexed anew.
    @Test func noFieldOfAContactIsWrittenUnnoticed() throws {
        var writers: [String] = []
        for file in try SourceFile.all() {
            let sets = file.text.matches(of: #/(?s)UPDATE (contacts|questions) SET (.*?)WHERE/#).map { String($0.2) }
            let fields = [" name =", " email =", " phone =", "text =", "answer =", "category_id =", "case_id ="]
            guard sets.contains(where: { set in fields.contains { (" " + set).contains($0) } }) else { continue }
            writers.append(file.name)
            #expect(file.text.contains("recordCorrection("), "\(file.name)")
        }
        #expect(writers == ["CorrectContact.swift"])
    }
}
