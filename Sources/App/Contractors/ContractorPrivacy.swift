import Domain
import Foundation

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
        let people = try op.reporters(of: subject.id).map(\.person)
        reporter = contractor.showsContact ? people.first : nil
        hidden = contractor.showsContact ? Array(people.dropFirst()) : people
        country = op.municipality.country
        known = contractor.showsContact ? nil : op.directory.publicAddresses(of: contractor)
    }

    /// `text` without what the contractor may not know.
    func shown(_ text: String) -> String {
        var text = PersonalNumber.masked(text)
        if let known {
            text = ContactDetails.masked(text, in: country) { found in
                known.contains(PhoneNumber(found)?.lookupKey ?? found.lowercased())
            }
        }
        return hidden.reduce(text) { text, person in
            var text = text
            if let email = person.email?.description {
                text = text.replacingOccurrences(of: email, with: PersonalNumber.mask, options: .caseInsensitive)
            }
            if let phone = person.phone { text = Self.text(text, without: phone) }
            if let name = person.name { text = Self.text(text, withoutName: name) }
            return text
        }
    }

    /// The whole name, with or without those in the middle. A single one only as it was written: many are words, too.
    private static func text(_ text: String, withoutName name: String) -> String {
        let parts = name.split(whereSeparator: \.isWhitespace).map {
            NSRegularExpression.escapedPattern(for: String($0))
        }
        guard let first = parts.first, let last = parts.last, name.count > 1 else { return text }
        let between = #"(?:\s+\S+){0,2}?\s+"#
        let whole = parts.count > 1 ? "(?i)" + first + between + last : first
        guard let pattern = try? Regex(#"\b"# + whole + #"(?![\p{L}\p{N}])"#) else { return text }
        return text.replacing(pattern, with: PersonalNumber.mask)
    }

    /// However the digits are grouped, with the country's code or without.
    private static func text(_ text: String, without phone: PhoneNumber) -> String {
        let key = phone.lookupKey.filter(\.isNumber)
        guard key.count >= 5 else { return text }
        let digits = key.map(String.init).joined(separator: #"[ \u{a0}.\-/()]{0,2}"#)
        guard let pattern = try? Regex(#"(?:(?:\+|00)[0-9]{2}[ \u{a0}]?(?:\(0\))?)?[0-9]{0,2}"# + digits + "(?![0-9])")
        else {
            return text
        }
        return text.replacing(pattern, with: PersonalNumber.mask)
    }
}

extension Directory {
    /// As `ContractorPrivacy` looks them up.
    fileprivate func publicAddresses(of contractor: Contractor) -> Set<String> {
        let phones = units.values.map(\.phone) + people.values.map(\.phone) + [contractor.phone]
        let emails = units.values.map(\.email) + people.values.map(\.user.email) + [contractor.email]
        return Set(
            phones.compactMap { $0.flatMap(PhoneNumber.init)?.lookupKey } + emails.compactMap { $0?.lowercased() })
    }
}
