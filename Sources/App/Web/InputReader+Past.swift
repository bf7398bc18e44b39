import Domain

extension InputReader {
    /// When something was done: an instant, or a day, where today means now. Not ahead, but for clocks that differ a
    /// little.
    mutating func past(_ field: String, in op: Operation, required: Bool = false) -> Instant? {
        let instant = instant(field, in: op.directory.calendar, plainDay: .past(op.now), required: required)
        if let instant, instant > op.now.adding(minutes: 5) { fail(field, "in_future") }
        return instant
    }
}
