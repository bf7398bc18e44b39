import Domain
import Foundation

/// What a contractor may read of a text: never a personal identity number; how the reporter is reached only where the
/// municipality says so.
struct ContractorPrivacy: Sendable {
    /// Who reported it first; nil when the contractor may not know.
    let reporter: Person?
    private let hidden: [Person]

    init(_ subject: Case, _ contractor: Contractor, in op: Operation) throws {
        let people = try op.reporters(of: subject.id).map(\.person)
        reporter = contractor.showsContact ? people.first : nil
        hidden = contractor.showsContact ? Array(people.dropFirst()) : people
    }

    /// `text` without what the contractor may not know.
    func shown(_ text: String) -> String {
        hidden.reduce(PersonalNumber.masked(text)) { text, person in
            var text = text
            if let email = person.email?.description {
                text = text.replacingOccurrences(of: email, with: PersonalNumber.mask, options: .caseInsensitive)
            }
            if let phone = person.phone { text = Self.text(text, without: phone) }
            return text
        }
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
