import Domain

extension OrganisationFacade {
    /// Somebody's e-mail address was changed by a colleague. The old address is told; where the person answers for
    /// confidential cases, also the others who do: what is told of sight would otherwise go past them in silence (R1.7).
    ///
    /// Called while the directory still has the old address.
    func tellOfAddress(of person: ID<User>) throws {
        guard let user = directory.people[person]?.user else { return }
        let link = installation.settings.publicURL + paths(.adminPerson, person)
        let change = newID(of: SightChange.self)
        let values = ["name": user.name, "link": link]
        try op.sight.write(.addressChanged, values, to: person, occasion: "address_changed \(change)")
        let led = directory.units.values.filter { $0.leader == person }.map(\.id)
        let isOwner = directory.systemOwners.contains { $0.id == person }
        guard isOwner || !led.isEmpty else { return }
        let others = ([nil] + led.map(Optional.init)).reduce(into: Set<ID<User>>()) {
            $0.formUnion(op.sight.answering(for: $1, before: directory, besides: person))
        }
        for reader in others.sorted() {
            try op.sight.write(.addressChangedOther, values, to: reader, occasion: "address_changed \(change)")
        }
    }
}
