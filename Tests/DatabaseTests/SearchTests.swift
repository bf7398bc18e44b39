@testable import Database
import Testing

@Suite struct SearchTests {
    static func withIndex(_ engine: Engine, _ body: (Database) async throws -> Void) async throws {
        try await engine.withDatabase { database in
            try await database.migrate([
                Migration(number: 1, name: "search") { dialect in
                    SearchKind.allCases.flatMap { SearchIndex.migrationStatements(dialect, of: $0) }
                },
                Migration(number: 2, name: "cases") { _ in
                    [
                        """
                        CREATE TABLE cases (municipality BIGINT NOT NULL, id BIGINT NOT NULL, hidden INTEGER NOT NULL,
                            PRIMARY KEY (municipality, id))
                        """
                    ]
                },
            ])
            try await body(database)
        }
    }

    static func add(
        _ id: Int64, _ text: String, tenant: Int64 = 1, language: SearchLanguage = .swedish, hidden: Bool = false,
        numbers: [String] = [], reader: Int64? = nil, as kind: SearchKind = .matter, to database: Database
    ) async throws {
        try await database.write(tenant: tenant) { transaction in
            try transaction.run("INSERT INTO cases VALUES (\(tenant: tenant), \(id), \(hidden)) ON CONFLICT DO NOTHING")
            try SearchIndex.put(
                kind, id: id, tenant: tenant, FoundBy(text, numbers: numbers, reader: reader), language: language,
                in: transaction)
        }
    }

    /// Throws when SQLite's index and the table that it is of disagree.
    static func checkIndex(_ engine: Engine, of database: Database) async throws {
        guard engine == .sqlite else { return }
        for kind in SearchKind.allCases {
            try await database.execute("INSERT INTO \(kind.index) (\(kind.index), rank) VALUES ('integrity-check', 1)")
        }
    }

    static func find(
        _ words: String, numbers: [String] = [], readers: [Int64] = [], tenant: Int64 = 1, before: Int64? = nil,
        limit: Int = 10, of kind: SearchKind = .matter, in database: Database
    ) async throws -> [Int64] {
        try await database.read(tenant: tenant) { transaction in
            try SearchIndex.find(
                kind, [SoughtWords(words, numbers: numbers)], tenant: tenant, readers: readers, before: before,
                limit: limit,
                select: "c.id", from: "cases c", id: "c.id",
                scope: "c.municipality = \(tenant: tenant) AND c.hidden = \(false)", in: transaction
            ).map { try $0["id"] }
        }
    }

    /// Words with Nordic letters stand between bars.
    private static func tokens(_ text: String, _ languages: [SearchLanguage] = [.swedish]) -> [String] {
        SearchText.tokens(text, languages: languages).map { $0.isNordic ? "|\($0.text)|" : $0.text }
    }

    @Test func wordsAreStemmedAndNordicLettersStay() {
        #expect(Self.tokens("Gatubelysningen, gatorna!") == ["gatubelysning", "gat"])
        #expect(Self.tokens("lån Lan LÅN") == ["|laan|", "lan"])
        #expect(Self.tokens("Ærøs", [.danish]) == Self.tokens("Aeroes", [.danish]).filter { $0.hasPrefix("|") })
        #expect(Self.tokens("street lights", [.english]) == ["street", "light"])
        #expect(Self.tokens("26-10423-7") == ["26-10423-7", "26", "10423", "7"])
        #expect(Self.tokens("26\u{2011}10423–7") == ["26-10423-7", "26", "10423", "7"])
        #expect(Self.tokens("--- -1- !?") == ["1"])
        #expect(SearchText.tokens("", languages: SearchLanguage.all).isEmpty)
        let long = (0..<5000).map { "ord\($0)" }.joined(separator: " ")
        #expect(SearchText.tokens(long, languages: [.swedish]).count == 1000)
        #expect(Self.tokens(String(repeating: "x", count: 5000), [])[0].count == 40)
        #expect(Self.tokens(String(repeating: "å", count: 5000), [])[0].count == 42)
    }

    @Test func aWordIsTheSameHoweverItIsTyped() {
        let ways = [
            ["Müller", "Muller", "MU\u{308}LLER", "mu\u{AD}ller", "mul\u{200B}ler", "\u{202A}muller\u{202C}"],
            ["café", "cafe", "cafe\u{301}", "CAFÉ"], ["Ågade", "A\u{30A}gade", "ÅGADE", "å\u{AD}gade"],
            ["straße", "strasse"], ["Łódź", "lodz"], ["ǿst", "øst", "ØST"], ["naïve", "naive"],
            ["Ελλάς", "ΕΛΛΑΣ".lowercased()],
        ]
        for words in ways.dropLast() {
            for word in words { #expect(Self.tokens(word, []) == Self.tokens(words[0], []), "\(word)") }
        }
    }

    /// Each pair finds each other, or neither finds the other.
    @Test(arguments: Engine.allCases) func nordicLettersFindWhatStandsForThem(_ engine: Engine) async throws {
        let alike = [
            ("Ågade", "Aagade"), ("Østergård", "Oestergaard"), ("Öster", "Øster"), ("Ängen", "Ængen"),
            ("Håkon", "Haakon"),
            ("Müller", "Muller"), ("Ærø", "Aeroe"), ("Bjørn", "Bjoern"), ("Åsa", "Aasa"), ("Särö", "Særø"),
            ("Réne", "Rene"),
            ("skjemaet", "skjema"), ("kontoen", "konto"), ("Sandön", "Sandö"), ("søen", "soeen"),
        ]
        let different = [
            ("odegard", "Ødegård"), ("lan", "lån"), ("rod", "röd"), ("sko", "skøyte"), ("ga", "gå"), ("har", "hår"),
            ("asen", "åsen"),
            ("for", "før"), ("bar", "bär"),
        ]
        for language in [SearchLanguage.swedish, .norwegian, .danish] {
            try await Self.withIndex(engine) { database in
                for (index, pair) in (alike + different).enumerated() {
                    try await Self.add(Int64(2 * index + 1), pair.0, language: language, to: database)
                    try await Self.add(Int64(2 * index + 2), pair.1, language: language, to: database)
                }
                for (index, pair) in (alike + different).enumerated() {
                    let (one, other) = (Int64(2 * index + 1), Int64(2 * index + 2))
                    let byOne = try await Self.find(pair.0, in: database)
                    let byOther = try await Self.find(pair.1, in: database)
                    #expect(byOne.contains(one) && byOther.contains(other), "\(pair)")
                    if index < alike.count {
                        // A longer form finds the shorter by its stem only.
                        #expect(byOther.contains(one), "\(language.code) \(pair)")
                        if pair.0.count <= pair.1.count { #expect(byOne.contains(other), "\(language.code) \(pair)") }
                    } else {
                        #expect(!byOne.contains(other) && !byOther.contains(one), "\(language.code) \(pair)")
                    }
                }
            }
        }
    }

    @Test(arguments: Engine.allCases) func numbersAreFoundWholeAndByTheirBeginning(_ engine: Engine) async throws {
        try await Self.withIndex(engine) { database in
            try await Self.add(1, "T.E. ringte", numbers: ["4790012345", "90012345"], to: database)
            #expect(try await Self.find("", numbers: ["4790012345"], in: database) == [1])
            #expect(try await Self.find("90012", in: database) == [1])
            #expect(try await Self.find("", numbers: ["4790012346"], in: database).isEmpty)
            #expect(try await Self.find("ringte", numbers: ["4790012345"], in: database) == [1])
            #expect(try await Self.find("T.E.", in: database) == [1])
        }
    }

    /// Whoever may not read a row gets none of its entries from the index, so that what the scope would hide costs no time:
    /// the scope here hides nothing.
    @Test(arguments: Engine.allCases) func whatIsForReadersIsNotEvenPassedOver(_ engine: Engine) async throws {
        try await Self.withIndex(engine) { database in
            try await Self.add(1, "Lampa på Ågatan 26-10423-4", numbers: ["4790012345"], reader: 7, to: database)
            try await Self.add(2, "lampa", reader: 77, to: database)
            try await Self.add(3, "lampa", to: database)
            for words in ["lampa", "lamp", "la", "ågatan", "aag", "26-10423-4", "10423", "26-1"] {
                #expect(try await Self.find(words, in: database).filter { $0 != 3 } == [], "\(words)")
                #expect(try await Self.find(words, readers: [8, 9], in: database).filter { $0 != 3 } == [], "\(words)")
                #expect(try await Self.find(words, readers: [7, 8], in: database).contains(1), "\(words)")
            }
            #expect(try await Self.find("", numbers: ["4790012345"], in: database).isEmpty)
            #expect(try await Self.find("", numbers: ["4790012345"], readers: [7], in: database) == [1])
            #expect(try await Self.find("lampa", readers: [7, 77], in: database) == [3, 2, 1])
            // It becomes everybody's, and then another unit's.
            try await Self.add(1, "lampa", to: database)
            #expect(try await Self.find("lampa", in: database) == [3, 1])
            try await Self.add(1, "lampa", reader: 8, to: database)
            #expect(try await Self.find("lampa", in: database) == [3])
            #expect(try await Self.find("lampa", readers: [7], in: database) == [3])
            #expect(try await Self.find("lampa", readers: [8], in: database) == [3, 1])
            try await Self.checkIndex(engine, of: database)
        }
    }

    @Test(arguments: Engine.allCases) func inflectionsAndBeginningsAreFound(_ engine: Engine) async throws {
        try await Self.withIndex(engine) { database in
            try await Self.add(1, "Trasig gatubelysning på Storgatan", to: database)
            try await Self.add(2, "Gatlysene på Åsveien er ødelagt", language: .norwegian, to: database)
            try await Self.add(3, "Cyklerne på stien ved søen", language: .danish, to: database)
            try await Self.add(4, "Holes in the streets, case 26-10423-7", language: .english, to: database)
            #expect(try await Self.find("gatubelysningar", in: database) == [1])
            #expect(try await Self.find("GATUBELYSNINGEN trasiga", in: database) == [1])
            #expect(try await Self.find("trasig storg", in: database) == [1])
            #expect(try await Self.find("trasig st", in: database) == [1])
            #expect(try await Self.find("storg trasig", in: database).isEmpty)
            #expect(try await Self.find("gatlys", in: database) == [2])
            #expect(try await Self.find("asveien", in: database).isEmpty)
            #expect(try await Self.find("sø", in: database) == [3])
            #expect(try await Self.find("hole street", in: database) == [4])
            for part in ["26-10423-7", "26-104", "10423", "26-10423 hole", "holes 26-10423-7"] {
                #expect(try await Self.find(part, in: database) == [4], "\(part)")
            }
            #expect(try await Self.find("på", in: database) == [3, 2, 1])
        }
    }

    @Test(arguments: Engine.allCases) func whatIsTypedIsNeverAnOperator(_ engine: Engine) async throws {
        try await Self.withIndex(engine) { database in
            try await Self.add(1, "lampa och bänk", to: database)
            let typed = [
                "lampa\" OR \"x", "lampa*", "lampa ^bänk", "words:lampa", "-lampa", "(lampa", "lampa & | ! <->",
                "'lampa'",
                "lampa:*", "lampa\\", "NEAR(lampa bänk)", "lampa AND", "\u{0}lampa", "{lampa}", "\"", "", "  ", "🦆",
            ]
            for words in typed {
                _ = try await Self.find(words, in: database)
            }
            #expect(try await Self.find("lampa NOT bänk", in: database).isEmpty)
            #expect(try await Self.find("lampa OR sten", in: database).isEmpty)
            #expect(try await Self.find("-lampa", in: database) == [1])
            #expect(try await Self.find("🦆", in: database).isEmpty)
        }
    }

    @Test(arguments: Engine.allCases) func municipalitiesDoNotSeeEachOther(_ engine: Engine) async throws {
        try await Self.withIndex(engine) { database in
            try await Self.add(1, "lampa", tenant: 1, to: database)
            try await Self.add(2, "lampa", tenant: 2, to: database)
            #expect(try await Self.find("lampa", tenant: 1, in: database) == [1])
            #expect(try await Self.find("lampa", tenant: 2, in: database) == [2])
            await #expect(throws: DatabaseError.self) {
                try await database.read(tenant: 1) { transaction in
                    try SearchIndex.find(
                        .matter, [SoughtWords("lampa")], tenant: 1, limit: 10, select: "c.id", from: "cases c",
                        id: "c.id",
                        scope: "1 = 1",
                        in: transaction)
                }
            }
        }
    }

    @Test(arguments: Engine.allCases) func pagesAreFullNewestFirst(_ engine: Engine) async throws {
        try await Self.withIndex(engine) { database in
            for id in Int64(1)...60 {
                try await Self.add(id, "lampa \(id)", hidden: id.isMultiple(of: 2), to: database)
            }
            let first = try await Self.find("lampa", limit: 10, in: database)
            #expect(first == stride(from: 59, to: 40, by: -2).map { Int64($0) })
            let second = try await Self.find("lampa", before: first.last, limit: 10, in: database)
            #expect(second == stride(from: 39, to: 20, by: -2).map { Int64($0) })
            #expect(try await Self.find("lampa 7", limit: 10, in: database) == [7])
        }
    }
}
