import Domain

/// `/{m}/admin/people/new` and `/{m}/admin/people/{id}`: adds a person, changes one.
enum EditPerson {
    static let routes: [Route] = [
        .page(.adminNewPerson, for: .staff(.managePeople), showNew),
        .form(
            .adminPeople, for: .staff(.managePeople), show: showNew,
            read: { visit, op in
                NewAccess(
                    visit, login: visit.form.first("login") ?? "", name: visit.form.first("name") ?? "",
                    email: visit.form.first("email"), op)
            }, work: NewAccess.hash, perform: add),
        .page(.adminPerson, for: .staff(.managePeople), show),
        .form(.post, .adminPerson, for: .staff(.managePeople), show: show, perform: save),
    ]

    static let showNew: PageHandler = { visit, op in
        var page = try page(visit, op, PersonRecord(), heading: "admin.people.add", url: op.paths(.adminPeople))
        page.sections.append(
            FormSection(
                legend: op.words("login.password"), hint: nil,
                fields: [
                    FormFields(words: op.words, form: "admin.password", input: visit.form)
                        .line("password", type: "password", autocomplete: "new-password")
                ]))
        return .page(page)
    }

    static let show: PageHandler = { visit, op in
        let id: ID<User> = try visit.id("person")
        let record = try PersonRecord(id, in: op)
        let url = op.paths(.adminPerson, id)
        var page = try page(visit, op, record, heading: nil, url: url)
        page.version = record.values.version(on: visit)
        page.notes =
            try op.sight.notes("person") { $0.person == id } + notes(about: id, op) + EditAbsences.notes(about: id, op)
        page.sections[0].fields.append(fields(visit, op).check("active", checked: record.isActive))
        if try op.user.id == id {
            page.notes.append(
                FormNote(
                    text: op.words("admin.password.own"),
                    link: Link(text: op.words("account.heading"), url: op.paths(.account))))
        } else {
            page.actions =
                try op.directory.people[id].map { [try SetPassword.form(for: $0, visit, op)] }
                ?? []
        }
        if let person = op.directory.people[id]?.user, person.isActive {
            page.actions.append(EditAbsences.form(for: person, own: false, input: FormInput(), op))
        }
        if visit.returnedForm != nil { page.summary = SetPassword.fields(visit, op).summary }
        return .page(page)
    }

    private static func fields(_ visit: Visit, _ op: Operation) -> FormFields {
        // What came back may belong to another form of the page.
        FormFields(words: op.words, form: "admin.person", input: visit.returnedForm == nil ? visit.form : FormInput())
    }

    private static func page(
        _ visit: Visit, _ op: Operation, _ record: PersonRecord, heading: String?, url: String
    ) throws -> FormPage {
        let (words, directory) = (op.words, op.directory)
        let fields = fields(visit, op)
        let roles = directory.roles.values.sorted(in: directory.alphabet, by: \.name, id: \.id.rawValue)
        let isNew = heading != nil
        let heading = heading.map { words($0) } ?? record.name
        return FormPage(
            frame: try op.frame(visit, title: heading), summary: fields.summary,
            back: op.administration.link(to: .people),
            heading: heading, lead: words(isNew ? "admin.person.lead_new" : "admin.person.lead"), url: url,
            sections: [
                FormSection(
                    fields: [
                        fields.line("name", value: record.name, required: true),
                        fields.line("login", value: record.login, required: true),
                        fields.line("email", type: "email", value: record.email ?? ""),
                        fields.line("phone", type: "tel", value: record.phone ?? ""),
                        fields.select(
                            "language", op.organisation.languageOptions(), value: record.language ?? "",
                            prompt: words("admin.person.language.any")),
                    ]),
                FormSection(
                    fields: [
                        fields.checks(
                            "units", op.organisation.unitOptions(keeping: Array(record.units)),
                            values: record.units.map(\.description)),
                        fields.checks(
                            "roles", roles.map { .init(value: "\($0.id)", text: $0.name) },
                            values: record.roles.map(\.description)),
                    ]),
            ],
            submit: words("form.save"))
    }

    /// What waits with them, and which posts they hold: to be known before they leave.
    private static func notes(about id: ID<User>, _ op: Operation) throws -> [FormNote] {
        var notes: [FormNote] = []
        let open = try op.administration.openCases(where: "cases.handler_id = \(id)")
        if open > 0 {
            notes.append(
                FormNote(
                    text: op.words.count("admin.person.cases", open),
                    link: Link(
                        text: op.words("admin.person.cases.link"), url: op.paths(.adminPersonCases, id))))
        }
        let keys: Int64? = try op.tx.value(
            """
            SELECT count(*) FROM api_tokens
            WHERE municipality = \(op.tenant) AND user_id = \(id) AND revoked_at IS NULL
            """)
        if let keys, keys > 0 {
            notes.append(
                FormNote(
                    text: op.words.count("admin.tokens.count", Int(keys)),
                    link: Link(text: op.words("admin.tokens.link"), url: op.paths(.adminPersonTokens, id))))
        }
        let posts = op.directory.activeUnits.filter { [$0.leader, $0.receiver, $0.substitute].contains(id) }
        if !posts.isEmpty {
            let names = posts.map(\.name).joined(separator: ", ")
            notes.append(FormNote(text: op.words("admin.person.posts", ["units": names])))
        }
        let absent = op.directory.stoodInFor(by: id, op)
        if !absent.isEmpty {
            notes.append(
                FormNote(text: op.words("admin.person.stands_in", ["names": absent.joined(separator: ", ")])))
        }
        return notes
    }

    private static let add: @Sendable (Visit, Operation, NewAccess) throws -> Reply = { visit, op, access in
        let op = try op.organisation.changing()
        var input = InputReader(form: visit.form)
        var record = PersonRecord(&input, visit, in: op)
        record.isActive = true
        if let fault = access.fault { input.fail("password", fault.code, fault.values) }
        try input.finish()
        try requireRights(record.roles, op)
        let id: ID<User> = op.newID()
        try record.save(as: id, isNew: true, in: op)
        try access.store(for: id, in: op)
        try op.audit(.personAdded, record.name)
        let page = op.paths(.adminPerson, id)
        guard access.isGenerated else { return try op.sight.saved(to: op.paths(.adminPeople), waiting: page) }
        let present = try op.organisation.present()
        let waiting = present.sight.waitingText(
            "sight.note.person.waiting", try op.sight.newlyWaiting().filter { $0.person == id })
        return try access.shown(to: record.name, page, waiting: waiting, visit, op)
    }

    private static let save: PageHandler = { visit, op in
        let op = try op.organisation.changing()
        let id: ID<User> = try visit.id("person")
        let before = try PersonRecord(id, in: op)
        _ = try op.administration.personToManage(visit)
        var input = InputReader(form: visit.form)
        let record = PersonRecord(&input, visit, in: op)
        try input.finish()
        try before.values.check(visit)
        try requireRights(record.roles.symmetricDifference(before.roles), op)
        try record.save(as: id, isNew: false, in: op)
        if record.email != before.email { try op.organisation.tellOfAddress(of: id) }
        try op.organisation.requireAdministrator(record.isActive ? "roles" : "active")
        if !record.isActive {
            try Session.endAll(of: id, in: op)
            try ManageTokens.revokeAll(of: id, in: op)
        }
        try op.audit(.personChanged, record.name, fields: op.changes(from: before.values, to: record.values))
        return try op.sight.saved(to: op.paths(.adminPeople), waiting: op.paths(.adminPerson, id))
    }

    /// Roles that are given or taken.
    private static func requireRights(_ roles: Set<ID<Role>>, _ op: Operation) throws {
        let permissions = roles.reduce(into: Set<Permission>()) {
            $0.formUnion(op.directory.roles[$1]?.permissions ?? [])
        }
        guard try op.administration.mayManage(permissions) else { throw InputErrors("roles", "role_beyond_own") }
    }
}
