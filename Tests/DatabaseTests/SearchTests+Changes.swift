@testable import Database
import Testing

/// What is changed, removed or undone is found as it is then.
extension SearchTests {
    @Test(arguments: Engine.allCases) func whatIsRemovedOrChangedIsForgotten(_ engine: Engine) async throws {
        try await Self.withIndex(engine) { database in
            try await Self.add(1, "lampa", to: database)
            try await Self.add(1, "bänk", to: database)
            #expect(try await Self.find("lampa", in: database).isEmpty)
            #expect(try await Self.find("bänk", in: database) == [1])
            try await database.write(tenant: 1) { try SearchIndex.remove(id: 1, tenant: 1, in: $0) }
            try await database.write(tenant: 1) { try SearchIndex.remove(id: 1, tenant: 1, in: $0) }
            #expect(try await Self.find("bänk", in: database).isEmpty)
            try await Self.checkIndex(engine, of: database)
            let left: Int? = try await database.read(tenant: nil) { try $0.value("SELECT count(*) FROM search_texts") }
            #expect(left == 0)
        }
    }

    @Test(arguments: Engine.allCases) func whatIsUndoneIsNotFound(_ engine: Engine) async throws {
        struct Refused: Error {}
        try await Self.withIndex(engine) { database in
            // Writers who share a transaction, of whom every other fails after its words were put.
            _ = try await database.group(of: 10) { number in
                let id = Int64(number) + 1
                try await database.write(tenant: 1) { transaction in
                    try transaction.run("INSERT INTO cases VALUES (\(tenant: 1), \(id), 0)")
                    try SearchIndex.put(id: id, tenant: 1, FoundBy("lampa"), language: .swedish, in: transaction)
                    try? transaction.savepoint {
                        try SearchIndex.put(
                            id: id, tenant: 1, FoundBy("lampa sten"), language: .swedish, in: transaction)
                        throw Refused()
                    }
                    if id.isMultiple(of: 2) { throw Refused() }
                    try transaction.savepoint {
                        try SearchIndex.put(
                            id: id, tenant: 1, FoundBy("lampa bänk"), language: .swedish, in: transaction)
                    }
                }
            }
            #expect(try await Self.find("lampa", in: database) == [9, 7, 5, 3, 1])
            #expect(try await Self.find("bänk", in: database) == [9, 7, 5, 3, 1])
            #expect(try await Self.find("sten", in: database).isEmpty)
            try await Self.checkIndex(engine, of: database)
        }
    }
}
