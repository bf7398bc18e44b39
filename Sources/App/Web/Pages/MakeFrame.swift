import Domain

extension Operation {
    /// What stands around a page: for colleagues with their lists and counts, for citizens plain.
    ///
    /// - Parameters:
    ///   - title: of the browser's window.
    ///   - flash: what was just done, when the visit says so; its placeholders are filled from `values`.
    func frame(
        _ visit: Visit, title: String, search: String = "", values: [String: String] = [:]
    ) throws -> Frame {
        // Neither a key nor the language before belongs in the link to another language.
        let kept = visit.query(without: ["language", "key"])
        var frame = Frame(
            language: language,
            languages: LanguageLink.all(to: visit.path + "?" + (kept.isEmpty ? "" : kept + "&"), current: language),
            municipality: municipality.name, base: paths.base, title: title, search: search,
            form: FormToken.make(for: visit.reader, by: actor.userID, at: now, secret: installation.secret),
            isDemo: installation.settings.isDevelopment && municipality.slug == DemoMunicipality.slug)
        let today = Times(directory.calendar, words, now).moment(now)
        frame.printed = words("frame.printed", ["day": DateWords(words: words).dayAndYear(today)])
        if let code = flash(of: visit), words.has("flash." + code) {
            frame.flash = words("flash." + code, values)
        }
        if case .user(let user) = actor {
            frame.user = FrameUser(
                name: user.name, unit: user.units.sorted().first.map { directory.name(of: $0) },
                home: accounts.home(of: user),
                registers: user.may(.registerContacts))
            frame.bell = try alerts.bell(isCurrent: visit.path == paths(.alerts))
            frame.navigation = try navigation(for: user, on: visit)
        }
        return frame
    }

    private func navigation(for user: User, on visit: Visit) throws -> [NavigationGroup] {
        let counts = try installation.counts.current(in: self)
        // A list that is narrowed further down is still that list.
        let path = visit.path
        let shown = visit.queried("show").map { path + "?show=" + $0 }
        func item(_ text: String, _ url: String, _ count: Int?) -> NavigationItem {
            NavigationItem(
                text: text, url: url, count: count.map(String.init),
                isCurrent: path == url || shown == url || (url == paths(.admin) && path.hasPrefix(url + "/")))
        }
        var lists = [item(words("navigation.mine"), paths(.mine), counts.mine(user))]
        if user.mayDistribute(in: municipality) {
            lists.insert(item(words("navigation.intake"), paths(.intake), counts.intake(user)), at: 0)
        }
        // The own ones first: a leader, or whoever stands in for one, has a whole tree below.
        let home = directory.people[user.id]?.home ?? []
        let units = [home, user.units.union(user.coveredUnits).subtracting(home)].flatMap { some in
            // One that is closed stands there as long as something is left to do.
            some.compactMap { directory.units[$0] }.filter { $0.isActive || counts.unit($0.id, user) > 0 }
                .sorted(in: directory.alphabet, by: \.name, id: \.id.rawValue)
        }
        lists += units.prefix(8).map { item($0.name, paths(.unit, $0.id), counts.unit($0.id, user)) }
        var follow = CaseFilter.allCases.map {
            item(
                words("navigation." + $0.rawValue), paths(.openCases) + "?show=" + $0.rawValue, counts.filter($0, user))
        }
        if user.may(.seeAllCases) { follow.insert(item(words("navigation.watch"), paths(.watch), nil), at: 0) }
        let reports = NavigationItem(
            text: words("navigation.reports"), url: paths(.reports),
            isCurrent: path == paths(.reports) || path.hasPrefix(paths(.reports) + "/"))
        follow.append(reports)
        if user.may(.seeFigures) { follow.append(item(words("figures.heading"), paths(.figures), nil)) }
        if try administration.mayReadLog { follow.append(item(words("readings.heading"), paths(.readings), nil)) }
        let waiting = try sight.shownGrants()
        if !waiting.isEmpty {
            let mine = try waiting.count { try !sight.decidable($0.filter { $0.state == .waiting }).isEmpty }
            follow.append(item(words("sight.heading"), paths(.sight), mine == 0 ? nil : mine))
        }
        var groups = [
            NavigationGroup(heading: nil, items: lists),
            NavigationGroup(heading: words("navigation.follow_up"), items: follow),
        ]
        if user.permissions.contains(where: \.isAdministrative) {
            groups.append(
                NavigationGroup(heading: nil, items: [item(words("navigation.administration"), paths(.admin), nil)]))
        }
        return groups
    }
}
