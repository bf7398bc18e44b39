import Domain

/// `/{m}/sight`: who would see confidential cases if a second person said yes, and the second person's yes and no.
enum DecideSight {
    static let routes: [Route] = [
        .page(.sight, for: .staff(nil), show),
        .form(.post, .sightConfirmation, for: .staff(nil), show: show) { visit, op in
            try decide(.confirmed, visit, op)
        },
        .form(.post, .sightRefusal, for: .staff(nil), show: show) { visit, op in
            try decide(.refused, visit, op)
        },
    ]

    private static let show: PageHandler = { visit, op in
        let words = op.words
        let columns = ["who", "what", "why", "state"].map { words("sight." + $0) }
        let fields = FormFields(words: words, form: "sight", input: visit.form)
        let rows = try op.sight.shownGrants().map { try row($0, columns, op) }
        var frame = try op.frame(visit, title: words("sight.heading"))
        frame.flash = try decided(visit, op) ?? frame.flash
        return .page(
            ListPage(
                frame: frame, summary: fields.summary,
                heading: words("sight.heading"), lead: words("sight.lead"), columns: columns,
                actionColumn: rows.contains { !$0.actions.isEmpty } ? words("sight.decide") : nil, rows: rows,
                empty: words("sight.empty")))
    }

    private static func row(_ grants: [SightGrant], _ columns: [String], _ op: Operation) throws -> ListRow {
        let (words, user) = (op.words, try op.user)
        let times = Times(op.directory.calendar, words, op.now)
        let first = grants[0]
        let person = op.directory.name(of: first.person)
        let mine = try op.sight.decidable(grants)
        let isRefused = grants.allSatisfy { $0.state == .refused }
        let state =
            isRefused
            ? words(
                "sight.refused",
                ["name": op.sight.decider(of: first), "when": first.decidedAt.map(times.lately) ?? ""])
            : words("sight.waiting")
        var actions: [ActionForm] = []
        if !mine.isEmpty {
            actions.append(
                ActionForm(
                    id: "confirm-\(first.change)", title: words("sight.confirm"),
                    url: op.paths(.sightConfirmation, first.change),
                    submit: "",
                    isPrimary: true))
            if !isRefused {
                actions.append(
                    ActionForm(
                        id: "refuse-\(first.change)", title: words("sight.refuse"),
                        url: op.paths(.sightRefusal, first.change), submit: ""))
            }
        }
        let refusal = op.directory.people[user.id]?.asSecondPerson.refusal(toDecide: first.gain)
        let note = [
            mine.isEmpty ? refusal.map { words("sight.not." + $0.rawValue) } : nil,
            isRefused ? nil : op.sight.whoDecides(first.gain),
        ].compactMap(\.self).joined(separator: " ")
        return ListRow(
            cells: [
                ListCell(
                    column: columns[0], text: person,
                    url: user.may(.managePeople) ? op.paths(.adminPerson, first.person) : nil, isHeading: true),
                ListCell(column: columns[1], text: op.sight.sightText(of: grants.map(\.gain), words).startingLarge),
                ListCell(
                    column: columns[2], text: words("sight.cause." + first.cause.rawValue),
                    note: words(
                        "sight.by",
                        ["name": op.directory.name(of: first.wantedBy), "when": times.dayAndTime(first.wantedAt)])),
                ListCell(
                    column: columns[3], text: state, note: note.isEmpty ? nil : note, mark: isRefused ? .late : .soon),
            ], actions: actions)
    }

    private static func decide(_ news: SightNews, _ visit: Visit, _ op: Operation) throws -> Reply {
        let op = try op.organisation.changing()
        let change: ID<SightChange> = try visit.id("change")
        let grants = op.directory.grants.filter { $0.change == change }
        guard let first = grants.first, try op.sight.shownGrants().contains(where: { $0[0].change == change }) else {
            throw Refusal.notFound
        }
        let mine = try op.sight.decidable(grants).filter { news == .confirmed || $0.state == .waiting }
        guard !mine.isEmpty else {
            let person = op.directory.people[try op.user.id]?.asSecondPerson
            guard let refusal = person?.refusal(toDecide: first.gain) else { throw Refusal.changedMeanwhile }
            if refusal == .mayNot { throw Refusal.forbidden }
            throw InputErrors(nil, refusal.rawValue)
        }
        for grant in mine {
            try grant.settle(as: news == .confirmed ? .confirmed : .refused, by: try op.user.id, in: op)
            if news == .confirmed { op.organisationChange.confirm(grant.gain) }
        }
        try op.sight.tellOfSight(news, mine, before: op.directory)
        return .redirect(op.paths(.sight), flash: "sight_\(news.rawValue).\(change)")
    }

    /// What the user has just decided, and what follows from it; nil where they come from elsewhere.
    private static func decided(_ visit: Visit, _ op: Operation) throws -> String? {
        guard let parts = op.flash(of: visit)?.split(separator: "."), parts.count == 2,
            let change = ID<SightChange>(text: String(parts[1])),
            let news = parts[0].split(separator: "_").last.flatMap({ SightNews(rawValue: String($0)) })
        else { return nil }
        let rows = try op.tx.rows(
            """
            SELECT * FROM sight_grants WHERE municipality = \(op.tenant) AND change_id = \(change)
                AND decided_by = \(try op.user.id) ORDER BY id
            """)
        let gains = try rows.map(SightGrant.init).map(\.gain)
        guard let person = gains.first?.person else { return nil }
        // Somebody else's change may keep it from them as well.
        let isHeldUp = news == .confirmed && op.directory.waits(person)
        return op.sight.sightTexts(
            "sight.decided.\(isHeldUp ? "held_up" : news.rawValue)", of: gains, op.words,
            ["name": op.directory.name(of: person)]
        ).joined(separator: " ")
    }
}

extension SightFacade {
    /// Those of one change that the user may say yes or no to.
    func decidable(_ grants: [SightGrant]) throws -> [SightGrant] {
        guard let person = directory.people[try user.id]?.asSecondPerson else { return [] }
        return grants.filter { person.refusal(toDecide: $0.gain) == nil }
    }

    /// What is open and concerns the user, change by change: because it is theirs, because they made it or can decide it,
    /// or because they answer for the unit, for people or for the system.
    func shownGrants() throws -> [[SightGrant]] {
        let id = try user.id
        let person = directory.people[id]
        let isInCharge = try user.may(.managePeople) || directory.isSystemOwner(id)
        let shown = directory.grants.filter { grant in
            isInCharge || grant.person == id || grant.wantedBy == id
                || grant.unit.map { person?.leads.contains($0) == true } ?? false
        }
        return Dictionary(grouping: shown, by: \.change).sorted { $0.key < $1.key }.map(\.value)
    }

    /// Who refused it: a colleague, or whoever runs the server.
    func decider(of grant: SightGrant) -> String {
        grant.decidedBy.map { directory.name(of: $0) } ?? words("sight.by.server")
    }

    /// "Kari or Ola can say yes"; when nobody can, what is to be done.
    func whoDecides(_ gain: SightGain) -> String {
        let able = directory.secondPeople(for: gain).map(\.name)
        return able.isEmpty ? words("sight.nobody") : words("sight.can", ["names": firstNames(able, words)])
    }

    /// "Kari, Ola, Siv and 4 more".
    func firstNames(_ names: [String], _ words: Words, most: Int = 3) -> String {
        let shown = names.prefix(most).joined(separator: ", ")
        guard names.count > most else { return shown }
        return words("admin.people.and_more", ["names": shown, "count": "\(names.count - most)"])
    }

    /// That somebody will not see what is confidential, or not say yes for others, until a second person has said yes;
    /// and who that can be. Empty where nothing has to wait.
    ///
    /// - Parameter key: of the sentences, which know the name: `<key>.units` and `<key>.right`.
    func waitingText(_ key: String, _ gains: [SightGain]) -> String {
        guard let first = gains.first else { return "" }
        let sentences = sightTexts(key, of: gains, words, ["name": directory.name(of: first.person)])
        return (sentences + [whoDecides(first)]).joined(separator: " ")
    }

    /// On the page of a person, of a unit and of one's own account: what waits, and who can say yes.
    ///
    /// - Parameter key: the words are those in `sight.note.<key>`.
    func notes(_ key: String, where concerns: (SightGrant) -> Bool) throws -> [FormNote] {
        let found = Dictionary(grouping: directory.grants.filter(concerns), by: \.change).sorted { $0.key < $1.key }
        return found.map { _, grants in
            let isRefused = grants.allSatisfy { $0.state == .refused }
            let values = [
                "name": directory.name(of: grants[0].person), "decider": isRefused ? decider(of: grants[0]) : "",
            ]
            let sentences = sightTexts(
                "sight.note.\(key)." + (isRefused ? "refused" : "waiting"), of: grants.map(\.gain), words, values)
            return FormNote(
                text: (sentences + (isRefused ? [] : [whoDecides(grants[0].gain)])).joined(separator: " "),
                link: Link(text: words("sight.see"), url: paths(.sight)))
        }
    }

    /// Why a list lacks what is confidential; empty where nothing waits.
    func withheldText(in unit: ID<Unit>? = nil) throws -> String {
        let id = try user.id
        let own = directory.grants.filter { grant in
            grant.person == id && grant.unit != nil && unit.map { $0 == grant.unit } ?? true
        }
        guard let first = own.first else { return "" }
        return (sightTexts("sight.withheld", of: own.map(\.gain), words) + [whoDecides(first.gain)])
            .joined(separator: " ")
    }
}
