import Database
import Domain

/// Makes a token by which a program acts as a user of the API.
public struct CreateToken: Sendable {
    public var municipality: String
    public var login: String
    /// What the program is called, to know its token by later; 100 characters at most are kept.
    public var name: String?

    public init(municipality: String, login: String, name: String? = nil) {
        self.municipality = municipality
        self.login = login
        self.name = name
    }

    /// Why there is no token.
    public enum Refused: Error, CustomStringConvertible {
        case noSuchMunicipality(String)
        /// Nobody has the login, or the account is closed.
        case noSuchUser(String)

        public var description: String {
            switch self {
            case .noSuchMunicipality(let name): "there is no municipality \(name)"
            case .noSuchUser(let login): "nobody with the login \(login) has an open account"
            }
        }
    }

    /// The token: only its hash is stored, so it is not to be had again. Throws `Refused`.
    public func perform(in installation: Installation) async throws -> String {
        guard let id = try await installation.directories.find(municipality, in: installation.database) else {
            throw Refused.noSuchMunicipality(municipality)
        }
        return try await installation.write(id, as: { _, _, _ in .system }) { op in
            guard let user = op.directory.account(login) else { throw Refused.noSuchUser(login) }
            try op.audit(.tokenMade, user.name)
            return try ApiToken.create(
                for: user.id, name: name.map { String($0.prefix(ApiToken.longestName)) }, in: op)
        }
    }
}
