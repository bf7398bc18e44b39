/// Finds names in templates that their page does not have, partials that do not exist, and text that would go out
/// unescaped.
struct TemplateCheck {
    /// Templates by name.
    let files: [String: String]
    /// Those that see nothing of the page around them.
    private let parts = Set(Templates.parts.map { $0.template })
    /// Sections that were walked for some page, and those that no page has filled in so far.
    private var walked: Set<Section> = []
    private var skipped: Set<Section> = []

    private struct Section: Hashable {
        let template: String
        let name: String
    }

    init(files: [String: String]) { self.files = files }

    /// - Throws: `TemplateError` when something stands in a section that no sample of any page fills in: it could not
    ///   be checked. Asked for when all pages have been checked.
    func rest() throws {
        if let section = skipped.subtracting(walked).min(by: { $0.name < $1.name }) {
            throw TemplateError(template: section.template, problem: "no sample fills in \(section.name)")
        }
    }

    /// - Throws: `TemplateError` at the first thing that is wrong.
    mutating func names<Content: Page>(of page: Content.Type, words: Words) throws {
        let shape = page.samples(words)
            .map { TemplateShape(of: $0.page) }
            .reduce(TemplateShape.absent) { $0.merged(with: $1) }
        try walk(page.template, stack: [shape], blocks: [:])
    }

    private typealias Stack = [TemplateShape]

    /// A block that a page puts into its frame, checked where the frame shows it.
    private struct Block {
        let template: String
        let tags: ArraySlice<TemplateTag>
    }

    private mutating func walk(_ template: String, stack: Stack, blocks: [String: Block]) throws {
        guard let text = files[template] else { throw TemplateError(template: template, problem: "does not exist") }
        let tags = try TemplateTag.all(in: text, of: template)
        try walk(tags[...], of: template, stack: stack, blocks: blocks)
    }

    private mutating func walk(
        _ tags: ArraySlice<TemplateTag>, of template: String, stack: Stack, blocks: [String: Block]
    ) throws {
        var index = tags.startIndex
        while index < tags.endIndex {
            let tag = tags[index]
            index += 1
            switch tag.kind {
            case .close: break
            case .variable: _ = try find(tag.name, in: stack, template)
            case .partial where parts.contains(tag.name): try walk(tag.name, stack: stack.suffix(1), blocks: [:])
            case .partial: try walk(tag.name, stack: stack, blocks: blocks)
            case .section, .inverted, .block, .parent:
                let inside = try inner(of: tag, in: tags, from: index, template)
                index = inside.endIndex + 1
                try walk(inside: inside, of: tag, template, stack: stack, blocks: blocks)
            }
        }
    }

    private mutating func walk(
        inside: ArraySlice<TemplateTag>, of tag: TemplateTag, _ template: String, stack: Stack,
        blocks: [String: Block]
    ) throws {
        switch tag.kind {
        case .section:
            let section = Section(template: template, name: tag.name)
            let found = try find(tag.name, in: stack, template)
            let pushed = if case .list(let element) = found { element } else { found }
            if case .absent = pushed {
                skipped.insert(section)
            } else {
                walked.insert(section)
                try walk(inside, of: template, stack: stack + [pushed], blocks: blocks)
            }
        case .block:
            let block = blocks[tag.name] ?? Block(template: template, tags: inside)
            try walk(block.tags, of: block.template, stack: stack, blocks: blocks)
        case .parent:
            var inner = blocks
            var index = inside.startIndex
            while index < inside.endIndex {
                let tag = inside[index]
                let body = try self.inner(of: tag, in: inside, from: index + 1, template)
                inner[tag.name] = Block(template: template, tags: body)
                index = body.endIndex + 1
            }
            try walk(tag.name, stack: stack, blocks: inner)
        default:
            _ = try find(tag.name, in: stack, template)
            try walk(inside, of: template, stack: stack, blocks: blocks)
        }
    }

    private func find(_ path: String, in stack: Stack, _ template: String) throws -> TemplateShape {
        if path == "." { return stack.last ?? .absent }
        // `empty(rows)` asks about the list, and answers yes or no.
        if path.hasPrefix("empty("), path.hasSuffix(")") {
            _ = try find(String(path.dropFirst(6).dropLast()), in: stack, template)
            return .value
        }
        let names = path.split(separator: ".").map(String.init)
        for level in stack.reversed() {
            guard case .object(let fields) = level, var found = names.first.flatMap({ fields[$0] }) else { continue }
            for name in names.dropFirst() {
                guard case .object(let fields) = found, let next = fields[name] else {
                    throw TemplateError(template: template, problem: "\(path) does not exist")
                }
                found = next
            }
            return found
        }
        throw TemplateError(template: template, problem: "\(path) does not exist")
    }

    private func inner(
        of tag: TemplateTag, in tags: ArraySlice<TemplateTag>, from start: Int, _ template: String
    ) throws -> ArraySlice<TemplateTag> {
        var depth = 1
        for index in start..<tags.endIndex {
            switch tags[index].kind {
            case .section, .inverted, .block, .parent: depth += 1
            case .close: depth -= 1
            default: break
            }
            if depth == 0 { return tags[start..<index] }
        }
        throw TemplateError(template: template, problem: "\(tag.name) is not closed")
    }
}
