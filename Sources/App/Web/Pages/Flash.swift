import Domain

/// What is said once on the next page: a code whose words are `flash.<code>`, in a signed cookie. By hand nobody can
/// set one, neither to put words into Torg's mouth nor to be shown what only a sender is shown.
enum Flash {
    /// In milliseconds: until the next page is there.
    static let lifetime: Int64 = 60_000

    /// - Parameter base: of the municipality's pages.
    static func cookie(_ code: String, below base: String, _ installation: Installation) -> SetCookie {
        let text = "\(code).\(installation.now().milliseconds + lifetime)"
        let signature = installation.secret.signature(of: base + " " + text, for: "flash")
        return SetCookie(name: SetCookie.flash, value: text + "." + signature, seconds: Int(lifetime / 1000))
    }

    /// The code in a cookie; nil for one that was not made here, for these pages, just now.
    static func code(in cookie: String, below base: String, _ secret: Secret, at now: Instant) -> String? {
        let parts = cookie.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count >= 3, let ends = Int64(parts[parts.count - 2]), now.isWithin(lifetime, endingAt: ends)
        else { return nil }
        let text = parts.dropLast().joined(separator: ".")
        guard secret.isValid(String(parts[parts.count - 1]), of: base + " " + text, for: "flash") else { return nil }
        return parts.dropLast(2).joined(separator: ".")
    }
}

extension Operation {
    /// The code that the visit brings along; nil for one that was not made here, for this municipality, just now.
    func flash(of visit: Visit) -> String? {
        visit.cookies[SetCookie.flash].flatMap { Flash.code(in: $0, below: paths.base, installation.secret, at: now) }
    }
}
