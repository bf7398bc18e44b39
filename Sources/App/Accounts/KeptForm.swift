import Domain
import Foundation

/// What somebody was writing when they were not let in, or Torg could not take it.
struct KeptForm: Sendable {
    var values: [String: [String]]

    /// Without the token, which was the old session's, and without passwords and codes, which no page may hold.
    init(of form: [String: [String]]) {
        values = form.filter {
            !["form", "code"].contains($0.key) && !$0.key.lowercased().contains("password")
                && !ReturnedForm.own.contains($0.key)
        }
    }

    init(_ visit: Visit) { self.init(of: visit.form.values) }

    /// As it goes on through a page.
    var hidden: [HiddenValue] {
        values.sorted { $0.key < $1.key }.flatMap { name, all in all.map { HiddenValue(name: name, value: $0) } }
    }

    /// What people wrote among it, in the order of the fields' names. Codes, ids and flags say nothing to anybody.
    var texts: [String] {
        hidden.filter { !Self.unwritten.contains($0.name) && !Self.isCode($0.value) }.map(\.value)
    }

    /// Sent along, and written by nobody.
    private static let unwritten: Set<String> = [
        "_method", "kept", "kept_form", "language", "lat", "lon", "next", "version",
    ]

    private static func isCode(_ value: String) -> Bool {
        value.isBlank || codes.contains(value) || (value.utf8.count > 12 && ID<Case>(text: value) != nil)
    }

    private static let codes = Set(
        ["on", "off", "true", "false", "0", "1"] + CaseForms.closingReasons + Outcome.allCases.map(\.rawValue)
            + Measure.Kind.allCases.map(\.rawValue) + Contact.Channel.allCases.map(\.rawValue)
            + Contact.Direction.allCases.map(\.rawValue))

    var isEmpty: Bool { values.values.joined().allSatisfy(\.isBlank) }

    /// As it goes on through a page that somebody else may sit before: nobody can read it, and it says who wrote it.
    ///
    /// - Parameter writer: the form's token, or another mark by which to know them again.
    func sealed(by writer: String, of municipality: ID<Municipality>, secret: Secret) throws -> String {
        try secret.sealed(
            URLEncoded.encode(["writer": [writer], "form": [URLEncoded.encode(values)]]), for: "kept \(municipality)")
    }
}

/// What was kept, once it has come back.
struct OpenedForm: Sendable {
    let form: KeptForm
    let writer: String

    /// Nil for what Torg did not seal for this municipality.
    init?(_ sealed: String, in op: Operation) {
        guard let text = op.installation.secret.opened(sealed, for: "kept \(op.tenant)"),
            let parts = URLEncoded.parse(text), let writer = parts["writer"]?.first,
            let values = parts["form"]?.first.flatMap(URLEncoded.parse)
        else { return nil }
        form = KeptForm(of: values)
        self.writer = writer
    }
}
