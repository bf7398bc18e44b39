import Foundation

/// The countries whose calendars Torg knows. Raw values are ISO 3166-1 codes.
public enum Country: String, CaseIterable, Sendable, Codable {
    case sweden = "SE"
    case norway = "NO"
    case denmark = "DK"

    public var timeZoneName: String {
        switch self {
        case .sweden: "Europe/Stockholm"
        case .norway: "Europe/Oslo"
        case .denmark: "Europe/Copenhagen"
        }
    }

    public var timeZone: TimeZone {
        guard let zone = TimeZone(identifier: timeZoneName) else {
            // Going on in another zone would make every deadline silently wrong.
            preconditionFailure("this machine has no time zone data for \(timeZoneName)")
        }
        return zone
    }
}
