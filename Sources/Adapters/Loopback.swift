/// This machine, as the other end of a connection: what goes there leaves nothing to read on the way.
public enum Loopback {
    /// A name that only looks like it, such as `127.evil.example`, is a name like any other.
    ///
    /// - Parameter host: with or without the brackets of an IPv6 address.
    public static func contains(_ host: String) -> Bool {
        let host = host.lowercased()
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let isIPv4 = parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
        return host == "localhost" || host == "::1" || host == "[::1]" || (isIPv4 && parts[0] == "127")
    }
}
