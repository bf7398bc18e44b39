import Domain

/// `/{m}/admin/categories/new` and `/{m}/admin/categories/{id}`: adds a category, changes one.
enum EditCategory {
    static let routes: [Route] = [
        .page(.adminNewCategory, for: .staff(.manageCategories), showNew),
        .form(.post, .adminCategories, for: .staff(.manageCategories), show: showNew, perform: add),
        .page(.adminCategory, for: .staff(.manageCategories), show),
        .form(
            .post, .adminCategory, for: .staff(.manageCategories), show: show,
            perform: save),
    ]

    private static let showNew: PageHandler = { visit, op in .page(try page(visit, op, nil)) }

    private static let show: PageHandler = { visit, op in
        let category = try category(visit, op)
        var page = try page(visit, op, category)
        page.version = CategoryRecord(category).values.version(on: visit)
        return .page(page)
    }

    private static func category(_ visit: Visit, _ op: Operation) throws -> Category {
        guard let category = op.directory.categories[try visit.id("category")] else { throw Refusal.notFound }
        return category
    }

    private static func page(_ visit: Visit, _ op: Operation, _ existing: Category?) throws -> FormPage {
        let (words, directory) = (op.words, op.directory)
        let category = existing ?? Category(id: ID(0), names: [:])
        let fields = FormFields(words: words, form: "admin.category", input: visit.form)
        let heading =
            existing.map { directory.name(of: $0, in: op.language) } ?? words("admin.categories.add")
        let languages = op.organisation.languagesOwnFirst
        var usual = directory.targets(unit: category.unit, category: nil)
        if category.isComplaint { usual.feedback = usual.complaint }
        var flags = [
            fields.check("acute", checked: category.isAcute),
            fields.line("emergency", type: "tel", value: category.emergencyNumber ?? ""),
            fields.check("confidential", checked: category.isConfidential),
            fields.check("must_be_answered", checked: category.mustBeAnswered),
            fields.check("complaint", checked: category.isComplaint),
            fields.check("public", checked: category.isPublic),
        ]
        if existing != nil { flags.append(fields.check("active", checked: category.isActive)) }
        return FormPage(
            frame: try op.frame(visit, title: heading), summary: fields.summary,
            back: op.administration.link(to: .categories),
            heading: heading, lead: words("admin.category.lead"),
            url: existing.map { op.paths(.adminCategory, $0.id) } ?? op.paths(.adminCategories),
            sections: [
                FormSection(
                    legend: words("admin.category.names"), hint: words("admin.category.names.hint"),
                    fields: languages.map {
                        fields.line(
                            "name_" + $0, value: category.names[$0] ?? "", required: $0 == op.municipality.language)
                    }),
                FormSection(
                    legend: words("admin.category.routing"), hint: words("admin.category.routing.hint"),
                    fields: routing(category, fields, op) + flags),
                TargetFields.section(category.targets, otherwise: usual, fields, words),
                FormSection(
                    legend: words("admin.category.notices"), hint: words("admin.category.notices.hint"),
                    fields: languages.map { fields.area("notice_" + $0, value: category.notices[$0] ?? "", rows: 3) }),
            ],
            submit: words("form.save"), look: words("admin.look"), preview: preview(visit, category, op))
    }

    private static func routing(_ category: Category, _ fields: FormFields, _ op: Operation) -> [FormField] {
        // The contact centre's unit stands there as what applies when no other is chosen.
        let units = op.organisation.unitOptions(keeping: [category.unit])
            .filter { $0.value != op.municipality.centre.description || category.unit == op.municipality.centre }
        return [
            fields.select(
                "unit", units, value: category.unit?.description ?? "",
                prompt: op.directory.name(of: op.municipality.centre)),
            fields.check("passes_directly", checked: category.passesDirectly),
            fields.line("words", value: category.words.joined(separator: ", ")),
        ]
    }

    /// What a citizen who reports now would be promised, with the targets as typed.
    private static func preview(_ visit: Visit, _ category: Category, _ op: Operation) -> Preview {
        var category = category
        if !visit.form.values.isEmpty {
            var input = InputReader(form: visit.form)
            category = CategoryRecord(&input, of: category.id, present: category, in: op).category
        }
        let (calendar, words) = (op.directory.calendar, op.words)
        let targets = op.directory.targets(unit: category.unit, category: nil).overridden(by: category)
        let first = targets.target(for: category.isComplaint ? .complaintAnswer : .feedback)
        let times = Times(calendar, words, op.now)
        let by = { (target: ServiceTarget) in times.dayAndTime(target.due(after: op.now, in: calendar)) }
        var text = words(
            "admin.category.preview.text",
            ["acknowledge": by(targets.acknowledge), "feedback": by(first), "close": by(targets.close)])
        if calendar.isHolidayPeriod(op.today) {
            text += " " + words("admin.category.preview.holiday")
        }
        return Preview(heading: words("admin.category.preview"), text: text)
    }

    private static let add: PageHandler = { visit, op in
        if visit.form.first("preview") != nil { return try showNew(visit, op) }
        let op = try op.organisation.changing()
        var input = InputReader(form: visit.form)
        var record = CategoryRecord(&input, of: op.newID(), present: nil, in: op)
        record.category.isActive = true
        try input.finish()
        try requireOwnName(record.category, op)
        try record.save(isNew: true, in: op)
        try op.audit(.categoryAdded, record.category.name(in: op.municipality.language, fallback: ""))
        return .redirect(op.paths(.adminCategories), flash: "saved")
    }

    private static let save: PageHandler = { visit, op in
        if visit.form.first("preview") != nil { return try show(visit, op) }
        let op = try op.organisation.changing()
        let category = try category(visit, op)
        var input = InputReader(form: visit.form)
        let record = CategoryRecord(&input, of: category.id, present: category, in: op)
        try input.finish()
        let before = CategoryRecord(category).values
        try before.check(visit)
        try requireOwnName(record.category, op)
        try record.save(isNew: false, in: op)
        if record.category.targets != category.targets {
            try op.organisation.present().deadlines.renew(since: op.directory.rules, of: category.id)
        }
        try op.rebuilds.reindex(record.category, since: category)
        try op.sight.tellOfCategory(record.category, since: category)
        try op.audit(
            .categoryChanged, record.category.name(in: op.municipality.language, fallback: ""),
            fields: op.changes(from: before, to: record.values))
        return .redirect(op.paths(.adminCategories), flash: "saved")
    }

    /// Two categories of the same name cannot be told apart in a list.
    private static func requireOwnName(_ category: Category, _ op: Operation) throws {
        let errors = category.names.sorted { $0.key < $1.key }.filter { language, name in
            let own = name.foldedName
            return op.directory.categories.values.contains {
                $0.id != category.id && $0.isActive && $0.names[language]?.foldedName == own
            }
        }
        if !errors.isEmpty { throw InputErrors(errors.map { FieldError(field: "name_" + $0.key, code: "taken") }) }
    }
}

extension FormField {
    /// The same field with another hint.
    func with(hint: String) -> FormField {
        var field = self
        field.hint = hint
        field.describedBy = error == nil ? id + "-hint" : "\(id)-hint \(id)-error"
        return field
    }
}
