import Domain

/// What is told of sight that somebody gains. Raw values stand in the words: `mail.sight_<raw value>`.
enum SightNews: String, Sendable, CaseIterable {
    case wanted, confirmed, refused

    var auditKind: AuditKind {
        switch self {
        case .wanted: .sightWanted
        case .confirmed: .sightConfirmed
        case .refused: .sightRefused
        }
    }
}

extension Operation {
    /// Writes it into the audit and tells, by mail and at once, the leaders of the units concerned and the system owner:
    /// those of before the change as well, for it may have put others in their place. Also who made the change, in case
    /// somebody else did so in their name.
    ///
    /// - Parameter before: the organisation before the change.
    func tellOfSight(_ news: SightNews, _ grants: [SightGrant], before: Directory) throws {
        guard let first = grants.first else { return }
        let spoken = installation.words(municipality.language)
        for line in lines(of: grants, spoken) { try audit(news.auditKind, line) }
        var told: [ID<User>: [SightGrant]] = [:]
        for grant in grants {
            var readers = Set((directory.systemOwners + before.systemOwners).map(\.id))
            readers.formUnion(
                [directory, before].compactMap { organisation in
                    grant.unit.flatMap { organisation.leader(of: $0) }
                })
            // Whoever gains hears of it by the page they miss; of a new password, only this tells them.
            if news != .wanted || grant.cause == .password { readers.insert(grant.person) }
            for reader in readers { told[reader, default: []].append(grant) }
        }
        for (reader, grants) in told.sorted(by: { $0.key < $1.key }) {
            try write(news, grants, to: reader, occasion: "sight_\(news.rawValue) \(first.change) \(first.id)")
        }
    }

    /// The system owners from before and from now on are told who they are.
    func tellOfOwners(before: Directory) throws {
        let names = directory.systemOwners.map(\.name).joined(separator: ", ")
        for owner in Dictionary(
            (before.systemOwners + directory.systemOwners).map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }
        ).values.sorted(by: { $0.id < $1.id }) {
            try write(
                "owner_changed",
                ["names": names, "link": installation.settings.publicURL + paths.admin("municipality")],
                to: owner.id, occasion: "owner_changed \(newID(of: SightChange.self))")
        }
    }

    /// What is new here would be read by more people: those who answer for the unit it leaves, and the system owner, are
    /// told. What was registered before keeps its mark and its unit.
    func tellOfCategory(_ category: Domain.Category, since known: Domain.Category) throws {
        guard known.isConfidential, !category.isConfidential || category.unit != known.unit else { return }
        var readers = Set(directory.systemOwners.map(\.id))
        readers.formUnion([directory.leader(of: directory.unit(for: known.id))].compactMap(\.self))
        let key = category.isConfidential ? "category_moved" : "category_opened"
        for reader in readers.sorted() {
            let language = directory.people[reader]?.user.language ?? municipality.language
            try write(
                key,
                [
                    "category": known.name(in: language, fallback: municipality.language),
                    "unit": directory.name(of: category.unit ?? municipality.centre),
                    "link": installation.settings.publicURL + paths.admin("categories", category.id),
                ], to: reader, occasion: "\(key) \(newID(of: SightChange.self))")
        }
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
            isOwn ? "sight_doubted" : "sight_\(news.rawValue)",
            ["lines": shown, "link": installation.settings.publicURL + (isOwn ? paths.account : paths.sight)],
            to: reader, occasion: occasion)
    }

    /// - Parameter values: for the words `mail.<key>.subject` and `mail.<key>.body`, which also know who acts.
    private func write(_ key: String, _ values: [String: String], to reader: ID<User>, occasion: String) throws {
        guard let user = directory.people[reader]?.user, user.isActive, let address = user.email else { return }
        let language = user.language ?? municipality.language
        let words = installation.words(language)
        let by = actor.userID.map { directory.name(of: $0) } ?? words("sight.by.server")
        let all = values.merging(["by": by, "municipality": municipality.name]) { own, _ in own }
        _ = try queue(
            key, subject: words("mail.\(key).subject", all), body: words("mail.\(key).body", all), mentions: [],
            to: address,
            name: user.name, language: language, occasion: occasion)
    }

    /// "Kari: Roads, Water (new password)", one for each person and reason.
    private func lines(of grants: [SightGrant], _ words: Words) -> [String] {
        var lines: [String] = []
        for (_, same) in Dictionary(grouping: grants, by: { "\($0.change) \($0.cause)" }).sorted(by: { $0.key < $1.key }
        ) {
            lines.append(
                words(
                    "sight.line",
                    [
                        "name": directory.name(of: same[0].person), "units": unitNames(of: same, words),
                        "cause": words("sight.cause." + same[0].cause.rawValue),
                    ]))
        }
        return lines
    }

    /// "Roads, Water", and what is no unit by its own words.
    func unitNames(of grants: [SightGrant], _ words: Words) -> String {
        let units = Set(grants.compactMap(\.unit)).map { directory.name(of: $0) }
            .sorted(in: directory.alphabet, by: \.self)
        let names = units + (grants.contains { $0.unit == nil } ? [words("sight.right")] : [])
        guard names.count > SightNews.mostUnits else { return names.joined(separator: ", ") }
        let shown = names.prefix(SightNews.mostUnits).joined(separator: ", ")
        return words("admin.people.and_more", ["names": shown, "count": "\(names.count - SightNews.mostUnits)"])
    }
}

extension SightNews {
    /// More than anybody reads in one go; the rest is counted.
    fileprivate static let mostLines = 50
    fileprivate static let mostUnits = 6
}
