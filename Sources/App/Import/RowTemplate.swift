import Domain
import Foundation

/// Text with `{Column}` in it, and `{created_day}` and `{closed_day}`.
struct RowTemplate: Sendable, Hashable {
    private let parts: [Part]

    private enum Part: Hashable {
        case literal(String)
        case name(String)
    }

    static let days = ["created_day", "closed_day"]

    init(_ text: String) {
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            parts.append(.literal(String(rest[..<open])))
            parts.append(.name(String(rest[rest.index(after: open)..<close])))
            rest = rest[rest.index(after: close)...]
        }
        self.parts = parts + [.literal(String(rest))]
    }

    /// The names in braces.
    var names: [String] { parts.compactMap { if case .name(let name) = $0 { name } else { nil } } }

    func fill(_ value: (String) -> String) -> String {
        parts.map { part in
            switch part {
            case .literal(let text): text
            case .name(let name): value(name)
            }
        }.joined().trimmed
    }
}
