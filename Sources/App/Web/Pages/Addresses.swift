import Domain

/// Every address of a municipality's pages, and nowhere else (docs/how-to-add.md).
extension Address<Void> {
    // Citizens
    static var front: Self { .init("") }
    static var accent: Self { .init("accent.css") }
    static var report: Self { .init("report") }
    static var follow: Self { .init("follow") }
    static var mails: Self { .init("mails") }

    // The desk and the units
    static var login: Self { .init("login") }
    static var logout: Self { .init("logout") }
    static var intake: Self { .init("intake") }
    static var mine: Self { .init("mine") }
    static var openCases: Self { .init("open") }
    static var search: Self { .init("search") }
    static var contacts: Self { .init("contacts") }
    static var newContact: Self { .init("contacts/new") }
    static var alerts: Self { .init("alerts") }
    static var alertsReading: Self { .init("alerts/reading") }
    static var watch: Self { .init("watch") }
    static var figures: Self { .init("figures") }
    static var figuresFile: Self { .init("figures.csv") }
    static var reports: Self { .init("reports") }
    static var reportSettings: Self { .init("reports/settings") }
    static func report(_ report: FollowUpReport) -> Self { .init("reports/" + report.rawValue) }
    static func reportFile(_ report: FollowUpReport, _ format: ReportFile.Format) -> Self {
        .init("reports/\(report.rawValue).\(format.rawValue)")
    }
    static var readings: Self { .init("readings") }
    /// What waits for a second person.
    static var sight: Self { .init("sight") }

    // One's own account
    static var account: Self { .init("account") }
    static var sessions: Self { .init("account/sessions") }
    static var ownPassword: Self { .init("account/password") }
    static var ownTokens: Self { .init("account/tokens") }
    static var ownTokenRevocation: Self { .init("account/tokens/revocation") }

    // The administration
    static var admin: Self { .init("admin") }
    static var adminPeople: Self { .init("admin/people") }
    static var adminNewPerson: Self { .init("admin/people/new") }
    static var adminUnits: Self { .init("admin/units") }
    static var adminNewUnit: Self { .init("admin/units/new") }
    static var adminContractors: Self { .init("admin/contractors") }
    static var adminNewContractor: Self { .init("admin/contractors/new") }
    static var adminRoles: Self { .init("admin/roles") }
    static var adminNewRole: Self { .init("admin/roles/new") }
    static var adminCategories: Self { .init("admin/categories") }
    static var adminNewCategory: Self { .init("admin/categories/new") }
    static var adminTexts: Self { .init("admin/texts") }
    static var adminMunicipality: Self { .init("admin/municipality") }
    static var adminCalendar: Self { .init("admin/calendar") }
    static var adminCalendarPreview: Self { .init("admin/calendar/preview") }
    static var adminUsualDays: Self { .init("admin/calendar/usual") }
    static var adminRetention: Self { .init("admin/retention") }
    static var adminRetentionUndo: Self { .init("admin/retention/undo") }
    static var adminMails: Self { .init("admin/mail") }
    static var adminTasks: Self { .init("admin/tasks") }
    static var adminAudit: Self { .init("admin/audit") }
}

extension Address<CaseNumber> {
    static var `case`: Self { .init("cases/:number") }
    static var followedCase: Self { .init("follow/:number") }
}

extension Address<ID<Contact>> {
    static var contact: Self { .init("contacts/:contact") }
    static var contactPerson: Self { .init("contacts/:contact/person") }
    /// The end of mails about a case.
    static var stop: Self { .init("stop/:contact") }
}

extension Address<ID<ContractorLink>> {
    static var contractorCase: Self { .init("contractor/:link") }
}

extension Address<ID<Unit>> {
    static var unit: Self { .init("units/:unit") }
    static var unitLook: Self { .init("units/:unit/look") }
    static var unitPeople: Self { .init("units/:unit/people") }
    static var adminUnit: Self { .init("admin/units/:unit") }
}

extension Address<ID<User>> {
    static var absences: Self { .init("people/:person/absences") }
    static var adminPerson: Self { .init("admin/people/:person") }
    static var adminPersonCases: Self { .init("admin/people/:person/cases") }
    static var adminPersonTokens: Self { .init("admin/people/:person/tokens") }
    static var adminPersonTokenRevocation: Self { .init("admin/people/:person/tokens/revocation") }
    static var adminPersonPassword: Self { .init("admin/people/:person/password") }
}

extension Address<(ID<User>, ID<Absence>)> {
    static var absence: Self { .init("people/:person/absences/:absence") }
}

extension Address<ID<SightChange>> {
    static var sightConfirmation: Self { .init("sight/:change/confirmation") }
    static var sightRefusal: Self { .init("sight/:change/refusal") }
}

extension Address<ID<Contractor>> {
    static var adminContractor: Self { .init("admin/contractors/:contractor") }
}

extension Address<ID<Role>> {
    static var adminRole: Self { .init("admin/roles/:role") }
}

extension Address<ID<Category>> {
    static var adminCategory: Self { .init("admin/categories/:category") }
}

extension Address<ID<OutboxMessage>> {
    static var adminMail: Self { .init("admin/mail/:mail") }
    static var adminMailRetry: Self { .init("admin/mail/:mail/retry") }
}

extension Address<ID<StoredTask>> {
    static var adminTaskRetry: Self { .init("admin/tasks/:task/retry") }
    static var adminTaskStop: Self { .init("admin/tasks/:task/stop") }
}

extension Address<String> {
    /// By the text's key: `mail.closed.subject`.
    static var adminText: Self { .init("admin/texts/:text") }
}
