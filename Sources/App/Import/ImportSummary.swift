/// What came of an import.
public struct ImportSummary: Sendable, Equatable {
    /// Rows of the file, the heading not counted.
    public var read = 0
    public var added = 0
    /// Imported before, or twice in the file.
    public var known = 0
    /// What the mapping leaves out.
    public var leftOut = 0
    public var rejected = 0
    /// How many rows were set aside for which reason.
    public var rejectedByReason: [String: Int] = [:]
    /// What was understood otherwise than it stands in the row.
    public var remarks: [String: Int] = [:]
    /// Of those that were added, by their names in Torg.
    public var byCategory: [String: Int] = [:]
    public var byUnit: [String: Int] = [:]
    public var byChannel: [String: Int] = [:]
    /// By their name in the other system.
    public var byState: [String: Int] = [:]

    public init() {}

    mutating func reject(_ fault: RowFault) {
        rejected += 1
        rejectedByReason[fault.summary, default: 0] += 1
    }
}

/// How far an import has come.
public struct ImportProgress: Sendable {
    public var bytes: Int
    public var totalBytes: Int
    public var rows: Int
}

/// Why nothing, or nothing more, is imported.
public enum ImportFault: Error, Sendable, CustomStringConvertible {
    case noMunicipality(String)
    case unreadable(path: String)
    case empty(path: String)
    case notUTF8(path: String)
    /// `line` is the first that holds letters in UTF-8.
    case looksLikeUTF8(path: String, said: String, line: Int)
    case heading(String)
    case unwritable(path: String)
    /// What is set aside would replace the file that is read, or the mapping.
    case replacesSource(path: String)
    /// It would replace a file that no import has written.
    case replacesOther(path: String)
    case mapping(MappingFaults)

    public var description: String {
        switch self {
        case .noMunicipality(let slug): "there is no municipality \(slug)"
        case .unreadable(let path): "\(path) cannot be read"
        case .empty(let path): "\(path) has no heading; its first line names the columns"
        case .notUTF8(let path): "\(path) is UTF-16; save it as UTF-8 first"
        case .looksLikeUTF8(let path, let said, let line):
            """
            \(path) is said to be \(said), but line \(line) reads as UTF-8. Nothing was imported.
            Set encoding: utf-8 in the mapping. If the file is \(said) all the same, say --trust-encoding.
            """
        case .heading(let fault): "the heading cannot be read: \(fault)"
        case .unwritable(let path): "what is set aside cannot be written to \(path)"
        case .replacesSource(let path):
            """
            what is set aside cannot be written to \(path): that is the file to read, or the mapping. Nothing was imported.
            Name another file with --rejected.
            """
        case .replacesOther(let path):
            """
            what is set aside cannot be written to \(path): a file is there that no import has written. Nothing was imported.
            Name another file with --rejected, or move that one away.
            """
        case .mapping(let faults): "the mapping and the file do not fit:\n\(faults)"
        }
    }
}
