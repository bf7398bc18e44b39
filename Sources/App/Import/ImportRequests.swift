import Adapters
import Database
import Domain
import Foundation

/// Reads another system's export, row by row, into contacts and cases.
public struct ImportRequests: Sendable {
    public var file: String
    public var mapping: RequestMapping
    /// Where the mapping was read from.
    public var mappingFile: String?
    public var municipality: String
    /// Where rows that cannot be read are set aside.
    public var rejectedFile: String
    /// Read as the mapping says, although the bytes look like UTF-8.
    public var trustsEncoding: Bool

    /// So many rows are stored in one transaction: each waits for the disk once.
    private static let batchSize = 400

    public init(
        file: String, mapping: RequestMapping, mappingFile: String? = nil, municipality: String,
        rejectedFile: String? = nil, trustsEncoding: Bool = false
    ) {
        self.file = file
        self.mapping = mapping
        self.mappingFile = mappingFile
        self.municipality = municipality
        self.rejectedFile = rejectedFile ?? file + ".rejected.csv"
        self.trustsEncoding = trustsEncoding
    }

    /// What has been stored stays when it ends early; a second run goes on from there.
    ///
    /// - Parameter report: called after every batch.
    public func perform(
        in installation: Installation, report: (ImportProgress) -> Void = { _ in }
    ) async throws -> ImportSummary {
        let source = try open()
        defer { try? source.handle.close() }
        guard let tenant = try await installation.directories.find(municipality, in: installation.database) else {
            throw ImportFault.noMunicipality(municipality)
        }
        let place = try await installation.read(tenant, as: Self.system) { $0.municipality }
        try checkEncoding(of: source)
        var records = CSVReader(delimiter: mapping.delimiter, encoding: mapping.encoding) { try source.chunk() }
        guard let first = try records.next() else { throw ImportFault.empty(path: file) }
        guard !first.fields[0].hasPrefix("\u{feff}"), first.fault != .holdsNUL else {
            throw ImportFault.notUTF8(path: file)
        }
        if let fault = first.fault { throw ImportFault.heading(fault.detail) }
        var heading = first.fields.map { $0.trimmed }
        if RejectedRows.wrote(heading) { heading = heading.map(FormulaGuard.restored) }
        let rows: RowReader
        do throws(MappingFaults) {
            rows = try RowReader(mapping, heading: heading, timeZone: place.timeZone, now: installation.now())
        } catch {
            throw ImportFault.mapping(error)
        }
        let rejected = try RejectedRows(
            path: rejectedFile, heading: heading, delimiter: mapping.delimiter,
            sources: [file, mappingFile].compactMap(\.self))
        var batches = ImportBatches(installation: installation, tenant: tenant, source: mapping.source)
        var summary = ImportSummary()
        var isAtEnd = false
        while !isAtEnd {
            var batch: [ImportBatches.Item] = []
            while batch.count < Self.batchSize {
                guard let record = try records.next() else {
                    isAtEnd = true
                    break
                }
                summary.read += 1
                do throws(RowFault) {
                    guard let request = try rows.read(record) else {
                        summary.leftOut += 1
                        continue
                    }
                    batch.append(.init(record: record, request: request))
                } catch {
                    summary.reject(error)
                    try rejected.append(record, because: error, headingCount: heading.count)
                }
            }
            for (item, fate) in try await batches.store(batch) {
                if case .refused(let fault) = fate {
                    try rejected.append(item.record, because: fault, headingCount: heading.count)
                }
                summary.count(item.request, fate, language: place.language)
            }
            report(ImportProgress(bytes: records.consumed, totalBytes: source.size, rows: summary.read))
        }
        try rejected.close()
        return summary
    }

    static let system: Installation.WhoActs = { _, _, _ in .system }

    private struct Source {
        var handle: FileHandle
        var size: Int

        func chunk() throws -> [UInt8] { try handle.read(upToCount: 256 * 1024).map { Array($0) } ?? [] }
    }

    /// A wrong encoding stores broken letters, and importing again mends nothing: so it is found before anything is
    /// stored.
    private func checkEncoding(of source: Source) throws {
        guard mapping.encoding != .utf8, !trustsEncoding else { return }
        var doubt = EncodingDoubt()
        var bytes = try source.chunk()
        // A byte order mark says UTF-8, whatever the mapping says.
        if !bytes.starts(with: CSVReader.mark) {
            while !bytes.isEmpty {
                doubt.read(bytes)
                bytes = try source.chunk()
            }
        }
        if let line = doubt.lineInUTF8 {
            throw ImportFault.looksLikeUTF8(path: file, said: mapping.encoding.rawValue, line: line)
        }
        do { try source.handle.seek(toOffset: 0) } catch { throw ImportFault.unreadable(path: file) }
    }

    private func open() throws(ImportFault) -> Source {
        let size = (try? FileManager.default.attributesOfItem(atPath: file)[.size] as? Int) ?? 0
        guard let handle = FileHandle(forReadingAtPath: file) else { throw .unreadable(path: file) }
        return Source(handle: handle, size: size)
    }
}
