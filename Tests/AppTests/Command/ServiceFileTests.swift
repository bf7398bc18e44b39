import Foundation
import Testing

/// The unit file that docs/operations.md tells operators to install.
@Suite struct ServiceFileTests {
    private static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private static func lines(_ path: String) throws -> [Substring] {
        try String(contentsOf: root.appending(path: path), encoding: .utf8).split(separator: "\n")
    }

    @Test(arguments: [
        "UMask=0077", "StateDirectory=torg", "StateDirectoryMode=0700", "NoNewPrivileges=yes", "CapabilityBoundingSet=",
        "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes", "PrivateDevices=yes", "MemoryDenyWriteExecute=yes",
        "RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX", "SystemCallFilter=@system-service",
    ])
    func theServiceMayDoNoMoreThanItMust(_ line: String) throws {
        #expect(try Self.lines("packaging/torg.service").contains(line[...]))
    }

    @Test func itMayHaveAFileForEachConnection() throws {
        let limit = try Self.lines("packaging/torg.service").firstMatch("LimitNOFILE=")
        #expect(try #require(limit.flatMap(Int.init)) >= 4_096)
    }

    @Test func theInstructionsNameTheFile() throws {
        #expect(try Self.lines("docs/operations.md").contains { $0.contains("packaging/torg.service") })
    }
}

extension [Substring] {
    fileprivate func firstMatch(_ start: String) -> String? {
        first { $0.hasPrefix(start) }.map { String($0.dropFirst(start.count)) }
    }
}
