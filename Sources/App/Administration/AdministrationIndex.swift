import Domain

/// All of the administration. Each file beside this one is one thing that can be done there.
enum Administration {
    static let routes: [Route] =
        AdministrationIndex.routes + ListPeople.routes + EditPerson.routes + SetPassword.routes + ManageTokens.routes
        + ListUnits.routes + EditUnit.routes + ListContractors.routes + EditContractor.routes + ListRoles.routes
        + EditRole.routes + ListCategories.routes + EditCategory.routes + ListTexts.routes + EditText.routes
        + EditMunicipality.routes + EditCalendar.routes + PreviewDueDates.routes + EditRetention.routes
        + ListMail.routes
        + RetryMail.routes + ListTasks.routes + ListAudit.routes
}

/// A part of the administration, with its address and the permission it takes. Raw values stand in words.
enum AdministrationSection: String, CaseIterable, Sendable {
    case people, units, contractors, roles, categories, texts, municipality, calendar, retention, mail, tasks

    var permission: Permission {
        switch self {
        case .people: .managePeople
        case .units, .contractors: .manageUnits
        case .roles: .manageRoles
        case .categories: .manageCategories
        case .texts: .manageTexts
        case .municipality, .calendar, .retention, .tasks: .manageMunicipality
        case .mail: .seeMail
        }
    }

    var address: Address<Void> {
        switch self {
        case .people: .adminPeople
        case .units: .adminUnits
        case .contractors: .adminContractors
        case .roles: .adminRoles
        case .categories: .adminCategories
        case .texts: .adminTexts
        case .municipality: .adminMunicipality
        case .calendar: .adminCalendar
        case .retention: .adminRetention
        case .mail: .adminMails
        case .tasks: .adminTasks
        }
    }
}

extension AdministrationFacade {
    var administrationLink: Link { Link(text: words("admin.back"), url: paths(.admin)) }

    func link(to section: AdministrationSection) -> Link {
        Link(text: words("admin." + section.rawValue), url: paths(section.address))
    }

    /// Throws unless the user manages something.
    func requireAdministration() throws {
        guard try user.permissions.contains(where: \.isAdministrative) else { throw Refusal.forbidden }
    }
}

/// `GET /{m}/admin`: what the user may manage, with what needs a hand.
enum AdministrationIndex {
    static let routes: [Route] = [
        .page(.admin, for: .staff(nil)) { visit, op in
            try op.administration.requireAdministration()
            let words = op.words
            let columns = ["name", "about", "state"].map { words("admin.column." + $0) }
            var rows = try AdministrationSection.allCases.filter { try op.user.may($0.permission) }.map {
                try row($0, columns, op)
            }
            rows.append(
                ListRow(cells: [
                    ListCell(
                        column: columns[0], text: words("admin.audit"), url: op.paths(.adminAudit), isHeading: true),
                    ListCell(column: columns[1], text: words("admin.audit.about")),
                    ListCell(column: columns[2], text: ""),
                ]))
            if try op.user.may(.managePeople) || op.directory.isSystemOwner(try op.user.id) {
                let waiting = try op.sight.shownGrants().count { $0.contains { $0.state == .waiting } }
                rows.append(
                    ListRow(cells: [
                        ListCell(
                            column: columns[0], text: words("sight.heading"), url: op.paths(.sight), isHeading: true),
                        ListCell(column: columns[1], text: words("sight.about")),
                        ListCell(
                            column: columns[2],
                            text: waiting == 0 ? words("sight.count.none") : words.count("sight.count", waiting),
                            mark: waiting == 0 ? nil : .soon),
                    ]))
            }
            return .page(
                ListPage(
                    frame: try op.frame(visit, title: words("admin.heading")), heading: words("admin.heading"),
                    lead: words("admin.lead"), columns: columns, rows: rows, empty: words("admin.empty")))
        }
    ]

    private static func row(_ section: AdministrationSection, _ columns: [String], _ op: Operation) throws -> ListRow {
        let link = op.administration.link(to: section)
        let state = try state(of: section, op)
        return ListRow(cells: [
            ListCell(column: columns[0], text: link.text, url: link.url, isHeading: true),
            ListCell(column: columns[1], text: op.words("admin.\(section.rawValue).about")),
            ListCell(column: columns[2], text: state.text, mark: state.mark),
        ])
    }

    /// How many there are, or what is missing.
    private static func state(
        of section: AdministrationSection, _ op: Operation
    ) throws -> (text: String, mark: DueKind?) {
        let (directory, words) = (op.directory, op.words)
        switch section {
        case .people: return (words.count("admin.count.people", directory.activePeople.count), nil)
        case .units:
            let lacking = directory.activeUnits.count { !directory.gaps(in: $0).isEmpty }
            return lacking == 0
                ? (words.count("admin.count.units", directory.activeUnits.count), nil)
                : (words.count("admin.count.units_lacking", lacking), .late)
        case .contractors:
            return (words.count("admin.count.contractors", directory.activeContractors.count), nil)
        case .roles: return (words.count("admin.count.roles", directory.roles.count), nil)
        case .categories:
            let active = directory.categories.values.count { $0.isActive }
            return (words.count("admin.count.categories", active), nil)
        case .texts:
            let own = EditableText.all.count { directory.texts[$0.key] != nil }
            return (words.count("admin.count.texts", own), nil)
        case .municipality: return (directory.municipality.name, nil)
        case .calendar:
            let key = directory.calendar.isOpen(at: op.now) ? "admin.calendar.open_now" : "admin.calendar.closed_now"
            return (words(key), nil)
        case .retention:
            let erased = try RetentionClass.allCases.count { try op.retention.rule(of: $0)?.months != nil }
            return erased == 0
                ? (words("admin.count.retention.none"), nil) : (words.count("admin.count.retention", erased), nil)
        case .mail:
            let wrong = try ListMail.counts(op).filter { [.failed, .uncertain].contains($0.key) }.values.reduce(0, +)
            return wrong == 0 ? (words("admin.count.mail_fine"), .ok) : (words.count("admin.count.mail", wrong), .late)
        case .tasks:
            let failed = try ListTasks.counts(op)[.failed] ?? 0
            return failed == 0
                ? (words("admin.count.tasks_fine"), .ok) : (words.count("admin.count.tasks", failed), .late)
        }
    }
}
