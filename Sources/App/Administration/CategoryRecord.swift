import Database
import Domain

/// What the form of a category holds.
struct CategoryRecord: Sendable {
    var category: Category

    var values: FieldValues {
        var values: [String: String?] = [
            "admin.category.unit": category.unit?.description,
            "admin.category.words": category.words.joined(separator: " "),
            "admin.category.emergency": category.emergencyNumber,
        ]
        for language in Catalogues.languages {
            values["admin.category.name_" + language] = category.names[language]
            values["admin.category.notice_" + language] = category.notices[language]
        }
        values.merge(TargetFields.values(of: category.targets, in: "admin.category")) { own, _ in own }
        return FieldValues(
            values,
            flags: [
                "admin.category.passes_directly": category.passesDirectly,
                "admin.category.acute": category.isAcute,
                "admin.category.confidential": category.isConfidential,
                "admin.category.must_be_answered": category.mustBeAnswered,
                "admin.category.complaint": category.isComplaint,
                "admin.category.public": category.isPublic,
                "admin.category.active": category.isActive,
            ])
    }

    init(_ category: Category) { self.category = category }

    /// Reads what was sent. What is wrong is gathered in the reader.
    init(_ input: inout InputReader, of id: ID<Category>, present: Category?, in op: Operation) {
        category = Category(id: id, names: [:])
        let own = op.municipality.language
        for language in Catalogues.languages {
            category.names[language] = input.line("name_" + language, max: 100, required: language == own)
            category.notices[language] = input.text("notice_" + language, max: 1_000)
            // A notice is stored with the name of its language.
            if category.notices[language] != nil, category.names[language] == nil, language != own {
                input.fail("name_" + language, "required")
            }
        }
        category.unit = input.id("unit")
        if let unit = category.unit, !(op.directory.units[unit]?.isActive ?? false), unit != present?.unit {
            input.fail("unit", "unknown")
        }
        category.passesDirectly = input.flag("passes_directly")
        if category.passesDirectly, category.unit == nil { input.fail("unit", "unit_to_pass_to") }
        category.words = Self.words(input.text("words", max: 1_000) ?? "")
        category.isAcute = input.flag("acute")
        category.emergencyNumber = input.line("emergency", max: 20)
        if let number = category.emergencyNumber, !EmergencyCall.isNumber(number) {
            input.fail("emergency", "invalid_phone")
        }
        category.isConfidential = input.flag("confidential")
        category.mustBeAnswered = input.flag("must_be_answered")
        category.isComplaint = input.flag("complaint")
        category.isPublic = input.flag("public")
        category.isActive = input.flag("active")
        category.targets = TargetFields.read(&input)
    }

    /// Single words, each once, lower case, in the order they were written.
    static func words(_ text: String) -> [String] {
        text.lowercased().split { $0.isWhitespace || $0 == "," || $0 == ";" }.map(String.init)
            .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    func save(isNew: Bool, in op: Operation) throws {
        let (tx, id) = (op.tx, category.id)
        if isNew { return try tx.insert(category: category, of: op.tenant) }
        try tx.run(
            """
            UPDATE categories SET unit_id = \(category.unit), passes_directly = \(category.passesDirectly),
                words = \(category.words.joined(separator: " ")), is_acute = \(category.isAcute),
                emergency_number = \(category.emergencyNumber),
                is_confidential = \(category.isConfidential),
                must_be_answered = \(category.mustBeAnswered), is_complaint = \(category.isComplaint),
                is_public = \(category.isPublic),
                is_active = \(category.isActive), acknowledge_days = \(category.targets.acknowledge),
                feedback_days = \(category.targets.feedback),
                feedback_holiday_days = \(category.targets.feedbackInHolidayPeriod),
                close_days = \(category.targets.close)
            WHERE municipality = \(op.tenant) AND id = \(id)
            """)
        try tx.run("DELETE FROM category_names WHERE municipality = \(op.tenant) AND category_id = \(id)")
        try tx.insert(namesOf: category, of: op.tenant)
    }
}
