@testable import App

extension TestTorg {
    /// What `login` was writing when the session ended, as the login page carries it.
    public func kept(_ form: String, by login: String) async throws -> String {
        try await read { op in
            let secret = op.installation.secret
            let token = FormToken.make(for: "a session", by: self.id(login), at: op.now, secret: secret)
            let values = URLEncoded.parse(form) ?? [:]
            return try KeptForm(of: values).sealed(by: token, of: op.tenant, secret: secret)
        }
    }
}
