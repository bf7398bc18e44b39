/// One page: a struct of final texts, flags and rows, shown by one template.
///
/// A template sees the stored properties by name. An empty text, a nil and an empty list all count as absent, so
/// `{{#hint}}…{{/hint}}` shows nothing for either. Every name a template uses must exist in one of the samples: that
/// is checked at start, because a name that does not exist would otherwise render as nothing.
protocol Page: Sendable {
    /// The template's path under `Templates`, without extension: `cases/list`.
    static var template: String { get }
    var frame: Frame { get }
}
