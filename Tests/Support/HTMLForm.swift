import Foundation

/// A form as it stands on a page, to be filled in and sent as a browser would: with everything that it already holds.
public struct HTMLForm: Sendable {
    public var action: String
    public var values: [String: [String]] = [:]

    /// The form that is sent to `action`; nil when the page has none.
    public init?(_ html: String, to action: String) {
        let forms = html.matches(of: #/(?s)<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>/#)
        guard let form = forms.first(where: { Self.plain($0.1) == action }) else { return nil }
        self.action = action
        for input in form.2.matches(of: /<input ([^>]*)>/) {
            guard let name = Self.attribute("name", in: input.1) else { continue }
            let type = Self.attribute("type", in: input.1)
            if type == "checkbox" || type == "radio", !input.1.hasSuffix(" checked"), !input.1.contains(" checked ") {
                continue
            }
            values[name, default: []].append(Self.attribute("value", in: input.1) ?? "")
        }
        for area in form.2.matches(of: #/(?s)<textarea ([^>]*)>(.*?)</textarea>/#) {
            guard let name = Self.attribute("name", in: area.1) else { continue }
            values[name] = [Self.plain(area.2)]
        }
        for select in form.2.matches(of: #/(?s)<select ([^>]*)>(.*?)</select>/#) {
            guard let name = Self.attribute("name", in: select.1) else { continue }
            let options = select.2.matches(of: /<option ([^>]*)>/)
            let chosen = options.first { $0.1.hasSuffix(" selected") } ?? options.first
            values[name] = [chosen.flatMap { Self.attribute("value", in: $0.1) } ?? ""]
        }
    }

    /// The same form with other values; an empty list takes a field out, as a box without a tick.
    public func with(_ changes: [String: [String]]) -> HTMLForm {
        var form = self
        for (name, values) in changes { form.values[name] = values.isEmpty ? nil : values }
        return form
    }

    var body: String {
        values.sorted { $0.key < $1.key }.flatMap { name, values in
            values.map { Self.encoded(name) + "=" + Self.encoded($0) }
        }.joined(separator: "&")
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    private static func attribute(_ name: String, in tag: some StringProtocol) -> String? {
        let text = " " + tag
        guard let start = text.range(of: " \(name)=\""), let end = text[start.upperBound...].firstIndex(of: "\"") else {
            return nil
        }
        return plain(text[start.upperBound..<end])
    }

    private static func plain(_ text: some StringProtocol) -> String {
        [
            ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#61;", "="), ("&#96;", "`"),
            ("&amp;", "&"),
        ]
        .reduce(String(text)) { $0.replacing($1.0, with: $1.1) }
    }
}

extension TestClient {
    /// Opens a page, changes fields of the form that goes to `action` (the page itself, unless named), and sends it.
    public func fill(_ page: String, to action: String? = nil, _ changes: [String: [String]] = [:]) async throws
        -> Answer
    {
        let opened = try await get(page)
        guard let form = HTMLForm(opened.body, to: action ?? page) else { return opened }
        return try await send(form.with(changes))
    }

    public func send(_ form: HTMLForm) async throws -> Answer {
        try await send(
            .post, form.action, body: Array(form.body.utf8),
            headers: ["Content-Type": "application/x-www-form-urlencoded"])
    }
}
