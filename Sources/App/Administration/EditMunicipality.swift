import Domain

/// `/{m}/admin/municipality`: what it is called, its colour and language, and where cases lie that no category routes.
enum EditMunicipality {
    static let routes: [Route] = [
        .page(.adminMunicipality, for: .staff(.manageMunicipality), show),
        .form(.post, .adminMunicipality, for: .staff(.manageMunicipality), show: show, perform: save),
    ]

    private static func values(of municipality: Municipality) -> FieldValues {
        FieldValues(
            [
                "admin.municipality.name": municipality.name, "admin.municipality.accent": municipality.accent,
                "admin.municipality.language": municipality.language,
                "admin.municipality.centre": municipality.centre.description,
                "admin.municipality.owner": municipality.owner?.description,
                "admin.municipality.owner_substitute": municipality.ownerSubstitute?.description,
            ], flags: ["admin.municipality.sms_to_citizens": municipality.smsToCitizens])
    }

    private static let show: PageHandler = { visit, op in
        let (words, municipality) = (op.words, op.municipality)
        let fields = FormFields(words: words, form: "admin.municipality", input: visit.form)
        let units = op.organisation.unitOptions(keeping: [municipality.centre])
        return .page(
            FormPage(
                frame: try op.frame(visit, title: words("admin.municipality")), summary: fields.summary,
                back: op.administration.administrationLink, heading: words("admin.municipality"),
                lead: words("admin.municipality.lead"), url: op.paths(.adminMunicipality),
                version: values(of: municipality).version(on: visit),
                sections: [
                    FormSection(fields: [
                        fields.line("name", value: municipality.name, required: true),
                        fields.line("accent", type: "color", value: municipality.accent, required: true),
                        fields.select(
                            "language", op.organisation.languageOptions(), value: municipality.language, required: true),
                        fields.select("centre", units, value: municipality.centre.description, required: true),
                        fields.check("sms_to_citizens", checked: municipality.smsToCitizens),
                    ]),
                    FormSection(
                        legend: words("role.system_owner"), hint: words("admin.municipality.owner.about"),
                        fields: [
                            owner("owner", municipality.owner, fields, op),
                            owner("owner_substitute", municipality.ownerSubstitute, fields, op),
                        ]),
                ],
                submit: words("form.save"), look: words("admin.look"), preview: preview(visit, op)))
    }

    private static func owner(_ field: String, _ holder: ID<User>?, _ fields: FormFields, _ op: Operation) -> FormField
    {
        let people = op.directory.people.values.map(\.user).filter { $0.isActive || $0.id == holder }
            .sorted(in: op.directory.alphabet, by: \.name, id: \.id.rawValue)
        return fields.select(
            field, people.map { .init(value: "\($0.id)", text: $0.name) }, value: holder?.description ?? "",
            prompt: op.words("admin.municipality.owner.nobody"))
    }

    /// The colours as they are used, made readable where they have to be.
    private static func preview(_ visit: Visit, _ op: Operation) -> Preview? {
        guard let accent = Accent(visit.form.first("accent") ?? op.municipality.accent) else { return nil }
        return Preview(
            heading: op.words("admin.municipality.shown"),
            text: op.words("admin.municipality.shown.text", ["light": accent.onLight, "dark": accent.onDark]))
    }

    private static let save: PageHandler = { visit, op in
        if visit.form.first("preview") != nil { return try show(visit, op) }
        let op = try op.organisation.changing()
        var input = InputReader(form: visit.form)
        var changed = op.municipality
        changed.name = input.line("name", max: 100, required: true) ?? ""
        changed.accent = (input.line("accent", max: 7, required: true) ?? "").lowercased()
        if !changed.accent.isEmpty, Accent(changed.accent) == nil { input.fail("accent", "invalid_colour") }
        changed.language = input.language(required: true) ?? ""
        if let centre: ID<Unit> = input.id("centre", required: true) {
            if op.directory.units[centre]?.isActive != true { input.fail("centre", "unknown") }
            changed.centre = centre
        }
        changed.smsToCitizens = input.flag("sms_to_citizens")
        changed.owner = input.id("owner")
        changed.ownerSubstitute = input.id("owner_substitute")
        for (field, person, known) in [
            ("owner", changed.owner, op.municipality.owner),
            ("owner_substitute", changed.ownerSubstitute, op.municipality.ownerSubstitute),
        ] {
            if let person, person != known, !op.directory.worksHere(person) { input.fail(field, "unknown") }
        }
        if changed.owner != nil, changed.owner == changed.ownerSubstitute {
            input.fail("owner_substitute", "substitute_is_owner")
        }
        try input.finish()
        let before = values(of: op.municipality)
        try before.check(visit)
        if changed.language != op.municipality.language { try requireNames(in: changed.language, op) }
        try op.tx.run(
            """
            UPDATE municipalities SET name = \(changed.name), accent = \(changed.accent),
                language = \(changed.language), centre = \(changed.centre),
                sms_to_citizens = \(changed.smsToCitizens), owner_id = \(changed.owner),
                owner_substitute_id = \(changed.ownerSubstitute)
            WHERE id = \(op.tenant)
            """)
        try op.audit(.municipalityChanged, changed.name, fields: op.changes(from: before, to: values(of: changed)))
        let present = try op.organisation.present()
        if changed.language != op.municipality.language { try present.rebuilds.reindexEverything() }
        if changed.centre != op.municipality.centre { try present.rebuilds.reindexForAnotherCentre() }
        if present.directory.systemOwners.map(\.id) != op.directory.systemOwners.map(\.id) {
            try present.sight.tellOfOwners(before: op.directory)
        }
        return .redirect(op.paths(.admin), flash: "saved")
    }

    /// The municipality's own language is what everything falls back to, so every category has a name in it.
    private static func requireNames(in language: String, _ op: Operation) throws {
        let nameless = op.directory.activeCategories(in: op.language).filter { $0.names[language] == nil }
        guard !nameless.isEmpty else { return }
        let names = nameless.map { op.directory.name(of: $0, in: op.language) }.joined(separator: ", ")
        throw InputErrors([
            FieldError(field: "language", code: "categories_without_name", values: ["names": names])
        ])
    }
}
