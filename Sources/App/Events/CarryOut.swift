import Domain

extension Operation {
    /// Does what follows from a change, in its transaction.
    func carryOut(_ change: Change) throws {
        for line in change.events {
            for consequence in Consequences.of(line.event.fact, change, by: actor) {
                try carryOut(consequence, of: change, because: line.id)
            }
        }
        for consequence in Consequences.ofAny(change) { try carryOut(consequence, of: change, because: change.event) }
    }

    /// Does what follows from what happened to a contact itself.
    ///
    /// - Parameter cases: all that its questions belong to.
    func carryOut(_ event: ContactEvent, of contact: Contact, cases: [ID<Case>: Case]) throws {
        for consequence in Consequences.of(event) {
            switch consequence {
            case .index: try indexForSearch(contact, cases: cases)
            }
        }
    }

    private func carryOut(_ consequence: Consequence, of change: Change, because event: ID<CaseEvent>) throws {
        let subject = change.after
        switch consequence {
        case .citizen(let mail, let only):
            let reporters = try change.reporters ?? reporters(of: subject.id)
            let told = reporters.filter { only == nil || $0.contact == only }
            try queueCitizenMessage(mail, about: subject, because: event, to: told, tellsAcute: change.saying.isAcute)
        case .holder(let mail, let note): try queueStaffMessage(mail, about: subject, because: event, note: note)
        case .bell(let news, let isMailed):
            let handler = directory.addressee(.handler, of: subject, on: today)
            try alert(handler, about: subject, news, now, isMailed: isMailed)
        case .contractorLink(let note): try sendContractorLink(to: subject, because: event, note: note)
        case .contractor(let message): try writeToContractor(.contractorTold, message, about: subject, because: event)
        case .contractorAcute:
            let message = installation.words(municipality.language)("contractor.acute")
            try writeToContractor(.contractorTold, message, about: subject, because: event)
        case .reminder(let reminder): try tell(of: reminder, about: subject, because: event)
        case .settleAlerts: try settleAlerts(of: subject)
        case .index: try indexForSearch(subject, reports: change.reporters?.map(SearchedReport.init))
        case .indexContacts: try indexContacts(try contacts(of: subject.id).map(\.id))
        }
    }
}
