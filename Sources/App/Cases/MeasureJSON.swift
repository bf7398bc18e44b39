import Domain

/// A measure in the API.
struct MeasureJSON: Encodable {
    var id: ID<Measure>
    var kind: Measure.Kind
    /// Null, like the next, when they were erased with the case.
    @OrNull var what: String?
    @OrNull var who: String?
    @OrNull var dueAt: Instant?
    @OrNull var doneAt: Instant?

    enum CodingKeys: String, CodingKey {
        case id, kind, what, who
        case dueAt = "due_at"
        case doneAt = "done_at"
    }

    init(_ measure: Measure, isErased: Bool = false) {
        id = measure.id
        kind = measure.kind
        what = isErased ? nil : measure.what
        who = isErased ? nil : measure.who
        dueAt = measure.dueAt
        doneAt = measure.doneAt
    }
}
