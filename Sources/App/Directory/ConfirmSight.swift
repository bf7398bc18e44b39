import Domain

/// Says yes on the server itself, where no second person is left who could: a municipality with one system manager.
/// Whoever may do this can read the database as well.
public struct ConfirmSight: Sendable {
    public var municipality: String
    /// Nil: only tells what waits.
    public var login: String?

    public init(municipality: String, login: String?) {
        self.municipality = municipality
        self.login = login
    }

    public enum Refused: Error, CustomStringConvertible {
        case noSuchMunicipality(String)
        /// Nothing waits for anybody of this login.
        case nothingWaits(String)

        public var description: String {
            switch self {
            case .noSuchMunicipality(let name): "there is no municipality \(name)"
            case .nothingWaits(let login): "nothing waits for a second person about \(login)"
            }
        }
    }

    /// A line for each person and change that was waiting, in English. Throws `Refused`.
    public func perform(in installation: Installation) async throws -> [String] {
        guard let id = try await installation.directories.find(municipality, in: installation.database) else {
            throw Refused.noSuchMunicipality(municipality)
        }
        return try await installation.write(id, language: "en", as: { _, _, _ in .system }) { op in
            let op = login == nil ? op : try op.organisation.changing()
            let open = op.directory.grants.filter { grant in
                login.map { op.directory.people[grant.person]?.user.login == $0 } ?? true
            }
            if let login {
                guard !open.isEmpty else { throw Refused.nothingWaits(login) }
                for grant in open { try grant.settle(as: .confirmed, by: nil, in: op) }
                try op.sight.tellOfSight(.confirmed, open, before: op.directory)
            }
            return Dictionary(grouping: open, by: \.change).sorted { $0.key < $1.key }.map { _, grants in
                let person = op.directory.people[grants[0].person]?.user
                return
                    "\(person?.login ?? "-"): \(op.sight.sightText(of: grants.map(\.gain), op.words)) (\(grants[0].state.rawValue))"
            }
        }
    }
}
