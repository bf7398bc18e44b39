import Domain
import Foundation

/// One `{{…}}` of a template.
struct TemplateTag {
    enum Kind { case variable, section, inverted, close, partial, parent, block }

    let kind: Kind
    let name: String

    /// All tags in the order they stand; comments are left out.
    /// - Throws: `TemplateError` for tags that Torg does not use, above all those that would show text unescaped.
    static func all(in text: String, of template: String) throws -> [TemplateTag] {
        var tags: [TemplateTag] = []
        var rest = text[...]
        while let open = rest.range(of: "{{") {
            guard let close = rest.range(of: "}}", range: open.upperBound..<rest.endIndex) else { break }
            let content = rest[open.upperBound..<close.lowerBound]
            rest = rest[close.upperBound...]
            guard let sign = content.first else { continue }
            if sign == "!" { continue }
            if "{&=%".contains(sign) {
                throw TemplateError(template: template, problem: "{{\(content)}} is not allowed")
            }
            let kinds: [Character: Kind] = [
                "#": .section, "^": .inverted, "/": .close, ">": .partial, "<": .parent, "$": .block,
            ]
            let kind = kinds[sign]
            let name = (kind == nil ? content : content.dropFirst()).trimmed
            tags.append(TemplateTag(kind: kind ?? .variable, name: name))
        }
        return tags
    }
}
