import Database
import Domain
import HTTPTypes

/// `/{m}/stop/{contact}?key=…`: the link in every mail to a citizen, by which they stop hearing of each step (R4.8), and
/// may begin again. Receipts, questions and answers still go out. Mail programs may send the form by themselves when
/// somebody asks them to (RFC 8058).
enum StopUpdates {
    static let routes: [Route] = {
        let form = Route.form(.post, .stop, for: .citizens, show: show) { visit, op in
            try choose(false, visit, op)
        }
        return [
            .page(.stop, for: .citizens, show),
            Route(.post, .stop) { visit, installation in
                guard isOneClick(visit) else { return try await form.handle(visit, installation) }
                return try await stopAtOnce(visit, installation)
            },
            .form(.post, .stop.below("undo"), for: .citizens, show: show) { visit, op in try choose(true, visit, op) },
        ]
    }()

    private static let show: PageHandler = { visit, op in
        let subscriber = try Subscriber(visit, in: op)
        let words = op.words
        let key = visit.queried("key") ?? ""
        let address: Address = subscriber.isWanted ? .stop : .stop.below("undo")
        var frame = try op.frame(visit, title: words("stop.heading"))
        // The page in another language is this one, key and all.
        for index in frame.languages.indices { frame.languages[index].url += "&key=" + URLEncoded.encode(key) }
        if let erasure = subscriber.erasure {
            return .page(
                StopPage(
                    frame: frame, heading: words("stop.stopped.heading"),
                    text: RunningText(words("stop.erased.text") + " " + (try op.retention.told(of: erasure)))))
        }
        let state = subscriber.isWanted ? "wanted" : "stopped"
        // Of what is confidential the link tells nothing: it lay in a mailbox.
        let isAbout = subscriber.isConfidential ? ".text.confidential" : ".text"
        let numbers = subscriber.cases.map { "\($0)" }.joined(separator: ", ")
        return .page(
            StopPage(
                frame: frame, heading: words("stop.\(state).heading"),
                text: RunningText(
                    words("stop.\(state)" + isAbout, ["numbers": numbers, "municipality": op.municipality.name])),
                form: .init(
                    url: op.paths(address, subscriber.contact) + "?key=" + URLEncoded.encode(key),
                    submit: words("stop.\(state).submit"), isWanted: subscriber.isWanted)))
    }

    private static func choose(_ wanted: Bool, _ visit: Visit, _ op: Operation) throws -> Reply {
        let subscriber = try Subscriber(visit, in: op)
        try subscriber.choose(wanted, in: op)
        let key = URLEncoded.encode(visit.queried("key") ?? "")
        return .redirect(op.paths(.stop, subscriber.contact) + "?key=" + key)
    }

    /// As a mail program sends it: without cookies and without the page. The key in the address is what lets it in.
    private static func stopAtOnce(_ visit: Visit, _ installation: Installation) async throws -> Reply {
        let slug = try visit.parameter("municipality")
        guard let municipality = try await installation.directories.find(slug, in: installation.database) else {
            throw Refusal.notFound
        }
        try await installation.write(municipality) { op in try Subscriber(visit, in: op).choose(false, in: op) }
        return .text("ok\n")
    }

    /// The body is `List-Unsubscribe=One-Click`, as a form of either kind (RFC 8058, 3.2).
    private static func isOneClick(_ visit: Visit) -> Bool {
        guard let body = visit.body.getUTF8(), body.utf8.count < 2_000 else { return false }
        return body == "List-Unsubscribe=One-Click"
            || (body.contains("name=\"List-Unsubscribe\"") && body.contains("One-Click"))
    }
}

/// Somebody who came by the link in a mail. Who has written twice about a case is one reader: of several contacts with
/// the same address one mail goes out, with the link of the first.
private struct Subscriber {
    let contact: ID<Contact>
    /// Theirs in the same cases, with this one.
    private let contacts: [ID<Contact>]
    /// What erased the contact that the link was sent to: nobody can be told of anything by it.
    let erasure: ID<Erasure>?
    /// Whether they are told of each step, whichever of the contacts asked for it.
    let isWanted: Bool
    /// The numbers of the cases that the contacts belong to.
    let cases: [CaseNumber]
    /// Whether one of them is.
    let isConfidential: Bool
    /// Those whose telephone alone takes text messages.
    private let textable: [ID<Contact>]

    /// Throws `notFound` for a wrong key, as for a contact that does not exist.
    init(_ visit: Visit, in op: Operation) throws {
        let own: ID<Contact> = try visit.id("contact")
        contact = own
        guard let key = visit.queried("key"), StopLink(contact, op).isValid(key) else { throw Refusal.notFound }
        let rows = try op.tx.rows(
            """
            SELECT id, wants_updates, email, phone, erasure_id FROM contacts WHERE municipality = \(op.tenant) AND (id = \(contact) OR (
                id IN (SELECT contact_id FROM questions WHERE municipality = \(op.tenant) AND is_held = 0 AND case_id IN (
                    SELECT case_id FROM questions
                    WHERE municipality = \(op.tenant) AND is_held = 0 AND contact_id = \(contact)))
                AND (email = (SELECT email FROM contacts WHERE municipality = \(op.tenant) AND id = \(contact))
                    OR phone_key = (
                        SELECT phone_key FROM contacts WHERE municipality = \(op.tenant) AND id = \(contact)))))
            """)
        guard let sent = try rows.first(where: { try $0["id"] == own }) else { throw Refusal.notFound }
        contacts = try rows.map { try $0["id"] }
        erasure = try sent["erasure_id"]
        isWanted = try rows.contains { try $0["wants_updates"] }
        textable = try rows.filter { row in
            let (email, phone): (String?, String?) = (try row["email"], try row["phone"])
            return email == nil && phone.flatMap(PhoneNumber.init)?.textable(in: op.municipality.country) != nil
        }.map { try $0["id"] }
        let found = try op.tx.rows(
            """
            SELECT DISTINCT cases.number, cases.is_confidential FROM questions JOIN cases
                ON cases.municipality = questions.municipality AND cases.id = questions.case_id
            WHERE questions.municipality = \(op.tenant) AND questions.contact_id IN \(list: contacts)
                AND questions.is_held = 0
            ORDER BY cases.number
            """
        )
        cases = try found.map { CaseNumber(sortKey: try $0["number"]) }
        isConfidential = try found.contains { try $0["is_confidential"] }
    }

    /// Stores the choice for all their contacts. The history tells that it was chosen, and not by whom. Who was told by
    /// text message goes on getting the rest that way.
    func choose(_ wanted: Bool, in op: Operation) throws {
        guard wanted != isWanted, erasure == nil else { return }
        for number in cases {
            let subject = try op.cases.load(number, in: .key(to: number), forChange: true)
            // What has been erased is told of to nobody.
            if subject.isErased { continue }
            try op.cases.record(subject.updatesChosen(wanted, by: contact), on: subject)
        }
        try op.tx.run(
            """
            UPDATE contacts SET wants_updates = \(wanted), by_sms = CASE
                WHEN wants_updates = 1 AND id IN \(list: textable) THEN 1 ELSE by_sms END
            WHERE municipality = \(op.tenant) AND id IN \(list: contacts)
            """)
    }
}
