/// One page: a struct of final texts, flags and rows, shown by one template.
///
/// A template sees the stored properties by name. An empty text, a nil and an empty list all count as absent, so
/// `{{#hint}}…{{/hint}}` shows nothing for either. Every name a template uses must exist in one of the samples: that
/// is checked at start, because a name that does not exist would otherwise render as nothing.
protocol Page: Sendable {
    /// The template's path under `Templates`, without extension: `cases/list`.
    static var template: String { get }
    /// Filled in examples: what the check at start, the snapshot tests and the screenshots are made from. Between
    /// them every optional part must be present once.
    static func samples(_ words: Words) -> [Sample<Self>]
    var frame: Frame { get set }
}

/// A page filled in by way of example.
struct Sample<Content: Sendable>: Sendable {
    /// Part of a file name: lower case, words joined by hyphens.
    let name: String
    let page: Content

    init(_ name: String, _ page: Content) {
        self.name = name
        self.page = page
    }
}
