import Adapters
import Testing

/// Cheap, so that the tests are quick; one test uses the real cost.
private let cheap = PasswordCost(memory: 64, passes: 1, lanes: 1)

@Suite struct PasswordsTests {
    let passwords: Passwords

    init() throws { passwords = try Passwords(cost: cheap) }

    @Test func fitsItselfOnly() throws {
        let hash = try passwords.hash("torg-demo")
        #expect(passwords.verify("torg-demo", against: hash))
        #expect(!passwords.verify("torg-demO", against: hash))
        #expect(!passwords.verify("", against: hash))
        #expect(!hash.contains("torg-demo"))
    }

    @Test func isArgon2idAtOWASPCost() throws {
        let usual = try Passwords()
        let hash = try usual.hash("å")
        #expect(hash.hasPrefix("$argon2id$v=19$m=19456,t=2,p=1$"))
        #expect(usual.verify("å", against: hash))
        #expect(!usual.needsRehash(hash))
        #expect(passwords.verify("å", against: hash), "the cost is read from the hash")
        #expect(passwords.needsRehash(hash))
    }

    /// A test vector of the reference implementation, so that hashes move between systems.
    @Test func readsHashesMadeElsewhere() {
        let hash = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
        #expect(passwords.verify("password", against: hash))
    }

    @Test func saltsDiffer() throws { #expect(try passwords.hash("same") != passwords.hash("same")) }

    @Test func everyCharacterCounts() throws {
        let long = String(repeating: "lösenord ", count: 100_000)
        let hash = try passwords.hash(long + "a")
        #expect(passwords.verify(long + "a", against: hash))
        #expect(!passwords.verify(long + "b", against: hash))
        let withNUL = try passwords.hash("ab\0cd")
        #expect(passwords.verify("ab\0cd", against: withNUL))
        #expect(!passwords.verify("ab", against: withNUL))
        #expect(!passwords.verify("ab\0ce", against: withNUL))
    }

    @Test func keyboardsMayComposeOrNot() throws {
        #expect(passwords.verify("bla\u{30A}ba\u{308}r", against: try passwords.hash("bl\u{E5}b\u{E4}r")))
    }

    @Test(arguments: [
        "", "$", "x", "$argon2id$", "$argon2id$v=19$m=64,t=1,p=1$$", "$argon2id$v=19$m=64,t=1,p=1$c2FsdA",
        "$argon2i$v=19$m=64,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=0,t=0,p=0$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=4294967295,t=4294967295,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA",
        "$argon2id$v=19$m=99999999999,t=1,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAAAAAAAA", "å\0ä",
        "$2b$12$abcdefghijklmnopqrstuv",
    ])
    func garbledHashFitsNothing(_ garbled: String) {
        #expect(!passwords.verify("", against: garbled))
        #expect(!passwords.verify("password", against: garbled))
        #expect(passwords.needsRehash(garbled))
    }

    @Test func truncatedOrLengthenedHashFitsNothing() throws {
        let hash = try passwords.hash("torg-demo")
        for count in 0..<hash.count { #expect(!passwords.verify("torg-demo", against: String(hash.prefix(count)))) }
        #expect(!passwords.verify("torg-demo", against: hash + "\0"))
        #expect(!passwords.verify("torg-demo", against: hash + "A"))
    }

    /// Not a timed test of a machine but a ratio: a skipped hash would be thousands of times quicker.
    @Test func unknownLoginTakesAsLongAsAKnownOne() throws {
        let usual = try Passwords()
        let hash = try usual.hash("torg-demo")
        let clock = ContinuousClock()
        let known = (0..<3).map { _ in clock.measure { _ = usual.verify("wrong", against: hash) } }.min() ?? .zero
        let unknown =
            (0..<3).map { _ in clock.measure { #expect(!usual.verify("wrong", against: nil)) } }.min() ?? .zero
        #expect(unknown * 4 > known)
        #expect(unknown < known * 4)
    }

    @Test func impossibleCostIsAnError() {
        #expect(throws: PasswordError.cost) { try Passwords(cost: PasswordCost(memory: 1, passes: 0, lanes: 0)) }
    }
}
