import Domain

/// What stands behind the link that somebody came by.
enum FoundLink: Sendable {
    case live(ContractedCase)
    /// The contractor has reported the work done or handed it back, or the case was taken back or closed. They may have
    /// something to tell all the same.
    case over(ContractorLink)
    /// A wrong key, a link that was withdrawn, replaced or has expired, or none at all: told alike.
    case nothing
}

/// A case, and the contractor who has it by a link that holds.
struct ContractedCase: Sendable {
    let link: ContractorLink
    let shown: Case
    let contractor: Contractor
}

extension FoundLink {
    static func find(_ visit: Visit, in op: Operation) throws -> FoundLink {
        guard let id = visit.parameters["link"].flatMap({ ID<ContractorLink>(text: $0) }),
            let row = try op.tx.row(
                "SELECT * FROM contractor_links WHERE municipality = \(op.tenant) AND id = \(id)")
        else { return .nothing }
        let link = try ContractorLink(row)
        guard isHeld(link, by: visit, in: op) else { return .nothing }
        if let outcome = link.outcome, [.done, .handedBack, .takenBack].contains(outcome) { return .over(link) }
        guard link.outcome == nil, op.now < link.expiresAt,
            let contractor = op.directory.contractors[link.contractor], contractor.isActive,
            let found = try op.tx.row(
                """
                SELECT * FROM cases
                WHERE municipality = \(op.tenant) AND id = \(link.subject) AND contractor_id = \(contractor.id)
                """)
        else { return .nothing }
        return .live(ContractedCase(link: link, shown: try Case(found), contractor: contractor))
    }

    /// By the key of the mail, or by the cookie that stands for it.
    private static func isHeld(_ link: ContractorLink, by visit: Visit, in op: Operation) -> Bool {
        if let key = visit.queried("key") { return Secret.isSame(Secret.hash(key), link.keyHash) }
        return visit.cookies[ContractorGrant.cookieName(link.id)].map { ContractorGrant.holds($0, link.id, op) }
            ?? false
    }
}

/// What lets a browser see the case after the key was right, so that the key need not stay in the address.
enum ContractorGrant {
    static func cookie(for link: ID<ContractorLink>, in op: Operation) -> SetCookie {
        let ends = "\(op.now.milliseconds + FormToken.lifetime)"
        return SetCookie(
            name: cookieName(link), value: ends + "." + signature(link, ends, op), path: op.paths(.contractorCase, link)
        )
    }

    static func cookieName(_ link: ID<ContractorLink>) -> String { "torg_contractor_\(link)" }

    static func holds(_ cookie: String, _ link: ID<ContractorLink>, _ op: Operation) -> Bool {
        let parts = cookie.split(separator: ".").map(String.init)
        guard parts.count == 2, let ends = Int64(parts[0]),
            op.now.isWithin(FormToken.lifetime, endingAt: ends)
        else { return false }
        return Secret.isSame(parts[1], signature(link, parts[0], op))
    }

    private static func signature(_ link: ID<ContractorLink>, _ ends: String, _ op: Operation) -> String {
        op.installation.secret.signature(of: "\(op.tenant).\(link).\(ends)", for: "contractor-grant")
    }
}
