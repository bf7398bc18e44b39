import Foundation
import Testing

/// Whatever decides who sees confidential cases is written in known places only: those of pages are watched by
/// `guardSight`, the others are commands on the server. A new one has to be looked at before it stands here.
@Suite struct SightWritersTests {
    private static let known: [String: Set<String>] = [
        "memberships": ["App/Administration/PersonRecord.swift", "App/Demo/DemoOrganisation.swift"],
        "units": [
            "App/Administration/UnitRecord.swift", "App/Demo/DemoOrganisation.swift",
            "App/Directory/CreateMunicipality.swift",
            "App/Import/ImportDirectory.swift",
        ],
        "users": [
            "App/Accounts/ChangeAccount.swift", "App/Accounts/LogIn.swift", "App/Administration/PersonRecord.swift",
            "App/Demo/DemoOrganisation.swift", "App/Directory/CreateMunicipality.swift",
        ],
        "user_roles": [
            "App/Administration/PersonRecord.swift", "App/Demo/DemoOrganisation.swift",
            "App/Directory/CreateMunicipality.swift",
        ],
        "roles": ["App/Administration/EditRole.swift", "App/Directory/CreateMunicipality.swift"],
        "sight_grants": ["App/Directory/SightGrant.swift"],
        "api_tokens": ["App/Administration/ManageTokens.swift", "App/Api/ApiToken.swift"],
    ]

    private static func sources() throws -> [(name: String, text: String)] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../../Sources")
            .standardizedFileURL
        let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        var found: [(name: String, text: String)] = []
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift", !file.path.contains("/Migrations/") else { continue }
            found.append(
                (
                    String(file.path.dropFirst(root.path.count)).trimmingPrefix("/").description,
                    try String(contentsOf: file, encoding: .utf8)
                ))
        }
        return found
    }

    @Test func nobodyElseWritesWhoSeesWhat() throws {
        var writers: [String: Set<String>] = [:]
        for (name, text) in try Self.sources() {
            for match in text.matches(of: /(?i)(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+"?([a-z_]+)/) {
                writers[String(match.1).lowercased(), default: []].insert(name)
            }
        }
        for (table, files) in Self.known {
            #expect(writers[table] == files, "\(table)")
        }
        #expect(writers.count > 20)
    }
}
