import Database
import Domain

/// Number and e-mail or phone, for whoever has lost the link from the receipt.
///
/// Whether the number does not exist or belongs to somebody else is answered alike, with the same status and after the
/// same single query. 403 and not 404, which would be an answer about the number.
enum FindOwnCase {
    static let routes: [Route] = [
        .page("/:municipality/follow", for: .citizens) { visit, op in .page(try page(visit, op)) },
        .form(.post, "/:municipality/follow", for: .citizens, show: show, perform: perform),
    ]

    private static let show: PageHandler = { visit, op in .page(try page(visit, op)) }

    private static func page(_ visit: Visit, _ op: Operation, answer: String? = nil) throws -> FollowFormPage {
        FollowFormPage(
            frame: try op.frame(visit, title: op.words("follow.heading")), words: op.words, input: visit.form,
            answer: answer)
    }

    /// For whoever comes without the right: the form, with the number as it stood in the address, and with what they
    /// were writing on the page of the case.
    static func ask(_ visit: Visit, _ op: Operation, isRefused: Bool) throws -> Reply {
        var visit = visit
        let kept = KeptForm(visit)
        visit.form = FormInput(values: ["number": [visit.parameters["number"] ?? ""]])
        if let form = visit.returnedForm, !kept.isEmpty {
            visit.form.values["kept"] = [kept.encoded]
            visit.form.values["kept_form"] = [form]
        }
        return .page(
            try page(visit, op, answer: isRefused ? op.words("follow.neutral") : nil),
            status: isRefused ? .forbidden : .ok)
    }

    private static let perform: PageHandler = { visit, op in
        try Throttle.follow.check(visit.network, in: op)
        var input = InputReader(form: visit.form)
        let number = input.caseNumber("number", required: true)
        let typed = input.line("contact", max: 254, required: true) ?? ""
        let email = typed.contains("@") ? EmailAddress(typed) : nil
        let phone = typed.contains("@") ? nil : PhoneNumber(typed)
        if !typed.isEmpty && email == nil && phone == nil {
            input.fail("contact", typed.contains("@") ? "invalid_email" : "invalid_phone")
        }
        try input.finish()
        guard let number else { throw Refusal.notFound }
        // Every try counts, the good ones too: otherwise waiting or not would tell which they were.
        try Throttle.followNumber.check("\(number)", in: op)
        try Throttle.follow.count(visit.network, in: op)
        try Throttle.followNumber.count("\(number)", in: op)
        guard let grant = try grant(number, email, phone, in: op) else {
            return .page(try page(visit, op, answer: op.words("follow.neutral")), status: .forbidden)
        }
        return try answer(visit, number, op).with(grant.cookie(for: number, in: op))
    }

    /// The case, or first what was being written there.
    private static func answer(_ visit: Visit, _ number: CaseNumber, _ op: Operation) throws -> Reply {
        let url = op.paths.follow(number)
        guard let form = visit.form.first("kept_form"), FollowCase.forms.contains(form),
            let kept = visit.form.first("kept").flatMap(KeptForm.init)
        else { return .redirect(url) }
        return .page(
            try kept.page(to: "\(url)/\(form)", heading: op.words("follow.again"), visit, in: op))
    }

    private static func grant(
        _ number: CaseNumber, _ email: EmailAddress?, _ phone: PhoneNumber?, in op: Operation
    ) throws -> FollowGrant? {
        let row = try op.tx.row(
            """
            SELECT cases.id AS case_id, contacts.id AS contact_id FROM cases
            JOIN questions ON questions.municipality = cases.municipality AND questions.case_id = cases.id
            JOIN contacts ON contacts.municipality = questions.municipality AND contacts.id = questions.contact_id
            WHERE cases.municipality = \(op.tenant) AND \(CaseScope.key(to: number).condition)
                AND (contacts.email = \(email?.description) OR contacts.phone_key = \(phone?.lookupKey))
            ORDER BY contacts.id LIMIT 1
            """)
        return try row.map { FollowGrant(subject: try $0["case_id"], contact: try $0["contact_id"]) }
    }
}
