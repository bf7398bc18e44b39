import Database
import Domain

/// `GET /{m}/admin/roles`: what each kind of person may do.
enum ListRoles {
    static let routes: [Route] = [
        .page(.adminRoles, for: .staff(.manageRoles)) { visit, op in
            let words = op.words
            let columns = [words("admin.role.name"), words("admin.role.permissions"), words("admin.role.people")]
            let url = op.paths(.adminRoles)
            let rows = op.directory.roles.values.sorted(in: op.directory.alphabet, by: \.name, id: \.id.rawValue).map {
                role in
                let permissions = Permission.allCases.filter(role.permissions.contains)
                    .map { words("permission." + $0.rawValue) }.joined(separator: ". ")
                let people = op.directory.people.values.count { $0.user.isActive && $0.roles.contains(role.id) }
                return ListRow(cells: [
                    ListCell(
                        column: columns[0], text: role.name, url: op.paths(.adminRole, role.id), isHeading: true),
                    ListCell(
                        column: columns[1], text: permissions.isEmpty ? words("admin.role.nothing") : permissions),
                    ListCell(column: columns[2], text: "\(people)"),
                ])
            }
            return .page(
                ListPage(
                    frame: try op.frame(visit, title: words("admin.roles")), back: op.administration.administrationLink,
                    heading: words("admin.roles"), lead: words("admin.roles.lead"),
                    add: Link(text: words("admin.roles.add"), url: op.paths(.adminNewRole)), columns: columns,
                    rows: rows,
                    empty: words("admin.roles.empty")))
        }
    ]
}

/// `/{m}/admin/roles/new` and `/{m}/admin/roles/{id}`: adds a role, changes one, removes one that nobody has.
enum EditRole {
    static let routes: [Route] = [
        .page(.adminNewRole, for: .staff(.manageRoles), showNew),
        .form(.post, .adminRoles, for: .staff(.manageRoles), show: showNew, perform: add),
        .page(.adminRole, for: .staff(.manageRoles), show),
        .form(.post, .adminRole, for: .staff(.manageRoles), show: show, perform: save),
        .form(
            .delete, .adminRole, for: .staff(.manageRoles), form: "removal", show: show,
            perform: remove),
    ]

    private static let showNew: PageHandler = { visit, op in .page(try page(visit, op, nil)) }

    private static let show: PageHandler = { visit, op in
        let role = try role(visit, op)
        var page = try page(visit, op, role)
        page.version = values(of: role).version(on: visit)
        let holders = holders(of: role, op)
        if holders == 0 {
            page.actions = [
                ActionForm(
                    id: "removal", title: op.words("admin.role.remove"), url: page.url, method: "DELETE", submit: "")
            ]
        } else {
            page.notes = [FormNote(text: op.words.count("admin.role.held", holders))]
        }
        return .page(page)
    }

    private static func role(_ visit: Visit, _ op: Operation) throws -> Role {
        guard let role = op.directory.roles[try visit.id("role")] else { throw Refusal.notFound }
        return role
    }

    /// Former colleagues count: they would come back without it.
    private static func holders(of role: Role, _ op: Operation) -> Int {
        op.directory.people.values.count { $0.roles.contains(role.id) }
    }

    private static func values(of role: Role) -> FieldValues {
        FieldValues(["admin.role.name": role.name, "admin.role.permissions": role.permissions.stored])
    }

    private static func page(_ visit: Visit, _ op: Operation, _ role: Role?) throws -> FormPage {
        let words = op.words
        let isOther = visit.returnedForm != nil
        let fields = FormFields(
            words: words, form: "admin.role", input: isOther ? FormInput(errors: visit.form.errors) : visit.form)
        let heading = role?.name ?? words("admin.roles.add")
        return FormPage(
            frame: try op.frame(visit, title: heading), summary: fields.summary,
            back: op.administration.link(to: .roles),
            heading: heading, lead: words("admin.role.lead"),
            url: role.map { op.paths(.adminRole, $0.id) } ?? op.paths(.adminRoles),
            sections: [
                FormSection(fields: [
                    fields.line("name", value: role?.name ?? "", required: true),
                    fields.checks(
                        "permissions",
                        Permission.allCases.map { .init(value: $0.rawValue, text: words("permission." + $0.rawValue)) },
                        values: (role?.permissions ?? []).map(\.rawValue)),
                ])
            ],
            submit: words("form.save"))
    }

    private static func read(_ visit: Visit) throws -> (name: String, permissions: Set<Permission>) {
        var input = InputReader(form: visit.form)
        let name = input.line("name", max: 100, required: true) ?? ""
        let sent = visit.form.values["permissions"] ?? []
        let permissions = Set(sent.compactMap(Permission.init))
        if permissions.count != Set(sent).count { input.fail("permissions", "unknown") }
        try input.finish()
        return (name, permissions)
    }

    private static let add: PageHandler = { visit, op in
        let op = try op.organisation.changing()
        let (name, permissions) = try read(visit)
        let role = Role(id: op.newID(), name: name, permissions: permissions)
        try unique("name") { try op.tx.insert(role: role, of: op.tenant) }
        try op.audit(.roleAdded, name)
        return .redirect(op.paths(.adminRoles), flash: "saved")
    }

    private static let save: PageHandler = { visit, op in
        let op = try op.organisation.changing()
        let role = try role(visit, op)
        let (name, permissions) = try read(visit)
        let before = values(of: role)
        try before.check(visit)
        try unique("name") {
            try op.tx.run(
                """
                UPDATE roles SET name = \(name), permissions = \(permissions.stored)
                WHERE municipality = \(op.tenant) AND id = \(role.id)
                """)
        }
        try op.organisation.requireAdministrator("permissions")
        let after = values(of: Role(id: role.id, name: name, permissions: permissions))
        try op.audit(.roleChanged, name, fields: op.changes(from: before, to: after))
        return try op.sight.saved(to: op.paths(.adminRoles), waiting: op.paths(.sight))
    }

    private static let remove: PageHandler = { visit, op in
        let op = try op.organisation.changing()
        let role = try role(visit, op)
        let holders = holders(of: role, op)
        guard holders == 0 else {
            throw InputErrors([FieldError(field: nil, code: "role_in_use", values: ["count": "\(holders)"])])
        }
        try op.tx.run("DELETE FROM roles WHERE municipality = \(op.tenant) AND id = \(role.id)")
        try op.audit(.roleRemoved, role.name)
        return .redirect(op.paths(.adminRoles), flash: "removed")
    }
}
