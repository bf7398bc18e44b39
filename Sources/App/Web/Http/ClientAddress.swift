import Adapters
import Domain
import NIOCore

/// From where a request came.
enum ClientAddress: Sendable, Hashable {
    /// A program on this machine sent it, and says of nobody that it asks for them.
    case here
    /// An address as the system writes it.
    case ip(String)

    /// The last hop is believed only when it is on this machine: that is the reverse proxy. One that tells no address is
    /// still a proxy, so that what comes through it is not from here.
    ///
    /// - Parameters:
    ///   - peer: who has the connection; nil for a socket of this machine.
    ///   - forwarded: the headers `X-Forwarded-For`.
    init(peer: String?, forwarded: [String]) {
        let peer = peer.map { Self.canonical($0) ?? $0 }
        if let peer, !Loopback.contains(peer) {
            self = .ip(peer)
        } else if let last = forwarded.last {
            let told = last.split(separator: ",", omittingEmptySubsequences: false).last.map(\.trimmed) ?? ""
            self = .ip(Self.canonical(told) ?? peer ?? "127.0.0.1")
        } else {
            self = .here
        }
    }

    /// Nil for what is no address. A socket that listens on `[::]` tells IPv4 addresses as `::ffff:192.0.2.1`.
    private static func canonical(_ text: String) -> String? {
        guard text.utf8.count <= 45 else { return nil }
        let mapping = "::ffff:"
        if text.lowercased().hasPrefix(mapping), text.contains(".") {
            return canonical(String(text.dropFirst(mapping.count)))
        }
        return (try? SocketAddress(ipAddress: text, port: 0))?.ipAddress
    }

    /// The network of a connection that comes from another machine; nil from this one, where it is a reverse proxy that
    /// has all connections.
    var networkFromElsewhere: String? {
        guard case .ip(let address) = self, !Loopback.contains(address) else { return nil }
        return network
    }

    /// How the network of `here` is stored.
    static let own = "local"

    /// What one household or office has: the address, or of IPv6 the first half, within which everybody can choose.
    /// People read it too, in the audit; `own` in their own words.
    var network: String {
        guard case .ip(let address) = self else { return Self.own }
        guard case .v6(let v6) = try? SocketAddress(ipAddress: address, port: 0) else { return address }
        let groups = withUnsafeBytes(of: v6.address.sin6_addr) { bytes in
            stride(from: 0, to: 8, by: 2).map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }
        }
        return groups.joined(separator: ":") + "::/64"
    }
}
