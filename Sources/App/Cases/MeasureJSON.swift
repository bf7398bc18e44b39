import Domain

/// A measure in the API.
struct MeasureJSON: Encodable {
    var id: ID<Measure>
    var kind: Measure.Kind
    var what: String
    var who: String
    @OrNull var dueAt: Instant?
    @OrNull var doneAt: Instant?

    enum CodingKeys: String, CodingKey {
        case id, kind, what, who
        case dueAt = "due_at"
        case doneAt = "done_at"
    }

    init(_ measure: Measure) {
        id = measure.id
        kind = measure.kind
        what = measure.what
        who = measure.who
        dueAt = measure.dueAt
        doneAt = measure.doneAt
    }
}
