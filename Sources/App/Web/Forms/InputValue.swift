/// A value in a form, a query or in JSON. Forms and queries hold only texts.
enum InputValue: Sendable, Hashable {
    case text(String)
    case number(Double)
    case flag(Bool)
    case object([String: InputValue])
    case list([InputValue])
    case null
}
