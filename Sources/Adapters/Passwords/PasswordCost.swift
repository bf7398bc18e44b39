/// What hashing one password costs.
public struct PasswordCost: Sendable, Equatable {
    /// Memory in KiB, at least 8 for each lane.
    public var memory: UInt32
    /// Passes over the memory, at least 1.
    public var passes: UInt32
    /// Lanes that could be computed side by side, at least 1.
    public var lanes: UInt32

    public init(memory: UInt32, passes: UInt32, lanes: UInt32) {
        self.memory = memory
        self.passes = passes
        self.lanes = lanes
    }

    /// 19 MiB, 2 passes, 1 lane: the OWASP Password Storage Cheat Sheet's setting for Argon2id.
    public static let owasp = PasswordCost(memory: 19 * 1024, passes: 2, lanes: 1)

    /// The cost written in an encoded Argon2id hash of version 1.3, nil when it is not one.
    init?(ofHash encoded: String) {
        // A C string ends at the first NUL: what stands after it must not be taken for part of the hash.
        guard encoded.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return nil }
        let parts = encoded.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0].isEmpty, parts[1] == "argon2id", parts[2] == "v=19",
            !parts[4].isEmpty, !parts[5].isEmpty
        else { return nil }
        let settings = parts[3].split(separator: ",", omittingEmptySubsequences: false)
        guard settings.count == 3,
            settings[0].hasPrefix("m="), let memory = UInt32(settings[0].dropFirst(2)),
            settings[1].hasPrefix("t="), let passes = UInt32(settings[1].dropFirst(2)),
            settings[2].hasPrefix("p="), let lanes = UInt32(settings[2].dropFirst(2))
        else { return nil }
        self.init(memory: memory, passes: passes, lanes: lanes)
    }

    /// At most 1 GiB, 64 passes and 16 lanes: a damaged row must not be able to bring the process down.
    var isAffordable: Bool { memory <= 1 << 20 && passes <= 64 && lanes <= 16 }
}
