import Mustache

/// A page's struct as its template sees it.
///
/// Mustache would reflect a struct anew for every name it looks up, boxing all its fields each time. Here every struct
/// is reflected once, which makes long lists several times faster, and what is empty is told apart from what does not
/// exist: Mustache would look for a row's empty field among the fields of the page around it.
struct TemplateValue: MustacheParent {
    private let fields: [(name: String, value: Any)]

    func child(named name: String) -> Any? {
        for field in fields where field.name == name { return field.value }
        return nil
    }

    /// Structs become `TemplateValue`, arrays arrays of it, an empty or missing text `Absent`, a part its HTML.
    static func make(of value: Any, html: (any Part) -> String) -> Any {
        switch value {
        case let text as String: return text.isEmpty ? Absent() : Text(renderText: text)
        case let flag as Bool: return flag
        case let number as Int: return Text(renderText: String(number))
        case let part as any Part: return PartValue(html: html(part))
        case let list as [Any]: return list.map { make(of: $0, html: html) }
        default: break
        }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional: return mirror.children.first.map { make(of: $0.value, html: html) } ?? Absent()
        case .enum: return Text(renderText: String(describing: value))
        default: return TemplateValue(fieldsOf: mirror, html: html)
        }
    }

    /// A part as its own template sees it. A part has no parts.
    init(of part: any Part) { self.init(fieldsOf: Mirror(reflecting: part)) { _ in "" } }

    private init(fieldsOf mirror: Mirror, html: (any Part) -> String) {
        fields = mirror.children.compactMap { child in
            child.label.map { (name: $0, value: TemplateValue.make(of: child.value, html: html)) }
        }
    }

    /// A part: rendered already.
    struct PartValue: MustacheParent {
        /// What stands in the library under a part's name.
        static let template = "{{{html}}}"
        let html: String
        func child(named: String) -> Any? { named == "html" ? Text(renderText: html) : nil }
    }

    /// A text, which has no names of its own: spares Mustache the reflection when it is the innermost section.
    struct Text: MustacheCustomRenderable, MustacheParent {
        let renderText: String
        let isNull = false
        func child(named: String) -> Any? { nil }
    }

    /// Known, but not there: ends the search for the name and shows nothing.
    struct Absent: MustacheCustomRenderable, MustacheParent {
        let renderText = ""
        let isNull = true
        func child(named: String) -> Any? { nil }
    }
}
