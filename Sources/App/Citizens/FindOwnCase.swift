import Database
import Domain

/// Number and e-mail or phone, for whoever has lost the link from the receipt.
///
/// Whether the number does not exist or belongs to somebody else is answered alike, with the same status and after the
/// same single query. 403 and not 404, which would be an answer about the number.
///
/// A confidential case is answered like one that does not exist, whoever asks: with the same words, which then ask
/// everybody for the code or the agreed word. Where there is such a case, and it has a telephone that the code may go
/// to, the code is on its way; the page does not tell. So the only one who learns anything is whoever holds that
/// telephone or knows the word.
enum FindOwnCase {
    static let routes: [Route] = [
        .page(.follow, for: .citizens) { visit, op in .page(try page(visit, op)) },
        .form(.post, .follow, for: .citizens, show: show, perform: perform),
    ]

    private static let show: PageHandler = { visit, op in .page(try page(visit, op)) }

    private static func page(
        _ visit: Visit, _ op: Operation, answer: String? = nil, asksForCode: Bool = false
    ) throws -> FollowFormPage {
        let phone = op.directory.units[op.municipality.centre]?.phone
        return FollowFormPage(
            frame: try op.frame(visit, title: op.words("follow.heading")), words: op.words, input: visit.form,
            answer: answer, asksForCode: asksForCode, sendsCodes: op.citizens.sendsCodes, phone: phone,
            phoneText: phone.map { op.grouped($0) })
    }

    /// For whoever comes without the right: the form, with the number as it stood in the address, and with what they
    /// were writing on the page of the case.
    static func ask(_ visit: Visit, _ op: Operation, isRefused: Bool) throws -> Reply {
        var visit = visit
        let kept = try kept(visit, op)
        visit.form = FormInput(values: ["number": [visit.parameters["number"] ?? ""]])
        for value in kept { visit.form.values[value.name] = [value.value] }
        return .page(
            try page(visit, op, answer: isRefused ? op.words("follow.neutral") : nil),
            status: isRefused ? .forbidden : .ok)
    }

    /// What was being written on the page of a case, as it goes on through pages that somebody else may sit before.
    static func kept(_ visit: Visit, _ op: Operation) throws -> [HiddenValue] {
        let kept = KeptForm(visit)
        guard let form = visit.returnedForm, FollowCase.forms.contains(form), let number = visit.parameters["number"],
            !kept.isEmpty
        else { return [] }
        let sealed = try kept.sealed(by: writer(to: number, visit, op), of: op.tenant, secret: op.installation.secret)
        return [HiddenValue(name: "kept", value: sealed), HiddenValue(name: "kept_form", value: form)]
    }

    /// Who was writing on the page of a case: the reporter whose grant has ended, else whoever sits before this browser.
    private static func writer(to number: String, _ visit: Visit, _ op: Operation) -> String {
        let grant = CaseNumber(text: number).flatMap { visit.cookies[FollowGrant.cookieName($0)] }
            .flatMap { FollowGrant($0, orLapsed: true, in: op) }
        return grant.map { writer($0) } ?? writer(to: number, before: visit)
    }

    private static func writer(_ grant: FollowGrant) -> String { "\(grant.subject) \(grant.contact)" }

    private static func writer(to number: String, before visit: Visit) -> String {
        "\(CaseNumber(text: number)?.description ?? "") \(visit.reader)"
    }

    private static let perform: PageHandler = { visit, op in
        var input = InputReader(form: visit.form)
        let number = input.caseNumber("number", year: op.today.year, required: true)
        let typed = input.line("contact", max: 254, required: true) ?? ""
        let isMail = typed.unicodeScalars.contains { $0.halfWidth == "@" }
        let email = isMail ? EmailAddress.typed(typed) : nil
        let phone = isMail ? nil : PhoneNumber.typed(typed)
        if !typed.isEmpty && email == nil && phone == nil {
            input.fail("contact", isMail ? "invalid_email" : "invalid_phone")
        }
        let code = input.line("code", max: AgreedWord.longestText)
        try input.finish()
        guard let number else { throw Refusal.notFound }
        let places = KnownPlaces(of: number, in: op)
        // Every try counts, the good ones too: otherwise waiting or not would tell which they were.
        let counters = counters(number, try places.place(of: visit, in: op), visit)
        for (throttle, subject) in counters { try throttle.check(subject, in: op) }
        for (throttle, subject) in counters { try throttle.count(subject, in: op) }
        guard let grant = try grant(number, email, phone, code, visit, in: op) else {
            return .page(
                try page(visit, op, answer: op.words("follow.neutral"), asksForCode: true), status: .forbidden)
        }
        let own = grant.proof == .opened ? [places, KnownPlaces(of: grant.contact)] : [places]
        return try answer(visit, number, grant, op).with(grant.cookie(for: number, in: op))
            .with(try KnownPlaces.remember(visit, as: own, in: op))
    }

    /// Whoever found the case from there before has tries of their own, and waits for nobody else's.
    private static func counters(
        _ number: CaseNumber, _ place: KnownPlace?, _ visit: Visit
    ) -> [(Throttle, String)] {
        if let place { return [(.followPlace, "\(number) \(place.stored)")] }
        return [(.follow, visit.network), (.followNumber, "\(number)")]
    }

    /// The case, or first what was being written there, if it was by the same reporter or before the same browser.
    static func answer(_ visit: Visit, _ number: CaseNumber, _ grant: FollowGrant, _ op: Operation) throws -> Reply {
        let url = op.paths(.followedCase, number)
        guard let form = visit.form.first("kept_form"), FollowCase.forms.contains(form),
            let kept = visit.form.first("kept").flatMap({ OpenedForm($0, in: op) })
        else { return .redirect(url) }
        guard [writer(grant), writer(to: "\(number)", before: visit)].contains(kept.writer) else {
            return .redirect(url, flash: "kept_for_another")
        }
        return .page(
            try kept.form.page(to: "\(url)/\(form)", heading: op.words("follow.again"), visit, in: op))
    }

    /// - Parameter code: a code or the agreed word, where one was typed.
    private static func grant(
        _ number: CaseNumber, _ email: EmailAddress?, _ phone: PhoneNumber?, _ code: String?, _ visit: Visit,
        in op: Operation
    ) throws -> FollowGrant? {
        let row = try op.tx.row(
            """
            SELECT cases.id AS case_id, contacts.id AS contact_id, cases.is_confidential FROM cases
            JOIN questions ON questions.municipality = cases.municipality AND questions.case_id = cases.id
                AND questions.is_held = 0
            JOIN contacts ON contacts.municipality = questions.municipality AND contacts.id = questions.contact_id
            WHERE cases.municipality = \(op.tenant) AND \(CaseScope.key(to: number).condition)
                AND (contacts.email = \(email?.description) OR contacts.phone_key = \(op.contacts.lookupKey(of: phone)))
            ORDER BY contacts.id LIMIT 1
            """)
        guard let row else { return nil }
        var grant = FollowGrant(subject: try row["case_id"], contact: try row["contact_id"])
        if try row["is_confidential"] {
            guard try opens(grant, number, code, visit, in: op) else { return nil }
            grant.proof = .opened
        }
        return grant
    }

    /// Silently: that one has to wait, or that a code was sent, would tell that there is such a case.
    private static func opens(
        _ grant: FollowGrant, _ number: CaseNumber, _ code: String?, _ visit: Visit, in op: Operation
    ) throws -> Bool {
        let shown = try op.cases.load(number, in: .key(to: number))
        guard let door = try FollowDoor(shown, grant.contact, in: op) else { return false }
        do {
            if let code { return try door.opens(with: code, from: visit, in: op) }
            if let phone = door.codePhone(in: op) { try FollowCode.send(to: phone, for: door, from: visit, in: op) }
            return false
        } catch Refusal.throttled {
            return false
        }
    }
}
