import Foundation

/// The 64-bit id of one `Entity`: 41 bits of milliseconds since `IDSequence.epoch`, 10 bits of node, 12 bits of
/// sequence.
///
/// Ids sort by the time they were made. In JSON an id is a string, because not every reader keeps 64 bits.
public struct ID<Entity>: Hashable, Comparable, Sendable {
    public let rawValue: Int64

    public init(_ rawValue: Int64) { self.rawValue = rawValue }

    /// Reads the decimal form; nil for anything but a positive 64-bit number as it is written here: no sign, no
    /// leading zero.
    public init?(text: some StringProtocol) {
        guard let number = Int64(text), number > 0, String(number) == text else { return nil }
        rawValue = number
    }

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

extension ID: CustomStringConvertible {
    public var description: String { String(rawValue) }
}

extension ID: Codable {
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let id = ID(text: text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not an id"))
        }
        self = id
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
