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
    /// Done before the case was opened again: it did not help, or not for good.
    public var isSpent: Bool

    public init(
        id: ID<Measure>, kind: Kind, what: String, who: String, dueAt: Instant? = nil, doneAt: Instant? = nil,
        isSpent: Bool = false
    ) {
        self.id = id
        self.kind = kind
        self.what = what
        self.who = who
        self.dueAt = dueAt
        self.doneAt = doneAt
        self.isSpent = isSpent
    }
}

extension Case {
    /// - Parameter measures: those that it has already.
    public mutating func add(_ measure: Measure, to measures: [Measure]) throws(CaseRefusal) -> CaseEvent {
        try step(.addMeasure)
        watch(measures + [measure])
        return event(.measureAdded(.init(measure)))
    }

    /// - Parameter measures: all that it has, with this one.
    public mutating func finish(
        _ measure: inout Measure, of measures: [Measure], at done: Instant
    ) throws(CaseRefusal) -> CaseEvent {
        if measure.doneAt != nil { throw .measureAlreadyDone }
        try step(.finishMeasure)
        measure.doneAt = done
        let id = measure.id
        watch(measures.filter { $0.id != id })
        return event(.measureDone(.init(measure)))
    }

    /// The days that are watched: of all that is still to be done (R5.8).
    private mutating func watch(_ measures: [Measure]) {
        measuresDue = Set(measures.filter { $0.doneAt == nil }.compactMap(\.dueAt)).sorted()
    }
}

extension CaseFact.MeasureTold {
    init(_ measure: Measure) {
        self.init(
            measure: measure.id, kind: measure.kind, what: measure.what, who: measure.who,
            until: measure.doneAt ?? measure.dueAt)
    }
}
