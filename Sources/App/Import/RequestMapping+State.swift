import Domain

extension RequestMapping {
    private enum Name: String, CaseIterable { case new, passedOn, underway, closed }

    /// What a value of the state's column means: the name of a state, or an end with its answer.
    static func state(_ value: String, in reader: MappingReader, _ columns: inout ColumnNames) -> State? {
        if reader.isText(value) {
            switch reader.choice(value, of: Name.self) {
            case .new: return .new
            case .passedOn: return .passedOn
            case .underway: return .underway
            case .closed:
                reader.fail(value, "a closed case needs an outcome and an answer below it")
                return nil
            case nil: return nil
            }
        }
        return reader.part(value) { part in end(part, &columns).map(State.closed) }
    }

    private static func end(_ reader: MappingReader, _ columns: inout ColumnNames) -> End? {
        let outcome = reader.choice("closed", of: Outcome.self, required: true)
        let answer = columns.template("answer", in: reader, required: true)
        let reason = columns.template("reason", in: reader, required: outcome == .noAction)
        let authority = columns.template("authority", in: reader, required: outcome == .forwarded)
        let measure = reader.part("measure", required: outcome == .measuresTaken) { part in
            let what = columns.template("what", in: part, required: true)
            let who = columns.template("who", in: part, required: true)
            let done = columns.name("done", in: part, required: true)
            let without = columns.template("reason_without", in: part)
            return what.flatMap { what in
                who.flatMap { who in
                    done.map { Measure(what: what, who: who, done: $0, reasonWithout: without) }
                }
            }
        }
        guard let outcome, let answer else { return nil }
        return End(outcome: outcome, answer: answer, reason: reason, authority: authority, measure: measure)
    }
}

/// Gathers the columns that a mapping names, with their lines.
struct ColumnNames {
    var all: [(name: String, line: Int?)] = []

    mutating func name(_ field: String, in reader: MappingReader, required: Bool = false) -> String? {
        guard let name = reader.text(field, required: required) else { return nil }
        all.append((name, reader.line(of: field)))
        return name
    }

    mutating func template(_ field: String, in reader: MappingReader, required: Bool = false) -> RowTemplate? {
        guard let text = reader.text(field, required: required, max: 4_000) else { return nil }
        let template = RowTemplate(text)
        for name in template.names where !RowTemplate.days.contains(name) {
            all.append((name, reader.line(of: field)))
        }
        return template
    }

    /// The part with `column`, `values` and `otherwise`.
    ///
    /// - Parameter isOpen: values that are not listed stand for themselves.
    mutating func values<Value>(
        _ reader: MappingReader, isOpen: Bool = false, _ read: (MappingReader, String) -> Value?
    ) -> RequestMapping.Values<Value>? {
        let column = name("column", in: reader)
        let known = reader.part("values") { part in
            part.names.reduce(into: [String: Value]()) { $0[$1] = read(part, $1) }
        }
        let otherwise = reader.has("otherwise") ? read(reader, "otherwise") : nil
        if column == nil && otherwise == nil { reader.fail("column", "is missing; or name what all have as otherwise") }
        if column != nil && known == nil && otherwise == nil && !isOpen { reader.fail("values", "is missing") }
        return RequestMapping.Values(column: column, known: known ?? [:], otherwise: otherwise)
    }
}
