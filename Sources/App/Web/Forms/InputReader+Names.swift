import Domain

/// Fields that name something: one of a few, something that is stored, a case.
extension InputReader {
    mutating func choice<Choice: RawRepresentable<String>>(
        _ field: String, _: Choice.Type = Choice.self, required: Bool = false
    ) -> Choice? {
        guard let text = name(field, required: required) else { return nil }
        guard let choice = Choice(rawValue: text) else {
            fail(field, "unknown")
            return nil
        }
        return choice
    }

    /// One that names something. A form sends its empty first choice for nothing; a program that sends an empty name
    /// means something, and nobody can tell what.
    private mutating func name(_ field: String, required: Bool) -> String? {
        let before = errors.count
        let name = line(field, max: 100, required: required)
        if name == nil, errors.count == before, source == .json, case .text = values[field] { fail(field, "unknown") }
        return name
    }

    mutating func id<Entity>(_ field: String, of _: Entity.Type = Entity.self, required: Bool = false) -> ID<Entity>? {
        guard let text = name(field, required: required) else { return nil }
        guard let id = ID<Entity>(text: text) else {
            fail(field, "unknown")
            return nil
        }
        return id
    }

    /// The id of one that there is, in use or not: a filter by what never was would find nothing without a word.
    mutating func id<Entity, Known>(_ field: String, among known: Dictionary<ID<Entity>, Known>.Keys) -> ID<Entity>? {
        guard let id = id(field, of: Entity.self) else { return nil }
        guard known.contains(id) else {
            fail(field, "unknown")
            return nil
        }
        return id
    }

    /// A number, alone or among other words, as in the subject of a mail.
    ///
    /// - Parameter year: in which a number lies that is written without one, or in the year before it.
    mutating func caseNumber(_ field: String, year: Int, required: Bool = false) -> CaseNumber? {
        guard let text = line(field, max: 300, required: required) else { return nil }
        guard let number = CaseNumber(typed: text, year: year) else {
            fail(field, "invalid_case_number")
            return nil
        }
        return number
    }
}
