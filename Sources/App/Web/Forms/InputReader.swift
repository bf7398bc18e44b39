import Domain
import Foundation

/// Reads the fields that a form or a JSON body carries, gathers what is wrong with them, and at the end throws it all
/// at once. Pages and the API validate with the same lines.
struct InputReader {
    private(set) var values: [String: InputValue]
    /// What stands before a nested field's name in an error, such as `questions[0].`.
    private let prefix: String
    /// What the values came from.
    let source: Source
    private(set) var errors: [FieldError] = []

    enum Source: Sendable, Hashable {
        /// A box that was not ticked is not sent; numbers and flags are texts.
        case form
        /// Of the API: a name without a value is a mistake, not a wish to see everything.
        case query
        /// A number is a number, not a text of digits.
        case json
    }

    /// Values as JSON carries them, unless told otherwise.
    init(_ values: [String: InputValue], prefix: String = "", from source: Source = .json) {
        self.values = values
        self.prefix = prefix
        self.source = source
    }

    init(form: FormInput) {
        self.init(form.values.compactMapValues { $0.first.map(InputValue.text) }, from: .form)
    }

    init(query: [String: [String]]) {
        self.init(query.compactMapValues { $0.first.map(InputValue.text) }, from: .query)
    }

    /// What is named in the address counts as a field of the body.
    mutating func add(_ parameters: [String: String]) {
        values.merge(parameters.mapValues(InputValue.text)) { $1 }
    }

    /// The first thing that is wrong with a field is the one that is said.
    mutating func fail(_ field: String, _ code: String, _ values: [String: String] = [:]) {
        guard !errors.contains(where: { $0.field == prefix + field }) else { return }
        errors.append(FieldError(field: prefix + field, code: code, values: values))
    }

    /// What was wrong with another part of the same form, which stands before this one.
    mutating func add(errorsOf other: InputReader) { errors = other.errors + errors }

    /// Throws what was wrong, if anything was.
    func finish() throws {
        if !errors.isEmpty { throw InputErrors(errors) }
    }

    func has(_ field: String) -> Bool {
        switch values[field] {
        case nil, .null: false
        default: true
        }
    }

    /// Text as it is stored (see `TypedText`); nil when missing or empty.
    mutating func text(_ field: String, max: Int, required: Bool = false) -> String? {
        text(field, max: max, required: required, inOneLine: false)
    }

    /// The same for what has one line: names, titles, addresses.
    mutating func line(_ field: String, max: Int, required: Bool = false) -> String? {
        text(field, max: max, required: required, inOneLine: true)
    }

    private mutating func text(_ field: String, max: Int, required: Bool, inOneLine: Bool) -> String? {
        let typed: String
        switch values[field] {
        case nil, .null: typed = ""
        case .text(let value): typed = value
        default:
            fail(field, "wrong_type")
            return nil
        }
        guard let text = try? TypedText.tidied(typed, inOneLine: inOneLine) else {
            fail(field, "invalid_character")
            return nil
        }
        if text.isEmpty {
            if required || (source == .query && has(field)) { fail(field, "required") }
            return nil
        }
        // Counting characters takes longer than all the rest, and no text has more of them than bytes.
        guard text.utf8.count <= max || (text.utf8.count <= max * 4 && text.count <= max) else {
            fail(field, "too_long", ["max": "\(max)", "length": "\(text.count)"])
            return nil
        }
        return text
    }

    /// A flag; in forms a box that was ticked.
    mutating func flag(_ field: String, default fallback: Bool = false) -> Bool {
        switch values[field] {
        case nil, .null: return fallback
        case .flag(let value): return value
        case .text where source == .json:
            fail(field, "wrong_type")
            return fallback
        case .text("on"), .text("true"), .text("1"), .text("yes"): return true
        case .text("off"), .text("false"), .text("0"), .text("no"), .text(""): return false
        default:
            fail(field, "wrong_type")
            return fallback
        }
    }

    mutating func email(_ field: String, required: Bool = false) -> EmailAddress? {
        guard let text = line(field, max: 254, required: required) else { return nil }
        guard let email = EmailAddress.typed(text) else {
            fail(field, "invalid_email")
            return nil
        }
        return email
    }

    mutating func phone(_ field: String) -> PhoneNumber? {
        guard let text = line(field, max: 100) else { return nil }
        guard let phone = PhoneNumber.typed(text) else {
            fail(field, "invalid_phone")
            return nil
        }
        return phone
    }

    /// Whoever wants text messages has to have a telephone that takes them.
    mutating func checkTexting(_ person: Person, phone field: String = "phone", in op: Operation) {
        // What is wrong with the number itself has been said.
        guard let fault = person.textingFault(in: op.municipality.country) else { return }
        fail(field, fault)
    }

    mutating func number(_ field: String, in range: ClosedRange<Double>, required: Bool = false) -> Double? {
        let number: Double?
        switch values[field] {
        case .number(let value): number = value
        case .text where source == .json:
            fail(field, "wrong_type")
            return nil
        case .text(let text) where !text.isBlank:
            // A NUL would end the number unseen.
            number = text.utf8.contains(0) ? nil : Double(text.trimmed.replacing(",", with: "."))
        case nil, .null, .text:
            if required || (source == .query && has(field)) { fail(field, "required") }
            return nil
        default:
            fail(field, "wrong_type")
            return nil
        }
        guard let number, range.contains(number) else {
            fail(field, number == nil ? "invalid_number" : "out_of_range")
            return nil
        }
        return number
    }

    mutating func wholeNumber(_ field: String, in range: ClosedRange<Int>) -> Int? {
        let bounds = Double(range.lowerBound)...Double(range.upperBound)
        guard let number = number(field, in: bounds) else { return nil }
        guard let whole = Int(exactly: number) else {
            fail(field, "invalid_number")
            return nil
        }
        return whole
    }

    /// A nested object, read by `body`; nil when missing.
    mutating func object<Value>(_ field: String, _ body: (inout InputReader) -> Value) -> Value? {
        switch values[field] {
        case nil, .null: return nil
        case .object(let object):
            var inner = InputReader(object, prefix: prefix + field + ".", from: source)
            let value = body(&inner)
            errors += inner.errors
            return value
        default:
            fail(field, "wrong_type")
            return nil
        }
    }

    /// The objects of a list, each read by `body`.
    mutating func list<Value>(
        _ field: String, max: Int, required: Bool = false, _ body: (inout InputReader) -> Value
    ) -> [Value] {
        guard has(field), values[field] != .list([]) else {
            if required { fail(field, "required") }
            return []
        }
        guard case .list(let items) = values[field] else {
            fail(field, "wrong_type")
            return []
        }
        if items.count > max { fail(field, "too_many", ["max": "\(max)"]) }
        var read: [Value] = []
        for (index, item) in items.prefix(max).enumerated() {
            guard case .object(let object) = item else {
                fail("\(field)[\(index)]", "wrong_type")
                continue
            }
            var inner = InputReader(object, prefix: "\(prefix)\(field)[\(index)].", from: source)
            read.append(body(&inner))
            errors += inner.errors
        }
        return read
    }
}
