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

    /// What people wrote among it. Codes and ids say nothing to anybody.
    var texts: [String] { hidden.map(\.value).filter { $0.contains(where: \.isWhitespace) && !$0.isBlank } }

    var isEmpty: Bool { values.values.joined().allSatisfy(\.isBlank) }

    var encoded: String { URLEncoded.encode(values) }
}
