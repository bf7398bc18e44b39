import CArgon2
import Foundation

/// Hashes and verifies passwords with Argon2id (RFC 9106) through libargon2.
///
/// One call costs about 20 ms of processor time and `cost.memory` KiB of memory, on purpose: call it off the event
/// loop and bound how many run at once.
public struct Passwords: Sendable {
    /// What new hashes cost.
    public let cost: PasswordCost
    /// A hash that no password fits, of the same cost as a real one.
    private let decoy: String

    /// - Throws: ``PasswordError/cost`` when libargon2 does not accept the cost.
    public init(cost: PasswordCost = .owasp) throws(PasswordError) {
        self.cost = cost
        let unguessable = (0..<4).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
        decoy = try Self.encode(unguessable, cost: cost)
    }

    /// The encoded hash (`$argon2id$v=19$m=…,t=…,p=…$salt$hash`), about 100 ASCII characters, with a new random salt.
    ///
    /// Any length and any character, NUL too, counts. The text is brought to Unicode's form NFC first (RFC 8265), so
    /// that å from a keyboard that sends a and a ring is the same å.
    public func hash(_ password: String) throws(PasswordError) -> String {
        try Self.encode(password, cost: cost)
    }

    /// Whether the password fits the stored hash. Hashes are compared in constant time.
    ///
    /// - Parameter stored: the encoded hash, or nil when nobody has that login: the answer is then false, after the
    ///   same time as for a wrong password, so that nobody can find out by the clock which logins exist.
    ///   A garbled hash is false too, and so is one that asks for far more memory or time than any setting of ours.
    public func verify(_ password: String, against stored: String?) -> Bool {
        let known = stored.flatMap { PasswordCost(ofHash: $0)?.isAffordable == true ? $0 : nil }
        let fits = Self.matches(password, known ?? decoy)
        return fits && known != nil
    }

    /// Whether a hash was made at another cost (or is unreadable), so that the next successful login should store a
    /// new one.
    public func needsRehash(_ stored: String) -> Bool {
        PasswordCost(ofHash: stored) != cost
    }

    private static func matches(_ password: String, _ encoded: String) -> Bool {
        let bytes = Array(password.precomposedStringWithCanonicalMapping.utf8)
        return argon2id_verify(encoded, bytes, bytes.count) == ARGON2_OK.rawValue
    }

    private static func encode(_ password: String, cost: PasswordCost) throws(PasswordError) -> String {
        let bytes = Array(password.precomposedStringWithCanonicalMapping.utf8)
        let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
        let hashLength = 32
        let length = argon2_encodedlen(
            cost.passes, cost.memory, cost.lanes, UInt32(salt.count), UInt32(hashLength), Argon2_id)
        var encoded = [CChar](repeating: 0, count: length)
        let result = argon2id_hash_encoded(
            cost.passes, cost.memory, cost.lanes, bytes, bytes.count, salt, salt.count, hashLength, &encoded, length)
        switch argon2_error_codes(result) {
        case ARGON2_OK: return String(decoding: encoded.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        case ARGON2_MEMORY_ALLOCATION_ERROR: throw .memory
        default: throw .cost
        }
    }
}

/// Why a password could not be hashed.
public enum PasswordError: Error, Equatable, Sendable {
    /// libargon2 does not accept the cost.
    case cost
    /// The machine has no memory left for it just now.
    case memory
}
