import Domain
import HTTPTypes

/// One case, as page and as JSON. That somebody read a confidential one is recorded.
enum ShowCase {
    static let routes: [Route] = [.page(.case, for: .staff(nil), page)]

    static let page: PageHandler = { visit, op in
        let number = try visit.caseNumber()
        let shown: Case
        do {
            shown = try op.loadCaseToShow(number, in: op.scope)
        } catch Refusal.notFound {
            // The API stays with "not found": programs have no caller on the line. So does a form, which then comes back
            // with what was typed.
            guard visit.method == .get || visit.method == .head, let kept = try op.cases.caseKeptBack(number) else {
                throw Refusal.notFound
            }
            return .page(try ExistencePage(kept, visit, in: op))
        }
        op.readings.note(try op.alerts.unread(about: shown.id))
        let measures = try op.cases.measures(of: shown.id)
        let contacts = try op.contacts.load(of: shown.id)
        let actions = try CaseActions(shown, measures: measures, contacts: contacts, visit: visit, in: op)
        let forms = try actions.all()
        let others = forms.filter { !$0.isPrimary }
        // The likeliest stand out; a dozen equal buttons hide what is to be done.
        let often = shown.state.isOpen ? 3 : others.count
        let times = Times(op.directory.calendar, op.words, op.now)
        let due = times.due(op.cases.nextDue(shown))
        let flash = [
            "unit": shown.contractor.map { op.directory.name(of: $0) } ?? op.directory.name(of: shown.unit),
            "until": shown.parkedUntil.map(times.day) ?? "",
        ]
        return .page(
            CasePage(
                frame: try op.frame(visit, title: "\(shown.number) \(op.cases.title(of: shown))", values: flash),
                summary: actions.forms.summary, number: "\(shown.number)", url: op.paths(.case, shown.number),
                title: op.cases.title(of: shown), state: op.cases.stateInWords(of: shown), due: due.text,
                dueKind: due.kind, isAcute: shown.isAcute, isConfidential: shown.isConfidential,
                mustBeAnswered: shown.mustBeAnswered, erased: try op.retention.told(of: shown),
                steps: op.cases.steps(of: shown), primary: forms.first { $0.isPrimary },
                actions: Array(others.prefix(often)), moreActions: Array(others.dropFirst(often)),
                answer: op.cases.answer(to: shown), events: try Timeline(op: op, shown: shown).rows(),
                contact: contacts.first.map { op.cases.shown($0) },
                moreContacts: contacts.dropFirst().map { op.cases.shown($0) },
                facts: try facts(shown, times, op), contractor: try ContractorCard(shown, actions.forms, in: op),
                reporters: reporters(contacts, op).map { reporter($0, actions, op) },
                measures: actions.rows()))
    }

    static func json(_ number: CaseNumber, in op: Operation) throws -> Reply {
        try .json(CaseJSON(try op.loadCaseToShow(number, in: op.scope), in: op))
    }

    /// The case as it is after a change by somebody who could see it before, although they may have passed it out of
    /// their own sight.
    static func jsonAfterChange(_ number: CaseNumber, in op: Operation) throws -> Reply {
        try .json(CaseJSON(try op.loadCaseToShow(number, in: .everything), in: op))
    }

    /// One contact for each person: the latest, which tells how they want it now.
    private static func reporters(_ contacts: [Contact], _ op: Operation) -> [Contact] {
        let held = contacts.filter(\.isHeld)
        let told = contacts.filter { !$0.isHeld }
        // What was joined from outside stands by itself until the unit has said that it is the same person.
        return Person.grouped(told.map(\.person), in: op.municipality.country).compactMap { $0.last.map { told[$0] } }
            + held
    }

    private static func reporter(_ contact: Contact, _ actions: CaseActions, _ op: Operation) -> Reporter {
        let person = contact.person
        let reach = person.email != nil || person.phone != nil
        return Reporter(
            name: person.name
                ?? op.words(
                    contact.erasure != nil ? "erased" : "case.reporter." + (reach ? "no_name" : "anonymous")),
            email: person.email?.description,
            phone: person.phone?.description,
            phoneText: person.phone?.grouped(in: op.municipality.country),
            note: contact.isHeld
                ? op.words("case.reporter.held")
                : reach ? op.words("case.reporter." + (person.wantsUpdates ? "wants_updates" : "no_updates")) : nil,
            confirmation: contact.isHeld ? actions.confirmation(of: contact.id) : nil)
    }

    private static func facts(_ shown: Case, _ times: Times, _ op: Operation) throws -> [Fact] {
        let nobody = op.words("case.fact.nobody")
        let unit = op.directory.units[shown.unit]
        var facts = [("category", op.directory.name(ofCategory: shown.category, in: op.language) ?? "–")]
        facts += [("unit", op.cases.unitInWords(of: shown))]
        facts += [("handler", shown.handler.map { op.directory.name(of: $0) } ?? nobody)]
        if shown.state.isOpen { facts += [("receiver", unit?.receiver.map { op.directory.name(of: $0) } ?? nobody)] }
        facts += [("leader", op.directory.leader(of: shown.unit).map { op.directory.name(of: $0) } ?? nobody)]
        facts += [("created", times.dayAndTime(shown.createdAt))]
        if let until = shown.parkedUntil { facts += [("parked_until", times.dayAndTime(until))] }
        if let closure = shown.closure {
            facts += [("outcome", op.words("outcome." + closure.outcome.rawValue))]
            if let reason = closure.reason {
                let isCode = CaseForms.closingReasons.contains(reason)
                facts += [("reason", isCode ? op.words("reason." + reason) : reason)]
            }
            if let authority = closure.authority { facts += [("authority", authority)] }
        }
        if let deviation = shown.deviation { facts += [("deviation", deviation)] }
        var rows = facts.map { Fact(term: op.words("case.fact." + $0.0), text: $0.1) }
        if shown.isConfidential, try op.administration.mayReadLog(of: shown.unit) {
            rows.append(
                Fact(
                    term: op.words("case.fact.readings"), text: op.words("readings.see"),
                    url: op.paths(.readings) + "?case=\(shown.number)"))
        }
        if let place = shown.place {
            let position = place.position.map { "\($0.lat), \($0.lon)" }
            let found = place.text.map { op.paths(.search) + "?q=" + URLEncoded.encode($0) }
            rows.insert(
                Fact(term: op.words("case.fact.place"), text: place.text ?? position ?? "–", url: found), at: 1)
        }
        return rows
    }
}

extension CaseFacade {
    /// A contact as the case page and the contact's own page head it.
    func shown(_ contact: Contact) -> CaseContact {
        CaseContact(
            url: paths(.contact, contact.id), heading: summary(of: contact),
            text: contact.questions.map(op.contacts.text).joined(separator: "\n\n"))
    }

    /// "Telephone, Monday 20 July at 09.12, registered by Ingrid".
    func summary(of contact: Contact) -> String {
        let by = contact.registeredBy.map { directory.name(of: $0) }
        return words(
            by == nil ? "contact.summary.citizen" : "contact.summary",
            [
                "channel": words("channel." + contact.channel.rawValue),
                "when": Times(directory.calendar, words, now).dayAndTime(contact.at), "person": by ?? "",
            ])
    }
}
