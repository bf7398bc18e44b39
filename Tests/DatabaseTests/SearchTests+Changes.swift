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
            try await database.write(tenant: 1) { try SearchIndex.remove(.matter, id: 1, tenant: 1, in: $0) }
            try await database.write(tenant: 1) { try SearchIndex.remove(.matter, id: 1, tenant: 1, in: $0) }
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
                    try SearchIndex.put(
                        .matter, id: id, tenant: 1, FoundBy("lampa"), language: .swedish, in: transaction)
                    try? transaction.savepoint {
                        try SearchIndex.put(
                            .matter, id: id, tenant: 1, FoundBy("lampa sten"), language: .swedish, in: transaction)
                        throw Refused()
                    }
                    if id.isMultiple(of: 2) { throw Refused() }
                    try transaction.savepoint {
                        try SearchIndex.put(
                            .matter, id: id, tenant: 1, FoundBy("lampa bänk"), language: .swedish, in: transaction)
                    }
                }
            }
            #expect(try await Self.find("lampa", in: database) == [9, 7, 5, 3, 1])
            #expect(try await Self.find("bänk", in: database) == [9, 7, 5, 3, 1])
            #expect(try await Self.find("sten", in: database).isEmpty)
            try await Self.checkIndex(engine, of: database)
        }
    }

    /// Two kinds of things may have one id, and what becomes of one is nothing to the other.
    @Test(arguments: Engine.allCases) func eachKindIsFoundByItself(_ engine: Engine) async throws {
        try await Self.withIndex(engine) { database in
            try await Self.add(1, "lampa", as: .matter, to: database)
            try await Self.add(1, "bänk", as: .contact, to: database)
            try await Self.add(2, "lampa", as: .contact, to: database)
            #expect(try await Self.find("lampa", of: .matter, in: database) == [1])
            #expect(try await Self.find("lampa", of: .contact, in: database) == [2])
            #expect(try await Self.find("bänk", of: .matter, in: database).isEmpty)
            #expect(try await Self.find("bänk", of: .contact, in: database) == [1])
            try await database.write(tenant: 1) { try SearchIndex.remove(.contact, id: 1, tenant: 1, in: $0) }
            #expect(try await Self.find("bänk", of: .contact, in: database).isEmpty)
            #expect(try await Self.find("lampa", of: .matter, in: database) == [1])
            try await Self.checkIndex(engine, of: database)
        }
    }

    /// The newest 5,000 rows are looked through before PostgreSQL asks its index: those of the kind, however many there
    /// are of another.
    @Test(arguments: Engine.allCases) func aFewAreFoundAmongManyOfAnotherKind(_ engine: Engine) async throws {
        try await Self.withIndex(engine) { database in
            for id in Int64(1)...3 { try await Self.add(id, "lampa", as: .contact, to: database) }
            try await database.write(tenant: 1) { transaction in
                for id in Int64(10)...6010 {
                    try SearchIndex.put(
                        .matter, id: id, tenant: 1, FoundBy("lampa"), language: .swedish, in: transaction)
                }
            }
            #expect(try await Self.find("lampa", limit: 2, of: .contact, in: database) == [3, 2])
            #expect(try await Self.find("lampa", before: 2, limit: 2, of: .contact, in: database) == [1])
        }
    }

    @Test(arguments: Engine.allCases) func itTellsWhetherItHoldsWhatItShould(_ engine: Engine) async throws {
        try await Self.withIndex(engine) { database in
            try await Self.add(1, "Trasig lampa", numbers: ["4790012345"], reader: 7, to: database)
            func holds(_ found: FoundBy, id: Int64 = 1, of kind: SearchKind = .matter) async throws -> Bool {
                try await database.read(tenant: 1) {
                    try SearchIndex.holds(kind, id: id, tenant: 1, found, language: .swedish, in: $0)
                }
            }
            #expect(try await holds(FoundBy("Trasiga lampor", numbers: ["4790012345"], reader: 7)))
            #expect(try await !holds(FoundBy("Trasig lampa", numbers: ["4790012345"], reader: 8)))
            #expect(try await !holds(FoundBy("Trasig lampa", numbers: ["4790012345"])))
            #expect(try await !holds(FoundBy("Trasig bänk", numbers: ["4790012345"], reader: 7)))
            #expect(try await !holds(FoundBy("Trasig lampa", reader: 7)))
            #expect(try await !holds(FoundBy("Trasig lampa", numbers: ["4790012345"], reader: 7), id: 2))
            #expect(try await !holds(FoundBy("Trasig lampa", numbers: ["4790012345"], reader: 7), of: .contact))
        }
    }
}
