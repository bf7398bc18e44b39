import Domain
import Foundation
import Support
import Testing

@testable import App

/// `GET /cases` and the other lists.
@Suite struct CaseListApiTests {
    @Test func pagesHoldEverythingOnceAlthoughMoreComesIn() async throws {
        let api = try await Api()
        var registered: Set<String> = []
        for _ in 0..<25 { registered.insert(String(try await api.newCase().dropFirst("/cases/".count))) }
        for query in ["", "&state=new", "&due_before=2027-01-01", "&text=street"] {
            var seen: [String] = []
            var cursor: String?
            repeat {
                let page = try await api.get("/cases?limit=7\(query)" + (cursor.map { "&cursor=\($0)" } ?? ""))
                #expect(page.status == 200)
                seen += page.numbers
                cursor = page.next
                // Comes before the first page, or after the last.
                if seen.count == 7 { _ = try await api.newCase() }
            } while cursor != nil
            #expect(Set(seen).count == seen.count, "\(query): something twice")
            #expect(registered.isSubset(of: seen), "\(query): something left out")
        }
        await api.close()
    }

    @Test func openCasesComeByUrgencyTheRestByAge() async throws {
        let api = try await Api()
        let first = try await api.newCase()
        let second = try await api.newCase([:], ["at": "2026-07-01T08:00:00Z"])
        let third = try await api.newCase(["acute": true])
        let numbers = [first, second, third].map { String($0.dropFirst("/cases/".count)) }
        #expect(try await api.get("/cases?state=new").numbers == [numbers[2], numbers[1], numbers[0]])
        #expect(try await api.get("/cases").numbers == numbers.reversed())
        await api.close()
    }

    @Test func filtersFilter() async throws {
        let api = try await Api()
        let light = try await api.newCase(["category": api.torg.text("Street light"), "text": "Lamp out"])
        let leak = try await api.newCase(["category": api.torg.text("Water leak"), "text": "Pipe out"])
        _ = try await api.post(light + "/acknowledgement")
        let done = try await api.newCase(["text": "Nothing to do"])
        _ = try await api.post(done + "/closure", ["answer": "No", "outcome": "no_action", "reason": "Not ours"])
        func paths(_ query: String) async throws -> [String] {
            try await api.get("/cases?" + query).numbers.map { "/cases/" + $0 }
        }
        #expect(try await paths("state=underway") == [light])
        #expect(try await paths("state=closed") == [done])
        #expect(try await paths("unit=\(api.torg.text("Water"))") == [leak])
        #expect(try await paths("handler=\(api.torg.text("agent"))&state=underway") == [light])
        #expect(try await paths("category=\(api.torg.text("Water leak"))") == [leak])
        #expect(try await paths("text=out") == [leak, light])
        #expect(try await paths("text=pipe&category=\(api.torg.text("Street light"))") == [])
        #expect(try await paths("due_before=2026-07-20") == [])
        #expect(try await paths("due_before=2026-08-01").sorted() == [light, leak].sorted())
        #expect(try await paths("due_before=2026-08-01&state=closed") == [])
        #expect(try await paths("text=%21%21") == [])
        let number = light.dropFirst("/cases/".count)
        #expect(try await paths("text=\(number)") == [light])
        await api.close()
    }

    @Test func aLineHasEveryFieldNullOrNot() async throws {
        let api = try await Api()
        let path = try await api.newCase()
        let line = try #require(try await api.get("/cases").items.first)
        let promised = [
            "number", "title", "state", "category", "unit", "handler", "created_at", "next_due_at", "next_due_kind",
        ]
        for field in promised { #expect(line[field] != nil, "\(field)") }
        #expect(line["category"] is NSNull)
        let whole = try await api.get(path).json
        for field in promised + ["receiver", "contacts", "measures", "clocks"] {
            #expect(whole[field] != nil, "\(field)")
        }
        await api.close()
    }

    @Test(arguments: [
        ("limit=0", "limit out_of_range"), ("limit=201", "limit out_of_range"), ("limit=x", "limit invalid_number"),
        ("limit=", "limit required"), ("limit=1.5", "limit invalid_number"), ("cursor=x", "cursor unknown"),
        ("cursor=1.99999999999999999999", "cursor unknown"), ("cursor=%2B0.0", "cursor unknown"),
        ("state=open", "state unknown"),
        ("unit=x", "unit unknown"),
        ("unit=", "unit required"), ("due_before=soon", "due_before invalid_date"),
        ("text=%00", "text invalid_character"),
    ])
    func wrongParametersAreNamed(query: String, fault: String) async throws {
        let api = try await Api()
        let answer = try await api.get("/cases?" + query)
        #expect((answer.status, answer.faults) == (422, [fault]))
        await api.close()
    }

    @Test func eventsComeInPagesOldestFirst() async throws {
        let api = try await Api()
        let path = try await api.newCase()
        for note in 1...4 { _ = try await api.post(path + "/notes", ["note": "\(note)"]) }
        let first = try await api.get(path + "/events?limit=3")
        let rest = try await api.get(path + "/events?limit=3&cursor=\(first.next ?? "")")
        let notes = (first.items + rest.items).map { ($0["data"] as? [String: Any])?["note"] as? String }
        #expect(notes == [nil, "1", "2", "3", "4"])
        #expect(first.items.first?["by"] as? String == "Agent")
        #expect(first.items.first?["user"] as? String == api.torg.text("agent"))
        #expect(rest.next == nil)
        await api.close()
    }

    @Test func theDirectoryTellsWhatAFormNeedsAndNoMore() async throws {
        let api = try await Api()
        let people = try await api.get("/people").items
        #expect(people.compactMap { $0["name"] as? String } == ["Agent", "Handler", "Leader", "Plumber"])
        for person in people { #expect(Set(person.keys) == ["id", "name", "units"]) }
        let first = try await api.get("/people?limit=3")
        #expect(first.items.count == 3)
        #expect(try await api.get("/people?limit=3&cursor=\(first.next ?? "")").items.count == 1)
        let light = try await api.get("/categories").items.first { $0["name"] as? String == "Street light" }
        #expect(light?["unit"] as? String == api.torg.text("Roads"))
        #expect(try await api.get("/units").items.count == 3)
        #expect(try await api.get("/templates").items.isEmpty)
        await api.close()
    }
}
