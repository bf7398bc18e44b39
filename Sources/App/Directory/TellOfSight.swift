import Domain

/// What is told of sight that somebody gains.
enum SightNews: String, Sendable, CaseIterable {
    case wanted, confirmed, refused

    var messageKind: MessageKind {
        switch self {
        case .wanted: .sightWanted
        case .confirmed: .sightConfirmed
        case .refused: .sightRefused
        }
    }

    var auditKind: AuditKind {
        switch self {
        case .wanted: .sightWanted
        case .confirmed: .sightConfirmed
        case .refused: .sightRefused
        }
    }
}

extension SightFacade {
    /// Writes it into the audit and tells, by mail and at once, the leaders of the units concerned and the system owner:
    /// those of before the change as well, for it may have put others in their place.
    ///
    /// - Parameter before: the organisation before the change.
    func tellOfSight(_ news: SightNews, _ grants: [SightGrant], before: Directory) throws {
        guard let first = grants.first else { return }
        let spoken = installation.words(municipality.language)
        for line in lines(of: grants, spoken) { try op.audit(news.auditKind, line) }
        var told: [ID<User>: [SightGrant]] = [:]
        for grant in grants {
            var readers = answering(for: grant.unit, before: before)
            // Whoever gains hears of it by the page they miss; of a new password, only this tells them.
            let isNewPassword = grant.cause == .password && grant.wantedBy == actor.userID
            if news != .wanted || isNewPassword { readers.insert(grant.person) }
            for reader in readers { told[reader, default: []].append(grant) }
        }
        for (reader, grants) in told.sorted(by: { $0.key < $1.key }) {
            try write(news, grants, to: reader, occasion: "sight_\(news.rawValue) \(first.change) \(first.id)")
        }
    }

    /// The system owners from before and from now on are told who they are.
    func tellOfOwners(before: Directory) throws {
        let names = directory.systemOwners.map(\.name).joined(separator: ", ")
        for owner in answering(for: nil, before: before).sorted() {
            try write(
                .ownerChanged,
                ["names": names, "link": installation.settings.publicURL + paths(.adminMunicipality)],
                to: owner, occasion: "owner_changed \(newID(of: SightChange.self))")
        }
    }

    /// What is new here would be read by more people: those who answer for the unit it leaves, and the system owner, are
    /// told. What was registered before keeps its mark and its unit.
    func tellOfCategory(_ category: Domain.Category, since known: Domain.Category) throws {
        guard known.isConfidential, !category.isConfidential || category.unit != known.unit else { return }
        let kind = category.isConfidential ? MessageKind.categoryMoved : .categoryOpened
        for reader in answering(for: directory.unit(for: known.id), before: directory).sorted() {
            let language = directory.people[reader]?.user.language ?? municipality.language
            try write(
                kind,
                [
                    "category": known.name(in: language, fallback: municipality.language),
                    "unit": directory.name(of: category.unit ?? municipality.centre),
                    "link": installation.settings.publicURL + paths(.adminCategory, category.id),
                ], to: reader, occasion: "\(kind.rawValue) \(newID(of: SightChange.self))")
        }
    }

    /// What one person has done to a unit by which what is confidential could come to light, or be left lying.
    ///
    /// - Parameter before: the organisation before the change.
    func tell(_ news: UnitNews, of unit: ID<Unit>, before: Directory) throws {
        for reader in answering(for: unit, before: before).sorted() {
            try write(
                news.messageKind,
                [
                    "unit": directory.name(of: unit),
                    "link": installation.settings.publicURL + paths(.adminUnit, unit),
                ], to: reader, occasion: "\(news.messageKind.rawValue) \(newID(of: SightChange.self))")
        }
    }

    /// Whom a mail tells: the leader of the unit and the system owners, now and before the change. For whoever has no
    /// address somebody else is told: the nearest leader above, and whoever manages roles. Nothing happens in silence
    /// because one address is missing.
    ///
    /// - Parameter person: who is told otherwise, so that somebody else stands in for them too.
    func answering(for unit: ID<Unit>?, before: Directory, besides person: ID<User>? = nil) -> Set<ID<User>> {
        let isReached = { (user: User) in
            user.id != person && directory.people[user.id]?.user.isReachedByMail == true
        }
        var (readers, missed): (Set<ID<User>>, Set<ID<User>>) = ([], [])
        for organisation in [directory, before] {
            let owners = organisation.systemOwners
            let reached = owners.filter(isReached)
            let others = organisation.activePeople.filter { $0.may(.manageRoles) && isReached($0) }
            readers.formUnion((reached.isEmpty ? others : reached).map(\.id))
            missed.formUnion(owners.filter { $0.id != person && !isReached($0) }.map(\.id))
            guard let unit, let leader = organisation.leader(of: unit) else { continue }
            let told = organisation.leader(of: unit, where: isReached)
            readers.formUnion([told].compactMap(\.self))
            if told != leader, leader != person { missed.insert(leader) }
        }
        for user in missed.sorted() {
            installation.logger.warning(
                "somebody who answers for confidential cases has no e-mail address and was not told of a change",
                metadata: ["municipality": "\(municipality.slug)", "user": "\(user)"])
        }
        return readers
    }

    private func write(_ news: SightNews, _ grants: [SightGrant], to reader: ID<User>, occasion: String) throws {
        let words = installation.words(directory.people[reader]?.user.language ?? municipality.language)
        let lines = lines(of: grants, words)
        var shown = lines.prefix(SightNews.mostLines).joined(separator: "\n")
        if lines.count > SightNews.mostLines {
            shown += "\n" + words.count("sight.more", lines.count - SightNews.mostLines)
        }
        let isOwn = news == .wanted && grants.allSatisfy { $0.person == reader }
        try write(
            isOwn ? .sightDoubted : news.messageKind,
            [
                "lines": shown, "managers": managers(besides: grants, words),
                "link": installation.settings.publicURL + (isOwn ? paths(.account) : paths(.sight)),
            ],
            to: reader, occasion: occasion)
    }

    /// Who can take somebody out of a unit again: whoever leads it may not be able to.
    private func managers(besides grants: [SightGrant], _ words: Words) -> String {
        let gaining = Set(grants.map(\.person))
        let names = directory.activePeople.filter { $0.may(.managePeople) && !gaining.contains($0.id) }.map(\.name)
        return names.isEmpty ? words("sight.by.server") : firstNames(names, words)
    }

    /// - Parameter values: for the words of the kind, which also know who acts.
    func write(_ kind: MessageKind, _ values: [String: String], to reader: ID<User>, occasion: String) throws {
        guard let user = directory.people[reader]?.user, user.isActive, let address = user.email else { return }
        let language = user.language ?? municipality.language
        let words = installation.words(language)
        let by = actor.userID.map { directory.name(of: $0) } ?? words("sight.by.server")
        let all = values.merging(["by": by, "municipality": municipality.name]) { own, _ in own }
        _ = try op.outbox.queue(
            kind, subject: words(kind.subjectKey, all), body: words(kind.bodyKey, all), mentions: [], to: address,
            name: user.name, language: language, occasion: occasion)
    }

    /// "Kari: sees confidential cases in Roads, Water (new password)", one for each person and reason.
    private func lines(of grants: [SightGrant], _ words: Words) -> [String] {
        var lines: [String] = []
        for (_, same) in Dictionary(grouping: grants, by: { "\($0.change) \($0.cause)" }).sorted(by: { $0.key < $1.key }
        ) {
            lines.append(
                words(
                    "sight.line",
                    [
                        "name": directory.name(of: same[0].person), "what": sightText(of: same.map(\.gain), words),
                        "cause": words("sight.cause." + same[0].cause.rawValue),
                    ]))
        }
        return lines
    }

    /// What a second person's yes lets somebody do: "sees confidential cases in Roads, Water; can say yes for others".
    func sightText(of gains: [SightGain], _ words: Words) -> String {
        sightTexts("sight.gain", of: gains, words).joined(separator: "; ")
    }

    /// One text for the units and one for the right to say yes for others, as far as either is concerned: what holds for
    /// the one makes no sentence about the other.
    ///
    /// - Parameter key: the words are `<key>.units` and `<key>.right`.
    func sightTexts(
        _ key: String, of gains: [SightGain], _ words: Words, _ values: [String: String] = [:]
    ) -> [String] {
        let units = unitNames(of: gains, words)
        let ofUnits = units.isEmpty ? [] : [words(key + ".units", values.merging(["units": units]) { $1 })]
        return ofUnits + (gains.contains { $0.unit == nil } ? [words(key + ".right", values)] : [])
    }

    /// "Roads, Water".
    private func unitNames(of gains: [SightGain], _ words: Words) -> String {
        let names = Set(gains.compactMap(\.unit)).map { directory.name(of: $0) }
            .sorted(in: directory.alphabet, by: \.self)
        return firstNames(names, words, most: SightNews.mostUnits)
    }
}

/// What is told of a unit.
enum UnitNews: Sendable, CaseIterable {
    /// It is closed; what it has of confidential cases stays with it.
    case closed
    /// Its name may be told together with a case, which it might not before.
    case named

    var messageKind: MessageKind {
        switch self {
        case .closed: .unitClosed
        case .named: .unitNamed
        }
    }
}

extension User {
    fileprivate var isReachedByMail: Bool { isActive && email != nil }
}

extension SightNews {
    /// More than anybody reads in one go; the rest is counted.
    fileprivate static let mostLines = 50
    fileprivate static let mostUnits = 6
}
