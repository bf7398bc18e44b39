import Database
import Domain

/// `/{m}/admin/units/new` and `/{m}/admin/units/{id}`: adds a unit, changes one.
enum EditUnit {
    static let routes: [Route] = [
        .page(.adminNewUnit, for: .staff(.manageUnits), showNew),
        .form(.post, .adminUnits, for: .staff(.manageUnits), show: showNew, perform: add),
        .page(.adminUnit, for: .staff(.manageUnits), show),
        .form(.post, .adminUnit, for: .staff(.manageUnits), show: show, perform: save),
    ]

    private static let showNew: PageHandler = { visit, op in
        .page(try page(visit, op, UnitRecord(), id: nil))
    }

    private static let show: PageHandler = { visit, op in
        let unit = try unit(visit, op)
        let record = UnitRecord(unit)
        var page = try page(visit, op, record, id: unit.id)
        page.version = record.values.version(on: visit)
        page.notes = try op.sight.notes("person") { $0.unit == unit.id }
        page.notes += op.directory.gaps(in: unit).map { FormNote(text: op.words("admin.unit.\($0.rawValue).about")) }
        let people = op.directory.activePeople.count { $0.units.contains(unit.id) }
        page.notes.append(
            FormNote(
                text: op.words.count("admin.unit.people", people),
                link: try op.user.may(.managePeople)
                    ? Link(text: op.words("admin.people"), url: op.paths(.adminPeople) + "?unit=\(unit.id)") : nil))
        return .page(page)
    }

    private static func unit(_ visit: Visit, _ op: Operation) throws -> Unit {
        guard let unit = op.directory.units[try visit.id("unit")] else { throw Refusal.notFound }
        return unit
    }

    private static func page(_ visit: Visit, _ op: Operation, _ record: UnitRecord, id: ID<Unit>?) throws -> FormPage {
        let (words, directory) = (op.words, op.directory)
        let fields = FormFields(words: words, form: "admin.unit", input: visit.form)
        // A unit cannot lie below itself, nor below what lies below it.
        let below = directory.units.values.below(Set([id].compactMap(\.self)))
        let parents = directory.units(keeping: [record.parent])
            .filter { !below.contains($0.id) }
            .map { FormField.Option(value: "\($0.id)", text: $0.name) }
        let held = Set([record.leader, record.receiver, record.substitute].compactMap(\.self))
        let people = directory.people.values.map(\.user).filter { $0.isActive || held.contains($0.id) }
            .sorted(in: directory.alphabet, by: \.name, id: \.id.rawValue)
            .map { person in
                FormField.Option(
                    value: "\(person.id)",
                    text: person.isActive ? person.name : words("admin.unit.left", ["name": person.name]))
            }
        func post(_ name: String, _ holder: ID<User>?) -> FormField {
            fields.select(name, people, value: holder?.description ?? "", prompt: words("admin.unit.nobody"))
        }
        let heading = id == nil ? words("admin.units.add") : record.name
        var about = [
            fields.line("name", value: record.name, required: true),
            fields.select(
                "parent", parents, value: record.parent?.description ?? "", prompt: words("admin.unit.parent.none")),
            fields.line("email", type: "email", value: record.email ?? ""),
            fields.line("phone", type: "tel", value: record.phone ?? ""),
        ]
        // A new unit gets its mark by its name.
        if id != nil {
            about.append(fields.check("discreet", checked: record.isDiscreet))
            about.append(fields.check("active", checked: record.isActive))
        }
        return FormPage(
            frame: try op.frame(visit, title: heading), summary: fields.summary,
            back: op.administration.link(to: .units),
            heading: heading, lead: words("admin.unit.lead"),
            url: id.map { op.paths(.adminUnit, $0) } ?? op.paths(.adminUnits),
            sections: [
                FormSection(fields: about),
                FormSection(
                    legend: words("admin.unit.posts"), hint: words("admin.unit.posts.hint"),
                    fields: [
                        post("receiver", record.receiver), post("substitute", record.substitute),
                        post("leader", record.leader),
                    ]),
                TargetFields.section(record.targets, otherwise: directory.targets, fields, words),
            ],
            submit: words("form.save"))
    }

    private static let add: PageHandler = { visit, op in
        let op = try op.organisation.changing()
        var input = InputReader(form: visit.form)
        var record = UnitRecord(&input, of: nil, present: UnitRecord(), in: op)
        record.isActive = true
        try input.finish()
        try requireOwnName(record.name, of: nil, op)
        let id: ID<Unit> = op.newID()
        try record.save(as: id, isNew: true, in: op)
        try op.audit(.unitAdded, record.name)
        return try op.sight.saved(to: op.paths(.adminUnits), waiting: op.paths(.adminUnit, id))
    }

    private static let save: PageHandler = { visit, op in
        let op = try op.organisation.changing()
        let unit = try unit(visit, op)
        let before = UnitRecord(unit)
        var input = InputReader(form: visit.form)
        let record = UnitRecord(&input, of: unit.id, present: before, in: op)
        try input.finish()
        try before.values.check(visit)
        try requireOwnName(record.name, of: unit.id, op)
        if before.isActive && !record.isActive { try requireNothingLeft(in: unit.id, op) }
        try record.save(as: unit.id, isNew: false, in: op)
        if record.targets != unit.targets {
            try op.organisation.present().deadlines.renew(since: op.directory.rules, in: unit.id)
        }
        let present = try op.organisation.present()
        if before.isActive && !record.isActive { try present.sight.tell(.closed, of: unit.id, before: op.directory) }
        if before.isDiscreet && !record.isDiscreet { try present.sight.tell(.named, of: unit.id, before: op.directory) }
        try op.audit(.unitChanged, record.name, fields: op.changes(from: before.values, to: record.values))
        return try op.sight.saved(to: op.paths(.adminUnits), waiting: op.paths(.adminUnit, unit.id))
    }

    /// Two units of the same name cannot be told apart in a list.
    private static func requireOwnName(_ name: String, of id: ID<Unit>?, _ op: Operation) throws {
        let own = name.foldedName
        let isTaken = op.directory.units.values.contains {
            $0.id != id && $0.isActive && $0.name.foldedName == own
        }
        if isTaken { throw InputErrors("name", "taken") }
    }

    /// A unit is closed only when nothing leads there any more; says what does. What is confidential there is not asked
    /// for: a refusal would tell whoever closes it that there is something. It stays with those who belong to the unit,
    /// and its leader is told to look through what is left.
    private static func requireNothingLeft(in id: ID<Unit>, _ op: Operation) throws {
        if id == op.municipality.centre { throw InputErrors("active", "unit_is_centre") }
        let open = try op.administration.openCases(where: "cases.unit_id = \(id)")
        var errors: [FieldError] = []
        if open > 0 {
            errors.append(FieldError(field: "active", code: "unit_has_cases", values: ["count": "\(open)"]))
        }
        let categories = op.directory.activeCategories(in: op.language).filter { $0.unit == id }
        if !categories.isEmpty {
            let names = categories.map { op.directory.name(of: $0, in: op.language) }.joined(separator: ", ")
            errors.append(FieldError(field: "active", code: "unit_has_categories", values: ["names": names]))
        }
        let below = op.directory.activeUnits.filter { $0.parent == id }
        if !below.isEmpty {
            let names = below.map(\.name).joined(separator: ", ")
            errors.append(FieldError(field: "active", code: "unit_has_units", values: ["names": names]))
        }
        if !errors.isEmpty { throw InputErrors(errors) }
    }
}

extension AdministrationFacade {
    /// How many open cases there are, of those that are not kept from whoever asks.
    func openCases(where condition: SQL) throws -> Int {
        try tx.value(
            """
            SELECT count(*) FROM cases WHERE municipality = \(tenant) AND \(condition) AND \(StoredDeadlines.open)
                AND \(try user.confidentialSight.condition)
            """) ?? 0
    }
}
