import Database
import Domain
import Foundation

/// The organisation of one municipality, as of one version: read often, changed seldom, so kept in memory.
final class Directory: Sendable {
    let version: Int64
    let municipality: Municipality
    let units: [ID<Unit>: Unit]
    let people: [ID<User>: Colleague]
    let categories: [ID<Category>: Category]
    let contractors: [ID<Contractor>: Contractor]
    let roles: [ID<Role>: Role]
    /// The municipality's own wordings, by key and language.
    let texts: [String: [String: String]]
    /// What the deadlines of cases follow from.
    let rules: DeadlineRules
    /// Who is or will be away when, and who stands in; those that were over when it was read are not there.
    let absences: [Absence]
    /// What waits for a second person, and what was refused, the oldest first.
    let grants: [SightGrant]
    /// Of the municipality's own language, in which names are given: by it lists are sorted.
    let alphabet: Alphabet
    /// By name, as all that follow: sorted once for every version, because every form with a choice shows them.
    let activeUnits: [Unit]
    let activeContractors: [Contractor]
    /// Sorted when first asked for: of thousands that takes as long as reading them, and who writes hardly ever asks.
    var activePeople: [User] { sortedPeople.value }
    private let sortedPeople: Lazily<[User]>
    /// Who is told at once when somebody gains sight of what is confidential, and may see the whole reading log: the
    /// system owner and who stands in, else whoever may manage roles.
    let systemOwners: [User]
    var calendar: WorkingCalendar { rules.calendar }
    var targets: ServiceTargets { rules.targets }
    private let sortedCategories: [String: [Category]]
    /// Nil where the municipality has no list of its own.
    let acuteWords: AcuteWords?

    /// Somebody with an account, with what follows from roles and units.
    struct Colleague: Sendable {
        var user: User
        /// The units they work in: as member, leader, receiver or substitute. What concerns all of a unit concerns them,
        /// unlike all that a leader sees below.
        var home: Set<ID<Unit>>
        var roles: Set<ID<Role>>
        var phone: String?
        /// Units they were put into.
        var memberOf: Set<ID<Unit>> = []
        /// Units they lead, with all that lie below.
        var leads: Set<ID<Unit>> = []
        /// False while their managing people waits for a second person.
        var isVouchedFor = true
        /// Who set their password, as long as no second person has looked at that: whoever it was could be them.
        var passwordSetBy: ID<User>?

        /// As the rule of the second person looks at them.
        var asSecondPerson: SecondPerson {
            SecondPerson(
                id: user.id, leads: leads, sees: user.confidentialUnits, managesPeople: user.may(.managePeople),
                isVouchedFor: isVouchedFor)
        }
    }

    init(
        version: Int64, municipality: Municipality, units: [ID<Unit>: Unit], people: [ID<User>: Colleague],
        categories: [ID<Category>: Category], roles: [ID<Role>: Role], texts: [String: [String: String]],
        calendar: WorkingCalendar, targets: ServiceTargets, absences: [Absence],
        contractors: [ID<Contractor>: Contractor] = [:], grants: [SightGrant] = []
    ) {
        self.version = version
        self.municipality = municipality
        self.units = units
        self.people = people
        self.categories = categories
        self.roles = roles
        self.texts = texts
        rules = DeadlineRules(calendar: calendar, targets: targets, units: units.values, categories: categories.values)
        self.absences = absences
        self.contractors = contractors
        self.grants = grants
        acuteWords = texts[AcuteWords.key]?[municipality.language].map(AcuteWords.init)
        let own = Alphabet(language: municipality.language) ?? .english
        alphabet = own
        activeContractors = contractors.values.filter(\.isActive).sorted(in: own, by: \.name, id: \.id.rawValue)
        activeUnits = units.values.filter(\.isActive).sorted(in: own, by: \.name, id: \.id.rawValue)
        let active = people.values.map(\.user).filter(\.isActive)
        let inOrder = { @Sendable (users: [User]) in users.sorted(in: own, by: \.name, id: \.id.rawValue) }
        sortedPeople = Lazily { inOrder(active) }
        let owners = [municipality.owner, municipality.ownerSubstitute].compactMap(\.self)
            .compactMap { people[$0]?.user }.filter(\.isActive)
        systemOwners = owners.isEmpty ? inOrder(active.filter { $0.may(.manageRoles) }) : owners
        let used = categories.values.filter(\.isActive)
        let sorted = Catalogues.languages.map { language in
            let alphabet = Self.alphabet(of: language, own)
            return (
                language, used.sorted(in: alphabet) { $0.name(in: language, fallback: municipality.language) }
            )
        }
        sortedCategories = Dictionary(sorted) { first, _ in first }
    }

    /// Those who can be given a case: whoever may not handle cases could not even acknowledge it.
    var possibleHandlers: [User] { activePeople.filter { $0.may(.handleCases) } }

    /// Whether there is such an account, and it is in use.
    func worksHere(_ id: ID<User>) -> Bool { people[id]?.user.isActive == true }

    func isPossibleHandler(_ id: ID<User>) -> Bool {
        people[id].map { $0.user.isActive && $0.user.may(.handleCases) } ?? false
    }

    func activeCategories(in language: String) -> [Category] { sortedCategories[language] ?? [] }

    /// Of what is written in one of the languages. English has no rule for å; whoever reads English here looks for it
    /// where the others do.
    func alphabet(of language: String) -> Alphabet { Self.alphabet(of: language, alphabet) }

    private static func alphabet(of language: String, _ own: Alphabet) -> Alphabet {
        Alphabet(language: language).flatMap { $0 == .english ? nil : $0 } ?? own
    }

    func name(of category: Category, in language: String) -> String {
        category.name(in: language, fallback: municipality.language)
    }

    func name(ofCategory id: ID<Category>?, in language: String) -> String? {
        category(id).map { name(of: $0, in: language) }
    }

    /// Also one that is no longer in use.
    func category(_ id: ID<Category>?) -> Category? { id.flatMap { categories[$0] } }

    func name(of unit: ID<Unit>) -> String { units[unit]?.name ?? "" }

    func name(of contractor: ID<Contractor>) -> String { contractors[contractor]?.name ?? "" }

    func name(of user: ID<User>) -> String { people[user]?.user.name ?? "" }

    /// Who answers for the unit (R3.6): its leader, or where nobody leads who still works here, that of the nearest unit
    /// above.
    ///
    /// - Parameter isMeant: whom to pass by; nobody, unless told otherwise.
    func leader(of unit: ID<Unit>, where isMeant: (User) -> Bool = { _ in true }) -> ID<User>? {
        units.path(from: unit).lazy.compactMap(\.leader).first { leader in
            people[leader].map { $0.user.isActive && isMeant($0.user) } ?? false
        }
    }

    /// Where a case with this category goes (R3.4): the category's unit, else the contact centre.
    func unit(for category: ID<Category>?) -> ID<Unit> {
        self.category(category)?.unit ?? municipality.centre
    }
}
