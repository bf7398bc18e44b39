import Domain
import Foundation

/// What the columns of another system's export mean: read from a YAML file, see docs/import.md.
public struct RequestMapping: Sendable {
    /// Names the other system. With the reference it tells what has been imported before.
    var source: String
    var delimiter: UInt8
    var encoding: TextEncoding
    var dates: Dates

    var reference: String
    var created: String
    var updated: String?
    var closed: Closed?

    var title: RowTemplate
    var text: RowTemplate
    var channel: Values<Contact.Channel>
    /// The names of a new category, by language code; `""` for the municipality's own language.
    var category: Values<[String: String]>?
    var unit: Values<String>?
    /// Logins.
    var performer: Values<String>?
    var state: Values<State>
    var place: Place?
    var person: Person?
    /// A column and the values whose rows are not wanted.
    var leaveOut: [(column: String, values: Set<String>)]

    /// Every column that is named, with the line in the mapping, so that a wrong name is told before anything is read.
    var columns: [(name: String, line: Int?)]

    struct Dates: Sendable {
        /// nil for ISO 8601 with an offset.
        var pattern: DatePattern?
        /// nil for the municipality's.
        var timeZone: TimeZone?
        /// Midnight says that only the day is known.
        var midnightIsDay: Bool
    }

    struct Closed: Sendable {
        var column: String
        /// Taken when the column is empty or says that it was closed before it came in.
        var otherwise: String?
    }

    /// What the values of a column mean.
    struct Values<Value: Sendable>: Sendable {
        /// nil when every row has the same.
        var column: String?
        var known: [String: Value]
        /// For a value that is not listed; without one such a row is set aside.
        var otherwise: Value?
    }

    enum State: Sendable {
        case new, passedOn, underway
        case closed(End)
    }

    struct End: Sendable {
        var outcome: Outcome
        var answer: RowTemplate
        var reason: RowTemplate?
        var authority: RowTemplate?
        var measure: Measure?
    }

    /// What was done, where the other system tells so.
    struct Measure: Sendable {
        var what: RowTemplate
        var who: RowTemplate
        /// The column with the day on which it was done.
        var done: String
        /// The reason for closing without a measure, when that column is empty.
        var reasonWithout: RowTemplate?
    }

    struct Place: Sendable {
        var address: String?
        var latitude: String?
        var longitude: String?
    }

    struct Person: Sendable {
        var name: String?
        var email: String?
        var phone: String?
    }
}
