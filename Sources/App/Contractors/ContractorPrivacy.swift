import Domain

/// What a contractor may read of a text: never a personal identity number; who reported and how anybody is reached only
/// where the municipality says so.
struct ContractorPrivacy: Sendable {
    /// Who reported it first; nil when the contractor may not know.
    let reporter: Person?
    private let hidden: [Person]
    private let country: Country
    /// The municipality's own addresses and telephones, and the contractor's: nobody hides these. Nil where nothing that
    /// looks like an address is hidden.
    private let known: Set<String>?

    init(_ subject: Case, _ contractor: Contractor, in op: Operation) throws {
        let people = try op.outbox.reporters(of: subject.id).map(\.person)
        reporter = contractor.showsContact ? people.first : nil
        // Whoever writes often is one contact each time, and each person goes through the whole text.
        var seen: Set<Person> = []
        hidden = people.dropFirst(contractor.showsContact ? 1 : 0).filter { seen.insert($0).inserted }
        country = op.municipality.country
        known = contractor.showsContact ? nil : op.directory.publicAddresses(of: contractor)
    }

    /// `text` without what the contractor may not know.
    func shown(_ text: String) -> String {
        var text = PersonalNumber.masked(text)
        if let known {
            text = ContactDetails.masked(text, in: country) { found in
                known.contains(PhoneNumber(found)?.lookupKey(in: country) ?? found.lowercased())
            }
        }
        return hidden.reduce(text) { ContactDetails.masked($0, of: $1, in: country) }
    }
}

extension Directory {
    /// As `ContractorPrivacy` looks them up.
    fileprivate func publicAddresses(of contractor: Contractor) -> Set<String> {
        let phones = units.values.map(\.phone) + people.values.map(\.phone) + [contractor.phone]
        let emails = units.values.map(\.email) + people.values.map(\.user.email) + [contractor.email]
        return Set(
            phones.compactMap { $0.flatMap(PhoneNumber.init)?.lookupKey(in: municipality.country) }
                + emails.compactMap { $0?.lowercased() })
    }
}
