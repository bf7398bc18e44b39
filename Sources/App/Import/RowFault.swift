/// Why a row is set aside, in plain words.
struct RowFault: Error, Sendable, Hashable {
    /// The same for every row with this fault, for counting them.
    var summary: String
    /// With what stood in the row.
    var detail: String

    init(_ summary: String, _ detail: String? = nil) {
        self.summary = summary
        self.detail = detail ?? summary
    }

    static let brokenQuotes = RowFault(
        "the quotes are broken",
        "the quotes are broken: a quoted field must end before the next delimiter, and a quote in it is written twice")
    static func unclosedQuote(line: Int) -> RowFault {
        RowFault(
            "a quote is not closed",
            "the quote that opens a field on line \(line) is not closed: a quoted field must end with a quote before the next delimiter"
        )
    }
    static func tooLong(bytes: Int) -> RowFault {
        RowFault("a row is too long", "the row is longer than \(bytes) bytes; no more than its beginning stands here")
    }
    static let notUTF8 = RowFault(
        "a text is not UTF-8", "a text is not UTF-8; if the whole file is so, set encoding: latin1 in the mapping")
    static let holdsNUL = RowFault("a text holds a NUL character")

    static func invalidCharacter(_ column: String, _ value: UInt32) -> RowFault {
        let code = String(value, radix: 16, uppercase: true)
        return RowFault(
            "a text holds a character that nobody can see",
            "\(column) holds a character that nobody can see (U+\(String(repeating: "0", count: max(0, 4 - code.count)))\(code))"
        )
    }

    static func fieldCount(_ count: Int, expected: Int) -> RowFault {
        RowFault(
            count < expected ? "fields are missing" : "there are too many fields",
            "\(count) fields where the heading has \(expected)")
    }

    static func empty(_ column: String) -> RowFault {
        RowFault("\(column) is empty")
    }

    static func unknown(_ column: String, _ value: String, known: [String]) -> RowFault {
        let list = known.sorted().map { "“\($0)”" }.joined(separator: ", ")
        return RowFault(
            "\(column) holds a value that the mapping does not know",
            "\(column) is “\(value.shortened)”, which the mapping does not know; it knows \(list)")
    }

    static func invalid(_ column: String, _ value: String, _ why: String) -> RowFault {
        RowFault("\(column) \(why)", "\(column) is “\(value.shortened)”, which \(why)")
    }
}

extension String {
    /// For a message: no more than 60 characters.
    fileprivate var shortened: String { count > 60 ? prefix(59) + "…" : self }
}
