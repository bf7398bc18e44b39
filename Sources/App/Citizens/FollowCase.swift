import Domain

/// A case as one of its reporters sees it (R5.6). A confidential case is theirs as well, once they have shown more than
/// the link: that lay in a mailbox.
enum FollowCase {
    static let routes: [Route] = [
        .page(.followedCase, for: .citizens, show),
        .form(
            .post, .followedCase.below("reopening"), for: .citizens, form: "reopening", show: show,
            perform: reopen),
        .form(
            .post, .followedCase.below("answer"), for: .citizens, form: "answer", show: show,
            perform: answer),
    ]

    /// What can be sent from the page of a case, and is kept until one has shown that it is one's own: the last part of
    /// the address.
    static let forms = ["reopening", "answer"]

    /// What the flash says that brings the receipt, once: to the sender, for this case only.
    static func receiptFlash(_ number: CaseNumber) -> String { "receipt-\(number)" }

    static let show: PageHandler = { visit, op in
        // Without the right key nothing is said about whether there is such a case.
        guard let found = try FollowedCase.find(visit, in: op) else {
            return try FindOwnCase.ask(visit, op, isRefused: visit.queried("key") != nil || visit.method == .post)
        }
        let isOnPage = visit.method != .get && visit.method != .head
        let reply =
            switch found {
            case .open(let followed, _): Reply.page(try followed.page(visit, in: op))
            // Sent from the page of the case by somebody who may not see it, or no longer.
            case .closed(let door, _):
                Reply.page(
                    try FollowDoorPage(door, visit, in: op),
                    status: FollowCase.forms.contains(visit.returnedForm ?? "") ? .forbidden : .ok)
            }
        guard visit.queried("key") != nil else { return reply }
        guard !isOnPage else { return reply.with(found.grant.cookie(for: found.shown.number, in: op)) }
        // The key stays neither in the address bar nor in the browser's history; the cookie stands for it.
        let query = visit.query(without: ["key"])
        return .redirect(op.paths(.followedCase, found.shown.number) + (query.isEmpty ? "" : "?" + query))
            .with(found.grant.cookie(for: found.shown.number, in: op))
    }

    /// For somebody who sees the case; anybody else is shown the door, with what they were writing.
    static func enter(
        _ visit: Visit, _ op: Operation, _ body: (FollowedCase) throws -> Reply
    ) throws -> Reply {
        switch try FollowedCase.find(visit, in: op) {
        case nil: try FindOwnCase.ask(visit, op, isRefused: true)
        case .closed: try show(visit, op)
        case .open(let followed, _): try body(followed)
        }
    }

    private static let reopen: PageHandler = { visit, op in
        try enter(visit, op) { followed in
            var input = InputReader(form: visit.form)
            let reason = input.text("reason", max: 4_000, required: true) ?? ""
            try input.finish(warnedOf: op.contacts.soundsAcute(reason))
            try Throttle.followUp.count(followed.subject, in: op)
            try ReopenAsCitizen(reason: reason).perform(on: followed, in: op)
            return .redirect(op.paths(.followedCase, followed.shown.number), flash: "reopened_by_citizen")
        }
    }

    private static let answer: PageHandler = { visit, op in
        try enter(visit, op) { followed in
            var input = InputReader(form: visit.form)
            let message = input.text("message", max: QuestionInput.longestText, required: true) ?? ""
            try input.finish(warnedOf: op.contacts.soundsAcute(message))
            try Throttle.followUp.count(followed.subject, in: op)
            try AnswerAsCitizen(message: message).perform(on: followed, in: op)
            return .redirect(op.paths(.followedCase, followed.shown.number), flash: "answered_by_citizen")
        }
    }
}

/// A case, and the contact of the one who follows it and may see it.
struct FollowedCase: Sendable {
    let shown: Case
    let contact: ID<Contact>

    /// Whose tries are counted.
    var subject: String { "\(shown.id).\(contact)" }
}

/// What stands behind a link, or behind the cookie that stands for it.
enum FoundFollowed: Sendable {
    case open(FollowedCase, FollowGrant)
    /// The case is confidential, and nothing but the link has been shown.
    case closed(FollowDoor, FollowGrant)
}

extension FoundFollowed {
    var grant: FollowGrant {
        switch self {
        case .open(_, let grant), .closed(_, let grant): grant
        }
    }

    var shown: Case {
        switch self {
        case .open(let followed, _): followed.shown
        case .closed(let door, _): door.shown
        }
    }
}

extension FollowedCase {
    /// Nil without the right key or cookie, and for a number that does not exist.
    static func find(_ visit: Visit, in op: Operation) throws -> FoundFollowed? {
        guard let number = visit.parameters["number"].flatMap({ CaseNumber(text: $0) }) else { return nil }
        let shown: Case
        do {
            shown = try op.cases.load(number, in: .key(to: number))
        } catch Refusal.notFound {
            return nil
        }
        var grant = visit.cookies[FollowGrant.cookieName(number)].flatMap { FollowGrant($0, in: op) }
        if grant?.subject != shown.id { grant = nil }
        if let key = visit.queried("key") {
            guard let contact = try op.citizens.contact(holding: key, to: shown.id)?.contact else { return nil }
            // Whoever has opened it here before need not do so again.
            if grant?.contact != contact { grant = FollowGrant(subject: shown.id, contact: contact) }
        }
        guard let grant else { return nil }
        guard shown.isConfidential, !grant.proof.opensConfidential else {
            return .open(FollowedCase(shown: shown, contact: grant.contact), grant)
        }
        return try FollowDoor(shown, grant.contact, in: op).map { .closed($0, grant) }
    }
}
