import Domain

/// `Content-Encoding` of a request: Torg reads bodies as they are. What is packed small could unpack to anything.
enum ContentCoding {
    static func isCoded(_ values: [String]) -> Bool {
        values.contains { value in
            value.split(separator: ",").contains { !["", "identity"].contains($0.trimmed.lowercased()) }
        }
    }
}
