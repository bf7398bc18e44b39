import Domain

/// `/{m}/admin/contractors/new` and `/{m}/admin/contractors/{id}`: adds a contractor, changes one.
enum EditContractor {
    static let routes: [Route] = [
        .page(.adminNewContractor, for: .staff(.manageUnits), showNew),
        .form(.post, .adminContractors, for: .staff(.manageUnits), show: showNew, perform: add),
        .page(.adminContractor, for: .staff(.manageUnits), show),
        .form(
            .post, .adminContractor, for: .staff(.manageUnits), show: show, perform: save),
    ]

    private static let showNew: PageHandler = { visit, op in
        .page(try page(visit, op, ContractorRecord(), id: nil))
    }

    private static let show: PageHandler = { visit, op in
        let contractor = try contractor(visit, op)
        let record = ContractorRecord(contractor)
        var page = try page(visit, op, record, id: contractor.id)
        page.version = record.values.version(on: visit)
        return .page(page)
    }

    private static func contractor(_ visit: Visit, _ op: Operation) throws -> Contractor {
        guard let contractor = op.directory.contractors[try visit.id("contractor")] else { throw Refusal.notFound }
        return contractor
    }

    private static func page(
        _ visit: Visit, _ op: Operation, _ record: ContractorRecord, id: ID<Contractor>?
    ) throws -> FormPage {
        let words = op.words
        let fields = FormFields(words: words, form: "admin.contractor", input: visit.form)
        let heading = id == nil ? words("admin.contractors.add") : record.name
        var all = [
            fields.line("name", value: record.name, required: true),
            fields.line("email", type: "email", value: record.email, required: true),
            fields.line("phone", type: "tel", value: record.phone ?? ""),
            fields.check("shows_contact", checked: record.showsContact),
        ]
        if id != nil { all.append(fields.check("active", checked: record.isActive)) }
        return FormPage(
            frame: try op.frame(visit, title: heading), summary: fields.summary,
            back: op.administration.link(to: .contractors),
            heading: heading, lead: words("admin.contractor.lead"),
            url: id.map { op.paths(.adminContractor, $0) } ?? op.paths(.adminContractors),
            sections: [FormSection(fields: all)], submit: words("form.save"))
    }

    private static let add: PageHandler = { visit, op in
        let op = try op.organisation.changing()
        var input = InputReader(form: visit.form)
        var record = ContractorRecord(&input)
        record.isActive = true
        try input.finish()
        try requireOwnName(record.name, of: nil, op)
        try record.save(as: op.newID(), isNew: true, in: op)
        try op.audit(.contractorAdded, record.name)
        return .redirect(op.paths(.adminContractors), flash: "saved")
    }

    private static let save: PageHandler = { visit, op in
        let op = try op.organisation.changing()
        let contractor = try contractor(visit, op)
        let before = ContractorRecord(contractor)
        var input = InputReader(form: visit.form)
        let record = ContractorRecord(&input)
        try input.finish()
        try before.values.check(visit)
        try requireOwnName(record.name, of: contractor.id, op)
        if before.isActive && !record.isActive { try requireNothingLeft(with: contractor.id, op) }
        try record.save(as: contractor.id, isNew: false, in: op)
        try op.audit(.contractorChanged, record.name, fields: op.changes(from: before.values, to: record.values))
        return .redirect(op.paths(.adminContractors), flash: "saved")
    }

    /// Two of the same name cannot be told apart in a list.
    private static func requireOwnName(_ name: String, of id: ID<Contractor>?, _ op: Operation) throws {
        let own = name.foldedName
        let isTaken = op.directory.activeContractors.contains {
            $0.id != id && $0.name.foldedName == own
        }
        if isTaken { throw InputErrors("name", "taken") }
    }

    /// No case may lie with somebody who is not reached any more (R4.2).
    private static func requireNothingLeft(with id: ID<Contractor>, _ op: Operation) throws {
        let open: Int64? = try op.tx.value(
            "SELECT count(*) FROM cases WHERE municipality = \(op.tenant) AND contractor_id = \(id)")
        guard let open, open > 0 else { return }
        throw InputErrors([
            FieldError(field: "active", code: "contractor_has_cases", values: ["count": "\(open)"])
        ])
    }
}
