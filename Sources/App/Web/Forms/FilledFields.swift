/// What stands in the fields of a page: a text that stands there can be sent again, wherever else a page may say the same
/// word.
struct FilledFields {
    private var values: Set<Substring> = []

    /// Goes through the page once. Every value is escaped, so a tag ends at the first `>`, and a value at the next quote.
    init(in html: String) {
        var html = html
        html.makeContiguousUTF8()
        var rest = html[...]
        while let start = rest.utf8.firstIndex(of: UInt8(ascii: "<")) {
            rest = rest[start...].dropFirst()
            guard let end = rest.utf8.firstIndex(of: UInt8(ascii: ">")) else { return }
            let tag = rest[..<end]
            rest = rest[end...]
            if tag.hasPrefix("textarea ") {
                rest = rest.dropFirst()
                let text = rest.prefix(upTo: rest.utf8.firstIndex(of: UInt8(ascii: "<")) ?? rest.endIndex)
                values.insert(text)
            } else if tag.hasPrefix("input ") || (tag.hasPrefix("option ") && tag.hasSuffix(" selected")) {
                if let value = Self.value(in: tag) { values.insert(value) }
            }
        }
    }

    /// Whether one of the fields holds the text.
    func hold(_ text: String) -> Bool { values.contains(EscapedText().escapeText(text)[...]) }

    private static let attribute = Array(" value=\"".utf8)

    private static func value(in tag: Substring) -> Substring? {
        var rest = tag.utf8
        while let space = rest.firstIndex(of: UInt8(ascii: " ")) {
            rest = rest[space...]
            if rest.starts(with: attribute) {
                let text = rest.dropFirst(attribute.count)
                return Substring(text.prefix { $0 != UInt8(ascii: "\"") })
            }
            rest = rest.dropFirst()
        }
        return nil
    }
}
