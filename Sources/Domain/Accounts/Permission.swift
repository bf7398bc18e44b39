/// What a role may allow. Roles are data (R11.2); only these words are code.
public enum Permission: String, Sendable, Hashable, CaseIterable, Codable {
    case registerContacts = "contact.register"
    /// Sees every case that is not confidential (R1.7); otherwise only those of the own units and the own ones.
    case seeAllCases = "case.see_all"
    /// Acknowledge, answer, park, measure, close.
    case handleCases = "case.handle"
    /// Pass on, recode, mark as acute.
    case routeCases = "case.route"
    /// Name a handler, see what is outstanding in the own units and those below.
    case leadUnit = "unit.lead"
    /// Sees how many contacts and cases there were, without any of them.
    case seeFigures = "figures.read"
    case managePeople = "admin.people"
    case manageUnits = "admin.units"
    case manageRoles = "admin.roles"
    case manageCategories = "admin.categories"
    case manageTexts = "admin.texts"
    case manageMunicipality = "admin.municipality"
    case seeMail = "admin.mail"

    public var isAdministrative: Bool { rawValue.hasPrefix("admin.") }
}
