import Domain

/// How a class stands: what holds, what will, and what was erased last.
struct RetentionState: Sendable {
    let kept: RetentionClass
    let now: RetentionRule?
    let pending: RetentionRule?
    let last: (at: Instant, count: Int)?

    init(of kept: RetentionClass, in op: Operation) throws {
        self.kept = kept
        now = try op.retention.rule(of: kept)
        pending = try op.retention.pendingRule(of: kept)
        last = try op.retention.lastErasure(of: kept)
    }

    /// What the form shows: what will hold, where something will.
    var months: Int? { pending == nil ? now?.months : pending?.months }

    static func values(_ states: [RetentionState]) -> FieldValues {
        .retention(
            Dictionary(
                states.compactMap { state in state.months.map { (state.kept, $0) } },
                uniquingKeysWith: { first, _ in first }))
    }

    /// Each class has a field of its own; what it is called stands above it, and again where an error is told away from it.
    static func fields(_ words: Words, _ input: FormInput) -> FormFields {
        var fields = FormFields(words: words, form: "retention", input: input)
        for kept in RetentionClass.allCases {
            fields.labels[kept.field] = words("retention.months", ["what": words(kept.label)])
            fields.hints[kept.field] = words(
                kept.months.lowerBound > 1 ? "retention.months.least" : "retention.months.hint",
                ["proposed": "\(kept.proposedMonths)", "min": "\(kept.months.lowerBound)"])
        }
        return fields
    }

    func section(_ fields: FormFields, in op: Operation) -> FormSection {
        let words = op.words
        return FormSection(
            legend: words(kept.label), hint: words(kept.label + ".about"),
            quotes: [
                Preview(
                    heading: words("retention.now"),
                    text: sentences(words, Times(op.directory.calendar, words, op.now), op).joined(separator: "\n"))
            ],
            fields: [fields.line(kept.field, value: months.map(String.init) ?? "").conditional])
    }

    private func sentences(_ words: Words, _ times: Times, _ op: Operation) -> [String] {
        var told = [now.map { said($0, words) } ?? words("retention.now.never")]
        if let pending {
            let day = times.day(op.retention.startOfDay(pending.from))
            told.append(words("retention.pending", ["day": day, "rule": said(pending, words)]))
        }
        if let last {
            let values = ["when": times.dayAndTime(last.at), "number": words.grouped(last.count)]
            told.append(words(last.count == 0 ? "retention.last.nothing" : "retention.last", values))
        } else if now?.months != nil {
            told.append(words("retention.last.never"))
        }
        return told
    }

    /// "Erased after 12 months, as decided by the council (KS 2027/12)."
    private func said(_ rule: RetentionRule, _ words: Words) -> String {
        let values = ["by": rule.decidedBy, "decision": rule.decision]
        guard let months = rule.months else { return words("retention.rule.kept", values) }
        return words.count("retention.rule", months, values)
    }

    /// Takes back what does not hold yet; nil where there is nothing.
    func undoing(in op: Operation) -> ActionForm? {
        guard pending != nil else { return nil }
        return ActionForm(
            id: "undo-" + kept.rawValue, title: op.words("retention.undo", ["what": op.words(kept.label)]),
            url: op.paths(.adminRetentionUndo),
            hidden: [HiddenValue(name: "class", value: kept.rawValue)], submit: "")
    }
}

extension FormField {
    /// Its hint says when it is needed.
    var conditional: FormField {
        var field = self
        field.isConditional = true
        return field
    }
}
