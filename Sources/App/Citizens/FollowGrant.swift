import Domain

/// What lets a browser see one case as one of its reporters, after the key, or number and address, were right: a
/// signed cookie, so that the key need not stay in the address. Each case has its own, since somebody may follow
/// several side by side.
struct FollowGrant: Sendable {
    /// As long as a form that was begun may be sent, in milliseconds. The browser forgets it when it is closed.
    static let lifetime: Int64 = FormToken.lifetime

    /// What was shown to get it. One that came by a link does not open what has become confidential since.
    enum Proof: String, Sendable {
        /// The key of a link, or number and address: enough for what is not confidential.
        case link = "l"
        /// A code or the agreed word as well.
        case opened = "o"
        /// Nothing; it has just been sent from this browser. For a short time the sender may read their own words.
        case sent = "s"

        var lifetime: Int64 { self == .sent ? 30 * 60_000 : FollowGrant.lifetime }
        var opensConfidential: Bool { self != .link }
    }

    let subject: ID<Case>
    let contact: ID<Contact>
    var proof = Proof.link

    /// - Parameter number: of the case.
    func cookie(for number: CaseNumber, in op: Operation) -> SetCookie {
        let text = "\(subject).\(contact).\(op.now.milliseconds + proof.lifetime).\(proof.rawValue)"
        let signature = op.installation.secret.signature(of: "\(op.tenant).\(text)", for: "follow-grant")
        return SetCookie(
            name: Self.cookieName(number), value: text + "." + signature, path: op.paths(.followedCase, number))
    }

    static func cookieName(_ number: CaseNumber) -> String { "torg_follow_\(number)" }
}

extension FollowGrant {
    /// - Parameter isLapsed: whether one that has ended will do, to tell whose it was.
    init?(_ cookie: String, orLapsed isLapsed: Bool = false, in op: Operation) {
        let parts = cookie.split(separator: ".").map(String.init)
        guard parts.count == 5, let subject = ID<Case>(text: parts[0]), let contact = ID<Contact>(text: parts[1]),
            let ends = Int64(parts[2]), isLapsed || op.now.isWithin(Self.lifetime, endingAt: ends),
            let proof = Proof(rawValue: parts[3])
        else { return nil }
        let text = "\(op.tenant).\(parts[0]).\(parts[1]).\(parts[2]).\(parts[3])"
        guard op.installation.secret.isValid(parts[4], of: text, for: "follow-grant") else { return nil }
        self.init(subject: subject, contact: contact, proof: proof)
    }
}
