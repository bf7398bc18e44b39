/// How near a deadline is. The raw value is the style's name.
enum DueKind: String, Sendable {
    /// Past.
    case late
    /// Today or the next working day.
    case soon
    case ok
    /// Parked, or waiting for the citizen.
    case wait
    /// No deadline, because it is closed.
    case none
}
