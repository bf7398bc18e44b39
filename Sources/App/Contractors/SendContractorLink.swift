import Database
import Domain

extension ContractorFacade {
    /// Makes a link to the case and mails it to its contractor, in the transaction of the event. Links before it end.
    ///
    /// - Parameter note: what the one who passed it on wants to say.
    func sendLink(to subject: Case, because event: ID<CaseEvent>, note: String? = nil) throws {
        guard let contractor = subject.contractor.flatMap({ directory.contractors[$0] }) else { return }
        try endLinks(of: subject.id, as: .replaced)
        let key = Secret.random(bytes: 16)
        let id: ID<ContractorLink> = newID()
        let expires = now.adding(days: ContractorLink.days)
        try tx.run(
            """
            INSERT INTO contractor_links (municipality, id, case_id, contractor_id, event_id, key_hash, created_at,
                created_by, expires_at)
            VALUES (\(tenant), \(id), \(subject.id), \(contractor.id), \(event), \(Secret.hash(key)), \(now),
                \(actor.userID), \(expires))
            """)
        let link = installation.settings.publicURL + paths(.contractorCase, id) + "?key=" + key
        try queueContractorMessage(
            .contractorCase, note, ["link": link], to: contractor, about: subject, because: event)
    }

    /// Tells the contractor something about a case of theirs. The key is not stored, so the mail names the one that
    /// brought the link.
    func write(
        _ kind: MessageKind, _ message: String?, about subject: Case, because event: ID<CaseEvent>
    ) throws {
        guard let contractor = subject.contractor.flatMap({ directory.contractors[$0] }),
            let link = try link(of: subject.id), link.outcome == nil
        else { return }
        // Nobody is sent to a link that leads nowhere.
        guard now < link.expiresAt else {
            return try sendLink(to: subject, because: event, note: message)
        }
        let sent = contractorTimes.day(link.createdAt)
        try queueContractorMessage(
            kind, message, ["sent": sent], to: contractor, about: subject, because: event)
    }

    private var contractorTimes: Times {
        Times(directory.calendar, installation.words(municipality.language), now)
    }

    private func queueContractorMessage(
        _ kind: MessageKind, _ message: String?, _ more: [String: String], to contractor: Contractor,
        about subject: Case, because event: ID<CaseEvent>
    ) throws {
        let language = municipality.language
        let mail = CaseMessage(
            kind: kind, reader: .contractor(link: more["link"]), address: contractor.email, name: contractor.name,
            language: language)
        try op.outbox.queue(mail, about: subject, because: event) {
            let due = op.cases.nextDue(subject)
            let privacy = try ContractorPrivacy(subject, contractor, in: op)
            let values = [
                "number": "\(subject.number)", "title": privacy.shown(subject.title),
                "message": privacy.shown(message ?? ""),
                "deadline": due.map { contractorTimes.dayAndTime($0.at) } ?? "",
                "unit": directory.name(of: directory.unitInCharge(of: subject)), "municipality": municipality.name,
                "days": "\(ContractorLink.days)",
            ].merging(more) { $1 }
            return (
                op.text(kind.subjectKey, in: language, values), op.text(kind.bodyKey, in: language, values)
            )
        }
    }
}
