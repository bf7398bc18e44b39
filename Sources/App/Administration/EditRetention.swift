import Domain

/// `/{m}/admin/retention`: how long each class of what tells of people is kept, by whose decision; what would go, before
/// anything is saved; and what a change would erase can be taken back until it holds.
enum EditRetention {
    static let routes: [Route] = [
        .page(.adminRetention, for: .staff(.manageMunicipality), show),
        .form(.post, .adminRetention, for: .staff(.manageMunicipality), show: show, perform: save),
        .form(
            .post, .adminRetentionUndo, for: .staff(.manageMunicipality), form: "undo", show: show,
            perform: undo),
    ]

    static let show: PageHandler = { visit, op in
        let words = op.words
        // Of the other form only what is wrong with it.
        var input = visit.returnedForm == nil ? visit.form : FormInput()
        input.errors = visit.form.errors
        let states = try RetentionClass.allCases.map { try RetentionState(of: $0, in: op) }
        let fields = RetentionState.fields(words, input)
        var preview: Preview?
        if input.first("preview") != nil, input.errors.isEmpty {
            var reader = InputReader(form: input)
            let record = RetentionRecord(&reader)
            guard reader.errors.isEmpty else {
                return try show(returned(visit, reader.errors), op).with(.unprocessableContent)
            }
            preview = try record.preview(in: op)
        }
        return .page(
            FormPage(
                frame: try op.frame(visit, title: words("admin.retention")), summary: fields.summary,
                back: op.administration.administrationLink, heading: words("admin.retention"),
                lead: words("retention.lead"),
                notes: [FormNote(text: words("retention.law")), FormNote(text: words("retention.never"))],
                url: op.paths(.adminRetention), version: RetentionState.values(states).version(on: visit),
                sections: states.map { $0.section(fields, in: op) } + [
                    FormSection(
                        legend: words("retention.decision.heading"), hint: words("retention.decision.about"),
                        fields: ["decided_by", "decision"].map { fields.line($0).conditional })
                ],
                submit: words("form.save"), look: words("retention.look"), preview: preview,
                actions: states.compactMap { $0.undoing(in: op) }))
    }

    private static func returned(_ visit: Visit, _ errors: [FieldError]) -> Visit {
        var visit = visit
        visit.form.errors = errors
        return visit
    }

    private static let save: PageHandler = { visit, op in
        if visit.form.first("preview") != nil { return try show(visit, op) }
        // So that two who save at once follow each other.
        let op = try op.organisation.changing()
        var input = InputReader(form: visit.form)
        let record = RetentionRecord(&input)
        let before = RetentionState.values(try RetentionClass.allCases.map { try RetentionState(of: $0, in: op) })
        let changed = before.changes(to: record.values)
        let decidedBy = input.line("decided_by", max: 200, required: !changed.isEmpty) ?? ""
        let decision = input.line("decision", max: 200, required: !changed.isEmpty) ?? ""
        try input.finish()
        try before.check(visit)
        if changed.isEmpty {
            // A decision is about something: it is not thrown away in silence.
            guard decidedBy.isEmpty, decision.isEmpty else { throw InputErrors(nil, "nothing_changed") }
            return .redirect(op.paths(.adminRetention))
        }
        for kept in RetentionClass.allCases where changed.contains(kept.label) {
            try op.retention.set(of: kept, months: record.months[kept], decidedBy: decidedBy, decision: decision)
            let months = [before, record.values].map { ($0.values[kept.label] ?? nil) ?? "–" }
            try op.audit(
                .retentionChanged, "\(months[0]) → \(months[1]) (\(decidedBy), \(decision))", fields: [kept.label])
        }
        return .redirect(op.paths(.adminRetention), flash: "retention_saved")
    }

    private static let undo: PageHandler = { visit, op in
        let op = try op.organisation.changing()
        var input = InputReader(form: visit.form)
        let kept: RetentionClass? = input.choice("class", required: true)
        try input.finish()
        // It holds already, or somebody else was here.
        guard let kept, let pending = try op.retention.pendingRule(of: kept), try op.retention.withdraw(of: kept) else {
            throw InputErrors(nil, "nothing_to_undo")
        }
        let months = pending.months.map(String.init) ?? "–"
        try op.audit(
            .retentionWithdrawn, "\(months) (\(pending.decidedBy), \(pending.decision))", fields: [kept.label])
        return .redirect(op.paths(.adminRetention), flash: "retention_undone")
    }
}

/// What the form holds.
struct RetentionRecord: Sendable {
    /// A class without is kept.
    private(set) var months: [RetentionClass: Int] = [:]

    init(_ input: inout InputReader) {
        for kept in RetentionClass.allCases {
            guard let text = input.line(kept.field, max: 20) else { continue }
            let range = kept.months
            if let number = Int(text), range.contains(number) {
                months[kept] = number
            } else {
                let (least, most) = ("\(range.lowerBound)", "\(range.upperBound)")
                input.fail(kept.field, "invalid_number", ["min": least, "max": most])
            }
        }
    }

    /// By the keys of what the audit tells.
    var values: FieldValues { .retention(months) }

    /// What would go if all of it held today; of what is confidential no more than that it is counted.
    func preview(in op: Operation) throws -> Preview {
        let words = op.words
        let times = Times(op.directory.calendar, words, op.now)
        let facts = try RetentionClass.allCases.map { kept in
            if kept == .reporters, let cases = months[.cases], cases <= months[kept] ?? cases {
                return Fact(term: words(kept.label), text: words("retention.preview.with_case"))
            }
            guard let months = months[kept] else {
                return Fact(term: words(kept.label), text: words("retention.preview.kept"))
            }
            let found = try op.retention.previewErasure(of: kept, months: months)
            guard let oldest = found.oldest else {
                return Fact(term: words(kept.label), text: words("retention.preview.nothing"))
            }
            let key = found.isMore ? "retention.preview.more" : "retention.preview.some"
            let values = ["number": words.grouped(found.count), "oldest": times.day(oldest)]
            return Fact(term: words(kept.label), text: words(key, values))
        }
        return Preview(
            heading: words("retention.preview.heading"), text: words("retention.preview.about"), facts: facts)
    }
}

extension FieldValues {
    static func retention(_ months: [RetentionClass: Int]) -> FieldValues {
        FieldValues(
            Dictionary(
                RetentionClass.allCases.map { ($0.label, months[$0].map(String.init)) },
                uniquingKeysWith: { first, _ in first }))
    }
}

extension RetentionClass {
    /// The key of what it is called.
    var label: String { "retention." + rawValue }
    /// In the form.
    var field: String { "months_" + rawValue }
}
