import Adapters
import Foundation

/// The rows that are set aside: a CSV file like the one they came from, with line and reason in front. When they are
/// mended it can be imported with the same mapping, which takes away what keeps texts from becoming formulas. It is made with the first row.
final class RejectedRows {
    let path: String
    private let heading: [String]
    private let delimiter: UInt8
    private var file: FileHandle?

    /// Removes what an earlier import left at `path`.
    ///
    /// - Parameter sources: what is read, and must not be replaced by what is left of it.
    init(
        path: String, heading: [String], delimiter: UInt8, sources: [String] = []
    ) throws(ImportFault) {
        self.path = path
        self.delimiter = delimiter
        self.heading = Array(heading.drop { Self.ownColumns.contains($0) })
        guard let found = FileIdentity(path) else { return }
        for source in sources where FileIdentity(source) == found { throw .replacesSource(path: path) }
        guard Self.wrote(path) else { throw .replacesOther(path: path) }
        do { try FileManager.default.removeItem(atPath: path) } catch { throw .unwritable(path: path) }
    }

    /// Whether a file was written here: it begins with the mark and the two own columns.
    private static func wrote(_ path: String) -> Bool {
        guard FileIdentity(path)?.isPlain == true, let file = FileHandle(forReadingAtPath: path) else { return false }
        defer { try? file.close() }
        let heading = CSVReader.mark + Array(ownColumns[0].utf8)
        let most = heading.count + 1 + ownColumns[1].utf8.count
        guard let start = try? file.read(upToCount: most), start.count == most else { return false }
        // Between them stands the delimiter of the mapping that was used then.
        return start.starts(with: heading) && start.suffix(ownColumns[1].utf8.count).elementsEqual(ownColumns[1].utf8)
    }

    static let ownColumns = ["rejected_line", "rejected_reason"]

    /// The heading of a file that was written here.
    static func wrote(_ heading: [String]) -> Bool { heading.starts(with: ownColumns) }

    func append(_ record: CSVRecord, because fault: RowFault, headingCount: Int) throws(ImportFault) {
        if file == nil { try open() }
        // What had been set aside once before has its two own columns already.
        let fields = record.fields.dropFirst(record.isUndivided ? 0 : headingCount - heading.count)
        var own = [String(record.line), fault.detail]
        own += fields
        try write(own)
    }

    func close() throws(ImportFault) {
        do { try file?.close() } catch { throw .unwritable(path: path) }
    }

    private func open() throws(ImportFault) {
        do { file = try OwnerFile.make(path) } catch { throw .unwritable(path: path) }
        // The byte order mark says UTF-8, to office programs and to the next import alike.
        try write(bytes: CSVReader.mark)
        try write(Self.ownColumns + heading)
    }

    private func write(_ fields: [String]) throws(ImportFault) {
        let line =
            fields.map { CSVFile.field($0, partedBy: [delimiter]) }
            .joined(separator: String(UnicodeScalar(delimiter))) + "\r\n"
        try write(bytes: Array(line.utf8))
    }

    private func write(bytes: [UInt8]) throws(ImportFault) {
        do { try file?.write(contentsOf: bytes) } catch { throw .unwritable(path: path) }
    }
}
