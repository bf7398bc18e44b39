/// Which names a page has, and what stands behind each: what several samples know together.
indirect enum TemplateShape {
    /// Absent in every sample.
    case absent
    /// A text or a flag.
    case value
    case object([String: TemplateShape])
    /// The element is `absent` when the list was empty in every sample.
    case list(TemplateShape)

    init(of value: Any) {
        if let list = value as? [Any] {
            self = .list(list.map { TemplateShape(of: $0) }.reduce(.absent) { $0.merged(with: $1) })
            return
        }
        let mirror = Mirror(reflecting: value)
        switch mirror.displayStyle {
        case .optional: self = mirror.children.first.map { TemplateShape(of: $0.value) } ?? .absent
        case .struct where !(value is String || value is Bool):
            var names: [String: TemplateShape] = [:]
            for child in mirror.children {
                if let label = child.label { names[label] = TemplateShape(of: child.value) }
            }
            self = .object(names)
        default: self = .value
        }
    }

    func merged(with other: TemplateShape) -> TemplateShape {
        switch (self, other) {
        case (.absent, _): other
        case (_, .absent): self
        case (.object(let mine), .object(let others)): .object(mine.merging(others) { $0.merged(with: $1) })
        case (.list(let mine), .list(let others)): .list(mine.merged(with: others))
        default: self
        }
    }
}
