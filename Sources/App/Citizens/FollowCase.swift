import Domain

/// A case as one of its reporters sees it (R5.6). The holder of a key sees a confidential case as well: it is theirs.
enum FollowCase {
    static let routes: [Route] = [
        .page("/:municipality/follow/:number", for: .citizens, show),
        .form(
            .post, "/:municipality/follow/:number/reopening", for: .citizens, form: "reopening", show: show,
            perform: reopen),
        .form(
            .post, "/:municipality/follow/:number/answer", for: .citizens, form: "answer", show: show,
            perform: answer),
    ]

    /// What can be sent from the page of a case: the last part of the address.
    static let forms = ["reopening", "answer"]

    /// What the flash says that brings the receipt, once: to the sender, for this case only.
    static func receiptFlash(_ number: CaseNumber) -> String { "receipt-\(number)" }

    static let show: PageHandler = { visit, op in
        // Without the right key nothing is said about whether there is such a case.
        guard let followed = try FollowedCase.find(visit, in: op) else {
            return try FindOwnCase.ask(visit, op, isRefused: visit.queried("key") != nil || visit.method == .post)
        }
        guard visit.queried("key") != nil else { return .page(try followed.page(visit, in: op)) }
        let cookie = followed.grant.cookie(for: followed.shown.number, in: op)
        guard visit.method == .get || visit.method == .head else {
            return .page(try followed.page(visit, in: op)).with(cookie)
        }
        // The key stays neither in the address bar nor in the browser's history; the cookie stands for it.
        let query = visit.query(without: ["key"])
        return .redirect(op.paths.follow(followed.shown.number) + (query.isEmpty ? "" : "?" + query)).with(cookie)
    }

    private static let reopen: PageHandler = { visit, op in
        guard let followed = try FollowedCase.find(visit, in: op) else {
            return try FindOwnCase.ask(visit, op, isRefused: true)
        }
        var input = InputReader(form: visit.form)
        let reason = input.text("reason", max: 4_000, required: true) ?? ""
        try input.finish()
        try Throttle.followUp.count(followed.subject, in: op)
        try ReopenAsCitizen(reason: reason).perform(on: followed, in: op)
        return .redirect(op.paths.follow(followed.shown.number), flash: "reopened_by_citizen")
    }

    private static let answer: PageHandler = { visit, op in
        guard let followed = try FollowedCase.find(visit, in: op) else {
            return try FindOwnCase.ask(visit, op, isRefused: true)
        }
        var input = InputReader(form: visit.form)
        let message = input.text("message", max: QuestionInput.longestText, required: true) ?? ""
        try input.finish()
        try Throttle.followUp.count(followed.subject, in: op)
        try AnswerAsCitizen(message: message).perform(on: followed, in: op)
        return .redirect(op.paths.follow(followed.shown.number), flash: "answered_by_citizen")
    }
}

/// A case, and the contact of the one who follows it.
struct FollowedCase: Sendable {
    let shown: Case
    let contact: ID<Contact>

    /// Whose tries are counted.
    var subject: String { "\(shown.id).\(contact)" }

    var grant: FollowGrant { FollowGrant(subject: shown.id, contact: contact) }

    /// Nil without the right key or cookie, and for a number that does not exist.
    static func find(_ visit: Visit, in op: Operation) throws -> FollowedCase? {
        guard let number = visit.parameters["number"].flatMap({ CaseNumber(text: $0) }) else { return nil }
        let shown: Case
        do {
            shown = try op.loadCase(number, in: .key(to: number))
        } catch Refusal.notFound {
            return nil
        }
        if let key = visit.queried("key") {
            return try op.contact(holding: key, to: shown.id).map { FollowedCase(shown: shown, contact: $0.contact) }
        }
        guard let grant = visit.cookies[FollowGrant.cookieName(number)].flatMap({ FollowGrant($0, in: op) }),
            grant.subject == shown.id
        else { return nil }
        return FollowedCase(shown: shown, contact: grant.contact)
    }
}
