import Domain

/// Every address of one municipality's pages. Links and redirects are made here and nowhere else.
struct SitePath: Sendable {
    let municipality: String

    var base: String { "/" + municipality }
    var front: String { base }
    var report: String { base + "/report" }
    var follow: String { base + "/follow" }
    var login: String { base + "/login" }
    var logout: String { base + "/logout" }
    var intake: String { base + "/intake" }
    var mine: String { base + "/mine" }
    var followUp: String { base + "/open" }
    var alerts: String { base + "/alerts" }
    var watch: String { base + "/watch" }
    var search: String { base + "/search" }
    var newContact: String { base + "/contacts/new" }
    var contacts: String { base + "/contacts" }
    var admin: String { base + "/admin" }
    var mails: String { base + "/mails" }
    var reports: String { base + "/reports" }
    var figures: String { base + "/figures" }
    var account: String { base + "/account" }
    var ownPassword: String { account + "/password" }
    var tokens: String { account + "/tokens" }
    /// What waits for a second person.
    var sight: String { base + "/sight" }
    var readings: String { base + "/readings" }

    func report(_ report: FollowUpReport) -> String { "\(reports)/\(report.rawValue)" }
    func follow(_ number: CaseNumber) -> String { "\(follow)/\(number)" }
    /// Who has read this case.
    func readings(of number: CaseNumber) -> String { "\(readings)?case=\(number)" }
    func reopening(_ number: CaseNumber) -> String { "\(follow)/\(number)/reopening" }
    func contractor(_ id: ID<ContractorLink>) -> String { "\(base)/contractor/\(id)" }
    func unit(_ id: ID<Unit>) -> String { "\(base)/units/\(id)" }
    func absences(of user: ID<User>) -> String { "\(base)/people/\(user)/absences" }
    func stop(_ id: ID<Contact>) -> String { "\(base)/stop/\(id)" }
    func contact(_ id: ID<Contact>) -> String { "\(contacts)/\(id)" }
    func cases(_ number: CaseNumber) -> String { "\(base)/cases/\(number)" }
    func action(_ name: String, on number: CaseNumber) -> String { "\(cases(number))/\(name)" }
    func admin(_ section: String) -> String { "\(admin)/\(section)" }
    func admin<Entity>(_ section: String, _ id: ID<Entity>) -> String { "\(admin)/\(section)/\(id)" }
}
