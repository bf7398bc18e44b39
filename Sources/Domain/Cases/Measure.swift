import Foundation

/// What is done about it: to mend (corrective), or so that it does not come back (preventive) (R5.2).
public struct Measure: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        case corrective, preventive
    }

    public let id: ID<Measure>
    public var kind: Kind
    public var what: String
    public var who: String
    /// The day by which it is to be done.
    public var dueAt: Instant?
    public var doneAt: Instant?

    public init(id: ID<Measure>, kind: Kind, what: String, who: String, dueAt: Instant? = nil, doneAt: Instant? = nil) {
        self.id = id
        self.kind = kind
        self.what = what
        self.who = who
        self.dueAt = dueAt
        self.doneAt = doneAt
    }
}

extension Case {
    public mutating func add(_ measure: Measure) throws(CaseRefusal) -> CaseEvent {
        try step(.addMeasure)
        return event(.measureAdded, describing(measure))
    }

    public mutating func finish(_ measure: inout Measure, at done: Instant) throws(CaseRefusal) -> CaseEvent {
        if measure.doneAt != nil { throw .measureAlreadyDone }
        try step(.finishMeasure)
        measure.doneAt = done
        return event(.measureDone, describing(measure))
    }

    private func describing(_ measure: Measure) -> (inout CaseEvent.Details) -> Void {
        {
            $0.measure = measure.id
            $0.measureKind = measure.kind
            $0.what = measure.what
            $0.who = measure.who
            $0.until = measure.doneAt ?? measure.dueAt
        }
    }
}
