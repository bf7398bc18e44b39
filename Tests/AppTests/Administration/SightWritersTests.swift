import Testing

@testable import Support

/// Whatever decides who sees confidential cases is written in known places only: those of pages are watched by
/// `guardSight`, the others are commands on the server. A new one has to be looked at before it stands here.
@Suite struct SightWritersTests {
    private static let known: [String: Set<String>] = [
        "memberships": [
            "App/Administration/PersonRecord.swift", "App/Demo/DemoOrganisation.swift",
            "App/Directory/InsertOrganisation.swift",
        ],
        "units": [
            "App/Administration/UnitRecord.swift", "App/Demo/DemoOrganisation.swift",
            "App/Directory/CreateMunicipality.swift", "App/Directory/InsertOrganisation.swift",
            "App/Import/ImportDirectory.swift",
        ],
        "users": [
            "App/Accounts/ChangeAccount.swift", "App/Accounts/LogIn.swift", "App/Administration/PersonRecord.swift",
            "App/Demo/DemoOrganisation.swift", "App/Directory/CreateMunicipality.swift",
            "App/Directory/InsertOrganisation.swift",
        ],
        "user_roles": [
            "App/Administration/PersonRecord.swift", "App/Demo/DemoOrganisation.swift",
            "App/Directory/CreateMunicipality.swift", "App/Directory/InsertOrganisation.swift",
        ],
        "roles": [
            "App/Administration/EditRole.swift", "App/Directory/CreateMunicipality.swift",
            "App/Directory/InsertOrganisation.swift",
        ],
        "sight_grants": ["App/Directory/SightGrant.swift"],
        "api_tokens": ["App/Administration/ManageTokens.swift", "App/Api/ApiToken.swift"],
    ]

    /// What makes a row of such a table, by the label of the call.
    private static let inserts = [
        "member": "memberships", "unit": "units", "user": "users", "holder": "user_roles", "role": "roles",
    ]

    @Test func nobodyElseWritesWhoSeesWhat() throws {
        var writers: [String: Set<String>] = [:]
        for file in try SourceFile.all(in: "") where !file.path.contains("/Migrations/") {
            for match in file.text.matches(of: /(?i)(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+"?([a-z_]+)/) {
                writers[String(match.1).lowercased(), default: []].insert(file.path)
            }
            for match in file.text.matches(of: #/[.\s]insert\(\s*([a-z]+): /#) {
                guard let table = Self.inserts[String(match.1)] else { continue }
                writers[table, default: []].insert(file.path)
            }
        }
        for (table, files) in Self.known {
            #expect(writers[table] == files, "\(table)")
        }
        #expect(writers.count > 20)
    }
}
