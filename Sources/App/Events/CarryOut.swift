import Domain

extension HistoryFacade {
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
            case .index: try op.contacts.index(contact, cases: cases)
            }
        }
    }

    private func carryOut(_ consequence: Consequence, of change: Change, because event: ID<CaseEvent>) throws {
        let subject = change.after
        switch consequence {
        case .citizen(let mail, let only):
            let reporters = try change.reporters ?? op.outbox.reporters(of: subject.id)
            let told = reporters.filter { only == nil || $0.contact == only }
            try op.outbox.queueCitizenMessage(
                mail, about: subject, because: event, to: told, tellsAcute: change.saying.isAcute)
        case .holder(let mail, let note):
            try op.outbox.queueStaffMessage(mail, about: subject, because: event, note: note)
        case .bell(let news, let isMailed):
            let handler = directory.addressee(.handler, of: subject, on: today)
            try op.alerts.raise(handler, about: subject, news, now, isMailed: isMailed)
        case .contractorLink(let note): try op.contractors.sendLink(to: subject, because: event, note: note)
        case .contractor(let message):
            try op.contractors.write(.contractorTold, message, about: subject, because: event)
        case .contractorAcute:
            let message = installation.words(municipality.language)("contractor.acute")
            try op.contractors.write(.contractorTold, message, about: subject, because: event)
        case .reminder(let reminder): try op.alerts.tell(of: reminder, about: subject, because: event)
        case .settleAlerts: try op.alerts.settle(of: subject)
        case .index: try op.cases.index(subject, reports: change.reporters?.map(SearchedReport.init))
        case .indexContacts: try op.contacts.index(try op.contacts.load(of: subject.id).map(\.id))
        }
    }
}
