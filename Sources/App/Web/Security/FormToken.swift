import Database
import Domain
import Foundation

/// The hidden field `form`: made by us, for this reader, not too long ago, and good for one sending.
/// It stops forged forms (CSRF) and forms that are sent twice.
enum FormToken {
    /// A case may lie open on the screen over lunch; not over night.
    static let lifetime: Int64 = 12 * 3_600_000

    /// - Parameters:
    ///   - reader: the session or visitor the token is bound to.
    ///   - user: who reads the page, where that is a colleague: what they write in the form is theirs, also when the
    ///     session has ended meanwhile.
    static func make(for reader: String, by user: ID<User>? = nil, at now: Instant, secret: Secret) -> String {
        let random = Secret.random(bytes: 12)
        let text = "\(now.milliseconds).\(random)"
        let token = text + "." + secret.signature(of: reader + "." + text, for: "form")
        return user.map { token + "." + author($0, random, secret) } ?? token
    }

    /// Tells who wrote in the form to whoever knows whom to look for, and nothing to anybody else.
    private static func author(_ user: ID<User>, _ random: some StringProtocol, _ secret: Secret) -> String {
        secret.signature(of: "\(user).\(random)", for: "form-author")
    }

    /// Whether it was made for this colleague, in whatever session, however long ago.
    static func isOf(_ user: ID<User>, _ token: String, secret: Secret) -> Bool {
        let parts = token.split(separator: ".")
        return parts.count == 4 && Secret.isSame(String(parts[3]), author(user, parts[1], secret))
    }

    /// Throws `formForged` unless the token is good.
    static func check(_ token: String?, for reader: String, at now: Instant, secret: Secret) throws {
        guard let parts = token?.split(separator: "."), (3...4).contains(parts.count), let made = Int64(parts[0]) else {
            throw Refusal.formForged
        }
        let text = "\(parts[0]).\(parts[1])"
        guard !reader.isEmpty, secret.isValid(String(parts[2]), of: reader + "." + text, for: "form") else {
            throw Refusal.formForged
        }
        let age = now.milliseconds - made
        // One from the future was made while the clock was ahead, and would be good until then.
        guard age < lifetime, age >= -StoredInstant.tolerance else { throw Refusal.formForged }
    }

    /// Marks the token as used, in the transaction that does what the form asks; throws when it was used before.
    static func use(_ token: String, in op: Operation) throws {
        let stored = try op.tx.run(
            """
            INSERT INTO used_forms (municipality, form, at) VALUES (\(op.tenant), \(key(of: token)), \(op.now))
            ON CONFLICT (municipality, form) DO NOTHING
            """)
        guard stored == 0 else { return }
        let location: String? = try op.tx.value(
            "SELECT location FROM used_forms WHERE municipality = \(op.tenant) AND form = \(key(of: token))")
        throw Refusal.formAlreadySent(location: location)
    }

    /// Notes where the form led, for whoever sends it once more: pressed twice, they have not seen the first answer.
    static func note(_ token: String, ledTo location: String, in op: Operation) throws {
        try op.tx.run(
            """
            UPDATE used_forms SET location = \(location)
            WHERE municipality = \(op.tenant) AND form = \(key(of: token))
            """)
    }

    private static func key(of token: String) -> String {
        token.split(separator: ".").dropFirst().first.map(String.init) ?? token
    }
}
