/// One record of a CSV file.
struct CSVRecord: Sendable, Equatable {
    /// The line on which it begins, from 1; a quoted field may run over several.
    var line: Int
    var fields: [String]
    /// Why the fields cannot be trusted, or nil.
    var fault: RowFault?
    /// What stands in the file is all in one field, since nobody can tell where its fields end.
    var isUndivided = false
}

/// How the bytes of a file become text.
enum TextEncoding: String, Sendable, CaseIterable {
    case utf8 = "utf-8"
    case latin1
    /// As Latin-1, with quotes and dashes where that has control characters: what office programs write.
    case windows1252 = "windows-1252"
}
