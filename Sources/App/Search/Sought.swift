import Database
import Domain

extension IndexFacade {
    /// What somebody typed, in the ways it can be meant: as words, as the number of a case among other words, as a
    /// telephone number however it is written.
    func sought(_ typed: String) -> [SoughtWords] {
        var sought = [SoughtWords(typed)]
        if let number = CaseNumber(in: typed, year: today.year) {
            sought.append(SoughtWords("", numbers: ["\(number)"]))
        }
        for number in CaseNumber.undashed(in: typed, year: today.year) {
            sought.append(SoughtWords("", numbers: ["\(number)"]))
        }
        let phone = PhoneNumber.typed(typed)
        // As far as it has been typed: 900 12.
        if let phone, phone.digits.count >= 5 { sought.append(SoughtWords(String(phone.digits))) }
        let phones =
            phone.map { [$0] }
            ?? ContactDetails.telephones(in: typed, country: municipality.country)
        for key in phones.prefix(3).compactMap(op.contacts.lookupKey) { sought.append(SoughtWords("", numbers: [key])) }
        return sought
    }

    /// By what a telephone is found in the index: its key, and as it is dialled at home, of which people type the beginning.
    func searchedNumbers(of phone: PhoneNumber) -> [String] {
        [phone.lookupKey(in: municipality.country), phone.national(in: municipality.country)].compactMap(\.self)
    }
}

extension CaseScope {
    /// Whose own words a search looks through: those of the units whose confidential cases it shows, as far as there are
    /// any. Only the asker's own units are looked at, so that the time a search takes tells nothing of others.
    func readers(in op: Operation) throws -> [Int64] {
        guard !confidentialUnits.isEmpty else { return [] }
        return try op.tx.rows(
            """
            SELECT id FROM units WHERE municipality = \(op.tenant) AND id IN \(list: confidentialUnits.sorted())
                AND EXISTS (SELECT 1 FROM cases WHERE cases.municipality = units.municipality
                    AND cases.unit_id = units.id AND cases.is_confidential = 1)
            ORDER BY id
            """
        ).map { try $0["id"] }
    }
}

extension Case {
    /// The unit that alone finds it by its words; nil when everybody does who sees it.
    var reader: ID<Unit>? { isConfidential ? unit : nil }
}
