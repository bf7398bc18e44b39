import Foundation

/// A Swift file of Torg, for tests that look at who writes or calls what.
struct SourceFile {
    /// Within the folder that was walked: `Cases/CloseCase.swift`.
    let path: String
    let text: String

    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// All below a folder of `Sources`, the folder's own name aside.
    static func all(in folder: String = "App") throws -> [SourceFile] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources/\(folder)")
            .standardizedFileURL
        let paths = try FileManager.default.subpathsOfDirectory(atPath: root.path(percentEncoded: false))
        return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
            SourceFile(path: path, text: try String(contentsOf: root.appending(path: path), encoding: .utf8))
        }
    }
}
