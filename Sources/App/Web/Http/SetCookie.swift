/// A cookie of ours: never readable by scripts, never sent by other sites' forms.
struct SetCookie: Sendable {
    var name: String
    var value: String
    /// How long it lasts; nil until the browser is closed, 0 removes it.
    var seconds: Int?
    /// Where it is sent along; nil for all of the municipality's pages.
    var path: String?

    static let session = "torg_session"
    static let visitor = "torg_visitor"
    static let language = "torg_language"
    static let flash = "torg_flash"
    /// By which a browser is known again; see `KnownPlaces`.
    static let browser = "torg_browser"

    static func removing(_ name: String) -> SetCookie { SetCookie(name: name, value: "", seconds: 0) }

    /// - Parameters:
    ///   - base: of the municipality's pages: "/sandvik".
    ///   - isSecure: whether citizens reach Torg by TLS.
    func header(below base: String, isSecure: Bool) -> String {
        let name = isSecure ? SecureName(plain: name, base: base, isNarrow: path != nil).text : name
        let path = path ?? (isSecure ? "/" : base)
        var text = "\(name)=\(value); Path=\(path); HttpOnly; SameSite=Lax"
        if let seconds { text += "; Max-Age=\(seconds)" }
        if isSecure { text += "; Secure" }
        return text
    }
}

/// The name of a cookie where there is TLS. `__Host-` and `__Secure-` (RFC 6265bis) keep pages of neighbouring host
/// names, and whoever sits on a connection without TLS, from planting one.
///
/// `__Host-` demands the path `/`, so the municipality stands in the name. What belongs to a single page, such as the
/// grant to follow one case, keeps its path, since a browser would send all of them everywhere; it is signed, and
/// `__Secure-` is enough.
struct SecureName {
    let text: String

    init(plain: String, base: String, isNarrow: Bool) {
        text = isNarrow ? Self.secure + plain : Self.host + plain + Self.suffix(base)
    }

    /// The plain name of a cookie that was sent; nil for one that Torg did not set by TLS.
    static func plain(_ sent: String, base: String) -> String? {
        if sent.hasPrefix(secure) { return String(sent.dropFirst(secure.count)) }
        let suffix = suffix(base)
        guard sent.hasPrefix(host), sent.hasSuffix(suffix) else { return nil }
        return String(sent.dropFirst(host.count).dropLast(suffix.count))
    }

    private static let host = "__Host-"
    private static let secure = "__Secure-"

    private static func suffix(_ base: String) -> String { "_" + base.dropFirst() }
}
