import Domain
import Foundation

/// What somebody was writing when they were not let in, or Torg could not take it.
struct KeptForm: Sendable {
    var values: [String: [String]]

    /// Without the token, which was the old session's, and without passwords, which no page may hold.
    init(of form: [String: [String]]) {
        values = form.filter { $0.key != "form" && !$0.key.lowercased().contains("password") }
    }

    init(_ visit: Visit) { self.init(of: visit.form.values) }

    init?(_ encoded: String) {
        guard let values = URLEncoded.parse(encoded) else { return nil }
        self.init(of: values)
    }

    /// As it goes on through a page.
    var hidden: [HiddenValue] {
        values.sorted { $0.key < $1.key }.flatMap { name, all in all.map { HiddenValue(name: name, value: $0) } }
    }

    /// What people wrote among it, in the order of the fields' names. Codes, ids and flags say nothing to anybody.
    var texts: [String] {
        hidden.filter { !Self.unwritten.contains($0.name) && !Self.isCode($0.value) }.map(\.value)
    }

    /// Sent along, and written by nobody.
    private static let unwritten: Set<String> = ["_method", "kept", "kept_form", "language", "lat", "lon", "next", "version"]

    private static func isCode(_ value: String) -> Bool {
        value.isBlank || codes.contains(value) || (value.utf8.count > 12 && ID<Case>(text: value) != nil)
    }

    private static let codes = Set(
        ["on", "off", "true", "false", "0", "1"] + CaseForms.closingReasons + Outcome.allCases.map(\.rawValue)
            + Measure.Kind.allCases.map(\.rawValue) + Contact.Channel.allCases.map(\.rawValue)
            + Contact.Direction.allCases.map(\.rawValue))

    var isEmpty: Bool { values.values.joined().allSatisfy(\.isBlank) }

    var encoded: String { URLEncoded.encode(values) }
}
