import Database
import Domain

/// What the form of a contractor holds.
struct ContractorRecord: Sendable {
    var name = ""
    var email = ""
    var phone: String?
    var showsContact = false
    var isActive = true

    var values: FieldValues {
        FieldValues(
            ["admin.contractor.name": name, "admin.contractor.email": email, "admin.contractor.phone": phone],
            flags: ["admin.contractor.shows_contact": showsContact, "admin.contractor.active": isActive])
    }

    init() {}

    init(_ contractor: Contractor) {
        name = contractor.name
        email = contractor.email
        phone = contractor.phone
        showsContact = contractor.showsContact
        isActive = contractor.isActive
    }

    /// Reads what was sent. What is wrong is gathered in the reader.
    init(_ input: inout InputReader) {
        name = input.line("name", max: 100, required: true) ?? ""
        email = input.email("email", required: true)?.description ?? ""
        phone = input.phone("phone")?.description
        showsContact = input.flag("shows_contact")
        isActive = input.flag("active")
    }

    func save(as id: ID<Contractor>, isNew: Bool, in op: Operation) throws {
        if isNew {
            let contractor = Contractor(
                id: id, name: name, email: email, phone: phone, showsContact: showsContact, isActive: isActive)
            return try op.tx.insert(contractor: contractor, of: op.tenant)
        }
        try op.tx.run(
            """
            UPDATE contractors SET name = \(name), email = \(email), phone = \(phone),
                shows_contact = \(showsContact), is_active = \(isActive)
            WHERE municipality = \(op.tenant) AND id = \(id)
            """)
    }
}
