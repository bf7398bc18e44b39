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

    /// Whom to call when life, health or the environment is in danger: 112, in Norway for each service its own
    /// (fire 110, police 112, ambulance 113).
    public var emergencyNumbers: [String] {
        switch self {
        case .sweden, .denmark: ["112"]
        case .norway: ["110", "112", "113"]
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
