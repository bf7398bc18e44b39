import Domain

/// `/{m}/contractor/{link}`: a case as its contractor sees it: what the work needs, and nothing else.
enum ShowContractorCase {
    static let routes: [Route] = [
        Route(.get, .contractorCase) { visit, installation in
            let request = try await PageRequest(visit, .citizens, installation)
            // Only a key has anything written down: that it was used, or that it was wrong. Whoever has tried too often
            // is turned away before that; but never whoever has the right key, which nobody can guess.
            guard isOpened(by: visit) else { return try await request.show(show) }
            try await installation.read(request.municipality) { op in
                guard case .nothing = try FoundLink.find(visit, in: op) else { return }
                try Throttle.contractorKey.check(visit.network, in: op)
            }
            return try await request.show(show, writes: true)
        }
    ]

    private static func isOpened(by visit: Visit) -> Bool { visit.queried("key") != nil && visit.method == .get }

    static let show: PageHandler = { visit, op in
        let isOpened = isOpened(by: visit)
        switch try FoundLink.find(visit, in: op) {
        case .nothing:
            if isOpened { try Throttle.contractorKey.count(visit.network, in: op) }
            return .page(try ContractorEndPage("gone", visit, op), status: .notFound)
        case .over(let link) where link.outcome == .takenBack:
            return .page(try ContractorEndPage("gone", visit, op), status: .notFound)
        case .over(let link): return .page(try ContractorEndPage(link.outcome?.rawValue ?? "gone", visit, op))
        case .live(let found):
            guard isOpened else { return .page(try ContractorCasePage(found, visit, op)) }
            try found.link.noteOpening(in: op)
            // The key stays neither in the address bar nor in the browser's history; the cookie stands for it.
            let query = visit.query(without: ["key"])
            return .redirect(op.paths(.contractorCase, found.link.id) + (query.isEmpty ? "" : "?" + query))
                .with(ContractorGrant.cookie(for: found.link.id, in: op))
        }
    }
}

extension ContractorEndPage {
    /// - Parameter key: the words are `contractor.end.<key>.*`.
    init(_ key: String, _ visit: Visit, _ op: Operation) throws {
        let centre = op.directory.units[op.municipality.centre]
        func word(_ part: String) -> String { op.words("contractor.end." + key + "." + part) }
        self.init(
            frame: try op.frame(visit, title: word("heading")), heading: word("heading"), text: word("text"),
            advice: word("advice"), phone: centre?.phone,
            phoneText: centre?.phone.map { op.grouped($0) }, email: centre?.email)
    }
}

extension ContractorCasePage {
    init(_ found: ContractedCase, _ visit: Visit, _ op: Operation) throws {
        let shown = found.shown
        let privacy = try ContractorPrivacy(shown, found.contractor, in: op)
        let times = Times(op.directory.calendar, op.words, op.now)
        let own = try op.contacts.load(of: shown.id).first
        let unit = op.directory.units[op.directory.unitInCharge(of: shown)]
        let text = own?.questions.map(\.text).joined(separator: "\n\n") ?? ""
        let forms = ContractorForms(
            words: op.words, url: op.paths(.contractorCase, found.link.id), returned: visit.returnedForm,
            input: visit.form,
            today: op.today.iso, telling: TellingFields(try op.cases.listeners(of: shown.id), in: op))
        self.init(
            frame: try op.frame(visit, title: "\(shown.number)"), summary: forms.summary, number: "\(shown.number)",
            title: privacy.shown(shown.title),
            status: op.words(shown.acknowledgedAt == nil ? "contractor.status.new" : "contractor.status.underway"),
            contractor: found.contractor.name, forms: forms.all(isAcknowledged: shown.acknowledgedAt != nil),
            deadlines: Self.deadlines(shown, times, op), text: privacy.shown(text),
            facts: Self.facts(shown, privacy, op), reporter: privacy.reporter.flatMap { Self.reporter($0, op) },
            events: try Self.messages(shown, found, privacy, times, op), unit: unit?.name ?? "", phone: unit?.phone,
            phoneText: unit?.phone.map { op.grouped($0) },
            email: unit?.email)
    }

    private static func deadlines(_ shown: Case, _ times: Times, _ op: Operation) -> [Fact] {
        shown.clocks.running(op.directory.targets(for: shown), op.directory.calendar).compactMap { deadline in
            let key = "contractor.due." + deadline.kind.rawValue
            guard op.words.has(key) else { return nil }
            let day = times.day(deadline.at)
            let text = deadline.at < op.now ? op.words("contractor.due.passed", ["day": day]) : day
            return Fact(term: op.words(key), text: text)
        }
    }

    private static func facts(_ shown: Case, _ privacy: ContractorPrivacy, _ op: Operation) -> [Fact] {
        var facts: [Fact] = []
        if let text = shown.place?.text {
            let text = privacy.shown(text)
            let isAddressOnly = shown.place?.position == nil
            facts.append(
                Fact(
                    term: op.words("case.fact.place"), text: text,
                    url: isAddressOnly
                        ? "https://www.openstreetmap.org/search?query=" + URLEncoded.encode(text) : nil))
        }
        if let position = shown.place?.position {
            // To the metre.
            let metres = { (degrees: Double) in (degrees * 100_000).rounded() / 100_000 }
            let (lat, lon) = (metres(position.lat), metres(position.lon))
            facts.append(
                Fact(
                    term: op.words("contractor.map"), text: "\(lat), \(lon)",
                    url: "https://www.openstreetmap.org/?mlat=\(lat)&mlon=\(lon)#map=18/\(lat)/\(lon)"))
            facts.append(
                Fact(term: op.words("contractor.app"), text: op.words("contractor.app.open"), url: "geo:\(lat),\(lon)"))
        }
        if let category = op.directory.name(ofCategory: shown.category, in: op.language) {
            facts.append(Fact(term: op.words("case.fact.category"), text: category))
        }
        return facts
    }

    private static func reporter(_ person: Person, _ op: Operation) -> Reporter? {
        guard person.name != nil || person.email != nil || person.phone != nil else { return nil }
        return Reporter(
            name: person.name ?? op.words("case.reporter.no_name"), email: person.email?.description,
            phone: person.phone?.description, phoneText: person.phone?.grouped(in: op.municipality.country))
    }

    /// What this contractor and the municipality have written to each other since they got the case, the newest first.
    private static func messages(
        _ shown: Case, _ found: ContractedCase, _ privacy: ContractorPrivacy, _ times: Times, _ op: Operation
    ) throws -> [TimelineRow] {
        var rows: [TimelineRow] = []
        for stored in try op.history.events(of: shown.id) where stored.event.fact.contractor == found.contractor.id {
            // With each passing they begin anew: what was written to another does not concern them.
            if stored.event.kind == .routed { rows = [] }
            guard let text = stored.event.fact.writing else { continue }
            let key = "contractor.message." + stored.event.kind.rawValue
            guard op.words.has(key) else { continue }
            rows.append(
                TimelineRow(
                    what: op.words(key), when: times.dayAndTime(stored.at), instant: stored.at.iso8601,
                    text: privacy.shown(text)))
        }
        return rows.reversed()
    }
}
