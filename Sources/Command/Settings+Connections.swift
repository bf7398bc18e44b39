import App
import Logging
import NIOCore

extension Settings {
    /// The limits of connections: the settings TORG_CONNECTIONS, TORG_CONNECTIONS_OF_NETWORK, TORG_HEAD_SECONDS,
    /// TORG_BODY_SECONDS, TORG_ANSWER_SECONDS and TORG_IDLE_SECONDS.
    ///
    /// - Parameter text: a setting by its name; nil when it is not there.
    static func connections(_ text: (String) async throws -> String?) async throws -> ConnectionLimits {
        func number(_ name: String, _ range: ClosedRange<Int>) async throws -> Int? {
            guard let given = try await text(name) else { return nil }
            guard let number = Int(given), range ~= number else {
                throw Failure.configuration(
                    "TORG_\(name.uppercased()) must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            }
            return number
        }
        func seconds(_ name: String) async throws -> TimeAmount? {
            try await number(name, 1...3600).map { .seconds(Int64($0)) }
        }
        var limits = ConnectionLimits()
        if let connections = try await number("connections", 1...1_000_000) { limits.connections = connections }
        limits.connectionsOfNetwork = try await number("connections_of_network", 1...1_000_000)
        if let time = try await seconds("head_seconds") { limits.head = time }
        if let time = try await seconds("body_seconds") { (limits.body, limits.wholeBody) = (time, time * 6) }
        if let time = try await seconds("answer_seconds") { limits.answer = time }
        if let time = try await seconds("idle_seconds") { limits.idle = time }
        return limits
    }

    /// No more connections than there can be: each takes a file.
    func limits(openFiles: Int) -> ConnectionLimits {
        var limits = connections
        let most = max(openFiles - OpenFiles.ownUse, openFiles / 2)
        guard limits.connections > most else { return limits }
        Logger(label: "torg").warning(
            "fewer connections than are set: the process may have too few files open (LimitNOFILE)",
            metadata: ["set": "\(limits.connections)", "possible": "\(most)"])
        limits.connections = most
        return limits
    }
}
