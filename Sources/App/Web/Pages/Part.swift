import Synchronization

/// A piece of a page that shows nothing but its own fields, the same again and again: a line of a list, a field with
/// its choices. Its HTML is kept, so that the next page that shows it costs a look-up.
///
/// Its template must not name anything of the page around it; that is checked at start.
protocol Part: Hashable, Sendable {
    /// The template's path under `Templates`, without extension: `cases/row`.
    static var template: String { get }
}

extension Part {
    fileprivate func isSame(as other: any Part) -> Bool { (other as? Self) == self }
}

/// The HTML of parts that were shown lately.
final class KeptParts: Sendable {
    /// Bytes of HTML; when they are reached, everything is forgotten and what is in use comes back by itself.
    private static let limit = 4 << 20

    private struct Key: Hashable {
        let language: String
        let part: any Part

        static func == (left: Key, right: Key) -> Bool {
            left.language == right.language && left.part.isSame(as: right.part)
        }

        func hash(into hasher: inout Hasher) { part.hash(into: &hasher) }
    }

    private struct Kept {
        var html: [Key: String] = [:]
        var bytes = 0
    }

    private let kept = Mutex(Kept())

    var bytes: Int { kept.withLock { $0.bytes } }

    /// - Parameter render: called without the lock, and perhaps by two at once, when the part is not kept.
    func html(of part: any Part, language: String, render: () -> String) -> String {
        let key = Key(language: language, part: part)
        if let html = kept.withLock({ $0.html[key] }) { return html }
        let html = render()
        kept.withLock { kept in
            if kept.bytes + html.utf8.count > KeptParts.limit { kept = Kept() }
            kept.bytes += html.utf8.count
            kept.html[key] = html
        }
        return html
    }
}
