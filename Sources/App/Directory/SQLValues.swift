import Database
import Domain

// How the values of the domain are stored.

extension ID: SQLConvertible {
    public var sqlValue: SQLValue { .integer(rawValue) }
    public init?(sqlValue: SQLValue) {
        guard case .integer(let value) = sqlValue else { return nil }
        self.init(value)
    }
}

extension Instant: SQLConvertible {
    public var sqlValue: SQLValue { .integer(milliseconds) }
    public init?(sqlValue: SQLValue) {
        guard case .integer(let value) = sqlValue else { return nil }
        self.init(milliseconds: value)
    }
}

extension CivilDay: SQLConvertible {
    public var sqlValue: SQLValue { .text(iso) }
    public init?(sqlValue: SQLValue) {
        guard case .text(let text) = sqlValue else { return nil }
        self.init(iso: text)
    }
}

extension CaseState: SQLConvertible {}
extension CaseEvent.Kind: SQLConvertible {}
extension CaseFact.Message.Medium: SQLConvertible {}
extension Contact.Channel: SQLConvertible {}
extension Contact.Direction: SQLConvertible {}
extension Country: SQLConvertible {}
extension DeadlineKind: SQLConvertible {}
extension TellingWay: SQLConvertible {}
extension FirstAnswer: SQLConvertible {}
extension Measure.Kind: SQLConvertible {}
extension Outcome: SQLConvertible {}
extension Reminder.Step: SQLConvertible {}

extension SQL.StringInterpolation {
    /// Binds the municipality and marks the statement as its own.
    mutating func appendInterpolation(_ municipality: ID<Municipality>) {
        appendInterpolation(tenant: municipality.rawValue)
    }
}
