import Adapters
import Database
import Domain
import Foundation

/// A report for the operator: of everything, whoever may see it in Torg, so without the titles of confidential cases.
public struct PrintReport: Sendable {
    public enum Format: String, CaseIterable, Sendable { case text, csv, xlsx }

    public var report: FollowUpReport
    /// The short name.
    public var municipality: String
    /// The login of the leader whose units it is about; nil for all units.
    public var leader: String?
    public var format: Format

    public init(report: FollowUpReport, municipality: String, leader: String? = nil, format: Format = .text) {
        self.report = report
        self.municipality = municipality
        self.leader = leader
        self.format = format
    }

    /// Why there is no report.
    public enum Refused: Error, CustomStringConvertible {
        case noSuchMunicipality(String)
        case noSuchLeader(String)

        public var description: String {
            switch self {
            case .noSuchMunicipality(let name): "there is no municipality \(name)"
            case .noSuchLeader(let login): "nobody with the login \(login) leads a unit"
            }
        }
    }

    /// The file's contents, in the municipality's language. Throws `Refused`.
    public func perform(in installation: Installation) async throws -> Data {
        guard let id = try await installation.directories.find(municipality, in: installation.database) else {
            throw Refused.noSuchMunicipality(municipality)
        }
        let query = try await installation.read(id) { op in
            var query = FollowUpQuery(report: report, scope: .everything, units: nil)
            if let leader {
                let found = op.directory.leaders().first { Login.folded($0.login) == Login.folded(leader) }
                guard let found else { throw Refused.noSuchLeader(leader) }
                query.units = op.directory.units(ledBy: found.id)
            }
            return query
        }
        guard let format = ReportFile.Format(rawValue: format.rawValue) else {
            return Data(try await text(query, of: id, in: installation).utf8)
        }
        return try await ReportFile(query: query, format: format)
            .data(of: id, in: installation, as: .system, language: nil)
    }

    /// The sums, then one line for each case.
    private func text(
        _ query: FollowUpQuery, of id: ID<Municipality>, in installation: Installation
    ) async throws -> String {
        let sums = try await installation.read(id, as: { _, _, _ in .system }) { op in
            let sums = try query.sums(in: op)
            guard !sums.isEmpty else { return op.words("reports.empty." + report.rawValue) + "\n" }
            let words = FollowUpWords(op)
            let units = sums.map { op.directory.name(of: $0.unit) + ": " + words.sum([$0], in: report) }
            return ([words.sum(sums, in: report), ""] + units).joined(separator: "\n") + "\n"
        }
        let table = try await ReportFile(query: query, format: .csv)
            .table(of: id, in: installation, as: .system, language: nil)
        // Number, what is outstanding, title, unit, who has it; control characters could steer a terminal.
        let lines = table.rows.map { row in
            guard row.count > 7 else { return row[0].csv }
            return [row[0], row[7], row[1], row[2], row[3]].map(\.csv).joined(separator: "  ")
        }
        let safe = lines.map { line in
            String(String.UnicodeScalarView(line.unicodeScalars.filter { $0.properties.generalCategory != .control }))
        }
        return sums + (safe.isEmpty ? "" : "\n" + safe.joined(separator: "\n") + "\n")
    }
}
