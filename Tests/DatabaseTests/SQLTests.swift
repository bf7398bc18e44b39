import Database
import Testing

@Suite struct SQLTests {
    private enum Colour: String, SQLConvertible { case red, blue }

    @Test func valuesAreBoundAndNeverText() {
        let name = "x'; DROP TABLE cases; --"
        let sql: SQL = "SELECT * FROM cases WHERE name = \(name) AND state = \(3) AND text = 'why?'"
        #expect(sql.text(for: .sqlite) == "SELECT * FROM cases WHERE name = ? AND state = ? AND text = 'why?'")
        #expect(sql.text(for: .postgres) == "SELECT * FROM cases WHERE name = $1 AND state = $2 AND text = 'why?'")
    }

    @Test func piecesAreSetInWithTheirValues() {
        let scope: SQL = "a = \(1) AND b IN \(list: ["x", "y"])"
        let sql = "SELECT 1 WHERE c = \(2) AND (\(scope)) AND d IN \(list: [Int]()) ORDER BY \(raw: "e")" as SQL
        #expect(
            sql.text(for: .postgres)
                == "SELECT 1 WHERE c = $1 AND (a = $2 AND b IN ($3, $4)) AND d IN (NULL) ORDER BY e")
        let joined = SQL.joined(["a = \(1)", "b = \(2)"], separator: " AND ") + " LIMIT \(5)"
        #expect(joined.text(for: .postgres) == "a = $1 AND b = $2 LIMIT $3")
    }

    /// Filled up, so that few statements do for all lengths.
    @Test func longListsHaveFewLengths() {
        func marks(_ count: Int) -> Int {
            ("\(list: Array(0..<count))" as SQL).text(for: .sqlite).count { $0 == "?" }
        }
        #expect([1, 8, 9, 16, 17, 51, 64, 65, 100].map(marks) == [1, 8, 16, 16, 32, 64, 64, 65, 100])
    }

    @Test(arguments: Engine.allCases) func aFilledListMeansTheSame(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            try await database.execute("CREATE TABLE v (n INTEGER)")
            let (within, outside) = try await database.write(tenant: nil) { transaction -> (Int?, Int?) in
                for number in 1...20 { try transaction.run("INSERT INTO v VALUES (\(number))") }
                let ten = Array(1...10)
                return (
                    try transaction.value("SELECT count(*) FROM v WHERE n IN \(list: ten)"),
                    try transaction.value("SELECT count(*) FROM v WHERE n NOT IN \(list: ten)")
                )
            }
            #expect(within == 10 && outside == 10)
        }
    }

    @Test func municipalitiesAreCollected() {
        let sql: SQL = "\(tenant: 7) \("x \(tenant: 8)" as SQL)"
        #expect(sql.tenants == [7, 8])
        #expect(("a = \(7)" as SQL).tenants.isEmpty)
    }

    @Test(arguments: Engine.allCases) func valuesComeBackAsTheyWere(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            let blob = database.dialect.blob
            let real = database.dialect.real
            let integer = database.dialect.integer
            try await database.execute("CREATE TABLE v (i \(integer), r \(real), t TEXT, b \(blob), flag INTEGER)")
            let row = try await database.write(tenant: nil) { transaction in
                let nothing: String? = nil
                try transaction.run(
                    """
                    INSERT INTO v (i, r, t, b, flag) VALUES (\(Int64.min), \(0.1), \("åäö 🦆 '\\"), \([0, 255, 39] as [UInt8]), \(true)),
                        (\(nothing), \(nothing), \(Colour.blue), \([] as [UInt8]), \(false))
                    """)
                return try transaction.rows("SELECT i, r, t, b, flag FROM v ORDER BY flag DESC")
            }
            #expect(try row[0]["i"] == Int64.min)
            #expect(try row[0]["r"] == 0.1)
            #expect(try row[0]["t"] == "åäö 🦆 '\\")
            #expect(try row[0]["b"] == [0, 255, 39] as [UInt8])
            #expect(try row[0]["flag"] == true)
            #expect(try row[1]["i"] == nil as Int?)
            #expect(try row[1]["t"] == Colour.blue)
            #expect(try row[1]["b"] == [] as [UInt8])
            #expect(throws: DatabaseError.self) { let _: Int = try row[1]["i"] }
            #expect(throws: DatabaseError.self) { let _: Int = try row[0]["t"] }
            #expect(throws: DatabaseError.self) { let _: Int = try row[0]["missing"] }
            #expect(throws: DatabaseError.self) { let _: Colour = try row[0]["t"] }
        }
    }

    @Test(arguments: Engine.allCases) func aNULInTextIsRefused(_ engine: Engine) async throws {
        try await engine.withDatabase { database in
            await #expect(throws: DatabaseError.malformed("a text holds a NUL character")) {
                try await database.read(tenant: nil) { try $0.rows("SELECT CAST(\("a\0b") AS TEXT)") }
            }
        }
    }
}
