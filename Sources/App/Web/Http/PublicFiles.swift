import Foundation
import HTTPTypes

/// Style sheet, script and pictures: read once at start, served from memory. Only what was read then can be asked for,
/// so no address leads out of the folder.
struct PublicFiles: Sendable {
    private struct File: Sendable {
        var data: Data
        var type: String
        var tag: String
    }

    private let files: [String: File]
    /// The version in the addresses of these files; it changes whenever any file does.
    private let version: String

    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
        "png": "image/png", "ico": "image/x-icon", "txt": "text/plain; charset=utf-8", "woff2": "font/woff2",
    ]

    init(directory: URL) throws {
        version = try TemplateFiles.version(of: directory)
        var files: [String: File] = [:]
        let urls = try FileManager.default.contentsOfDirectory(
            at: directory.resolvingSymlinksInPath(), includingPropertiesForKeys: nil)
        for url in urls {
            let data = try Data(contentsOf: url)
            let type = Self.types[url.pathExtension] ?? "application/octet-stream"
            let tag = "\"" + Secret.hash(data).prefix(16) + "\""
            files[url.lastPathComponent] = File(data: data, type: type, tag: tag)
        }
        self.files = files
    }

    private func answer(_ name: String, to visit: Visit) throws -> Reply {
        guard let file = files[name] else { throw Refusal.notFound }
        // The version is part of the address in the pages, so what stands there never changes.
        let lasts = visit.queried("v") == version
        let headers: [HTTPField.Name: String] = [
            .eTag: file.tag, .cacheControl: lasts ? "public, max-age=31536000, immutable" : "no-cache",
        ]
        if visit.headers[.ifNoneMatch] == file.tag {
            return Reply(status: .notModified, body: .none, headers: headers)
        }
        return Reply(status: .ok, body: .data(file.data, type: file.type), headers: headers)
    }

    static let routes: [Route] = [
        Route(.get, "/public/:file") { visit, installation in
            try installation.publicFiles.answer(try visit.parameter("file"), to: visit)
        },
        // For browsers that ask for it unbidden.
        Route(.get, "/favicon.ico") { visit, installation in
            try installation.publicFiles.answer("favicon.svg", to: visit)
        },
        Route(.get, "/robots.txt") { _, _ in .text(Route.robots) },
        .page(.accent, for: .citizens) { visit, op in
            guard let accent = Accent(op.municipality.accent) else { throw Refusal.notFound }
            var answer = Reply.text(accent.css, type: "text/css; charset=utf-8")
            answer.headers[.cacheControl] = "public, max-age=600"
            answer.isShared = true
            return answer
        },
    ]
}
