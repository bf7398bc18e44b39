import Domain

/// With which contractor the case is, and what became of the link.
struct ContractorCard: Sendable {
    var name: String
    var email: String
    var phone: String?
    /// The same in groups, to be read aloud.
    var phoneText: String?
    /// When the link was sent, opened, and when it ends.
    var facts: [Fact]
    var forms: [ActionForm] = []
}

extension ContractorCard {
    /// Nil while no contractor has the case.
    init?(_ shown: Case, _ forms: CaseForms, in op: Operation) throws {
        guard let contractor = shown.contractor.flatMap({ op.directory.contractors[$0] }) else { return nil }
        let link = try op.contractors.link(of: shown.id)
        let user = try op.user
        var allowed: [ActionForm] = []
        if user.may(.handleCases) { allowed.append(forms.contractorMessage()) }
        if user.may(.routeCases) {
            allowed.append(forms.contractorLink())
            if link?.outcome == nil { allowed.append(forms.contractorWithdrawal()) }
        }
        self.init(
            name: contractor.name, email: contractor.email, phone: contractor.phone,
            phoneText: contractor.phone.map { op.grouped($0) },
            facts: try link.map { try Self.facts(of: $0, in: op) } ?? [], forms: allowed)
    }

    private static func facts(of link: ContractorLink, in op: Operation) throws -> [Fact] {
        let times = Times(op.directory.calendar, op.words, op.now)
        let visits = try link.visits(in: op)
        let never = op.words("case.contractor.never")
        var facts = [
            ("sent", times.dayAndTime(link.createdAt)), ("opened", visits.map { times.dayAndTime($0.first) } ?? never),
        ]
        if let visits, visits.last != visits.first { facts.append(("last", times.dayAndTime(visits.last))) }
        if let endedAt = link.endedAt {
            facts.append(("withdrawn", times.dayAndTime(endedAt)))
        } else {
            facts.append((link.expiresAt <= op.now ? "expired" : "expires", times.day(link.expiresAt)))
        }
        return facts.map { Fact(term: op.words("case.contractor." + $0.0), text: $0.1) }
    }
}
