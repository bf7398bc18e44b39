extension PersonalData {
    /// Every column that tells of people.
    public static let register: [PersonalData] = reporters + words + letters + activity + accounts + outside + access

    private static func of(
        _ kind: Kind, _ table: String, _ columns: [String], _ tells: String, _ kept: Kept, _ erasure: Erasure,
        of holder: Holder? = nil
    ) -> PersonalData {
        PersonalData(
            table: table, columns: columns, kind: kind, tells: tells, kept: kept, erasure: erasure, holder: holder)
    }

    private static let reporters: [PersonalData] = [
        of(
            .reporters, "contacts", ["name", "email", "phone", "phone_key", "language"],
            "who it was, and how to reach them",
            .withCase, .blanked(.null), of: .contact("id")),
        of(
            .reporters, "contacts", ["word_hash"], "the agreed word, as a hash", .withCase, .blanked(.null),
            of: .contact("id")),
        of(
            .reporters, "contacts", ["source_reference"], "the number that another system had for it", .withCase,
            .blanked(.null), of: .contact("id")),
        of(
            .reporters, "follow_codes", ["place", "nonce"], "that somebody asked for a code, and from where (a hash)",
            .until("the code ends"), .removed, of: .contact("contact_id")),
    ]

    private static let words: [PersonalData] = [
        of(
            .words, "questions", ["text"], "what was asked", .withCase, .blanked(.nothing), of: .question("id")),
        of(
            .words, "questions", ["answer"], "what was answered at once", .withCase, .blanked(.null),
            of: .question("id")),
        of(
            .words, "cases", ["title", "answer"], "what the case is about, and what was answered", .withCase,
            .blanked(.nothing), of: .matter("id")),
        of(
            .words, "cases", ["place", "lat", "lon", "reason", "authority", "deviation"], "where, and how it ended",
            .withCase, .blanked(.null), of: .matter("id")),
        of(
            .words, "measures", ["what", "who"], "what was done, and by whom", .withCase, .blanked(.nothing),
            of: .matter("case_id")),
        of(
            .words, "events", ["data"], "notes, messages and answers within the history", .withCase, .reworded,
            of: .matter("case_id")),
        of(
            .words, "tellings", ["note"], "how somebody was told", .withCase, .blanked(.null),
            of: .matter("event_id", through: "events")),
        of(.words, "search_texts", ["words"], "stems of all of this, of a case", .withCase, .derived),
        of(
            .words, "search_texts_of_contacts", ["words"], "stems of all of this, of a contact", .withCase, .derived),
        of(
            .words, "idempotency_keys", ["key", "request_hash", "body"],
            "a program's request, as a hash, and its answer",
            .days(Int(Installation.idempotencyKeyLifetime / 86_400_000), after: "the request"), .removed),
    ]

    private static let letters: [PersonalData] = [
        of(
            .letters, "outbox", ["address"], "to whom: citizens, colleagues and contractors", .withCase,
            .blanked(.own), of: .message("id")),
        of(
            .letters, "outbox", ["subject", "body", "language"], "what mails and text messages said", .withCase,
            .blanked(.nothing), of: .message("id")),
        of(
            .letters, "outbox", ["name", "fault"],
            "by what name, and what the mail server answered, which may repeat the address", .withCase,
            .blanked(.null), of: .message("id")),
        of(.letters, "report_runs", ["unreached"], "units whose leaders no report reached", .asRecord, .removed),
    ]

    private static let activity: [PersonalData] = [
        of(
            .activity, "cases", ["handler_id", "registered_by"], "who has the case, and who registered it", .withCase,
            .byAccount),
        of(
            .activity, "contacts", ["registered_by", "addressed_by"], "who registered it, and who gave the address",
            .withCase, .byAccount),
        of(.activity, "events", ["actor_id"], "who did it", .withCase, .byAccount),
        of(.activity, "tellings", ["user_id"], "who told", .withCase, .byAccount),
        of(
            .activity, "readings", ["user_id"], "who read which confidential case, and when", .retained(.readings),
            .removed, of: .time("at", key: "id")),
        of(
            .activity, "looks", ["user_id"], "who has looked through a unit's reports that day", .retained(.readings),
            .removed, of: .time("at", key: "unit_id, day, user_id")),
        of(
            .activity, "confidential_looks", ["user_id"], "who has looked through the confidential ones",
            .retained(.readings), .removed, of: .time("at", key: "unit_id, day, user_id")),
        of(.activity, "audit", ["user_id", "subject"], "who changed what, by its name", .asRecord, .byAccount),
        of(
            .activity, "retention_rules", ["decided_by", "decision", "set_by", "withdrawn_by"],
            "who decided what is erased when, and who set it", .asRecord, .byAccount),
        of(
            .activity, "sight_grants", ["user_id", "wanted_by", "decided_by"],
            "who was given sight of what is confidential, and by whom", .asRecord, .byAccount),
        of(.activity, "contractor_links", ["created_by"], "who passed the case to a contractor", .withCase, .byAccount),
        of(
            .activity, "alerts", ["user_id"], "what somebody was reminded of", .withCase, .removed,
            of: .matter("case_id")),
    ]

    private static let accounts: [PersonalData] = [
        of(
            .accounts, "users", ["login", "name", "email", "phone", "language"], "a colleague, and how to reach them",
            .untilChanged, .blanked(.null)),
        of(
            .accounts, "users", ["password", "password_set_by"], "the password, as a hash, and who set it",
            .untilChanged, .blanked(.null)),
        of(
            .accounts, "units", ["leader_id", "receiver_id", "substitute_id", "email", "phone"],
            "who answers for a unit; an address may be somebody's own", .untilChanged, .blanked(.null)),
        of(
            .accounts, "municipalities", ["owner_id", "owner_substitute_id"], "the system owner", .untilChanged,
            .byAccount),
        of(.accounts, "memberships", ["user_id"], "who works where", .untilChanged, .removed),
        of(.accounts, "user_roles", ["user_id"], "who may do what", .untilChanged, .removed),
        of(
            .accounts, "absences", ["user_id", "substitute_id", "first_day", "last_day"],
            "who was away, and who stood in", .days(Installation.absenceLifetime, after: "the last day"), .removed),
    ]

    private static let outside: [PersonalData] = [
        of(
            .contractors, "contractors", ["name", "email", "phone"], "somebody outside who works for the municipality",
            .untilChanged, .blanked(.null)),
        of(
            .contractors, "contractor_visits", ["what"], "what was done by a contractor's link, and when", .withCase,
            .removed, of: .matter("link_id", through: "contractor_links")),
    ]

    private static let access: [PersonalData] = [
        of(
            .access, "sessions", ["token_hash", "previous_hash", "user_id"], "who is logged in",
            .days(Int(Session.lifetime / 86_400_000), after: "logging in, at the latest"), .removed),
        of(
            .access, "api_tokens", ["token_hash", "name", "user_id"], "tokens of programs, as hashes", .untilChanged,
            .removed),
        of(
            .access, "attempts", ["subject"], "what was tried in vain, by account or network (a hash)",
            .days(Int(Installation.attemptLifetime / 86_400_000), after: "the last"), .removed),
        of(
            .access, "known_places", ["subject", "place"], "networks from which somebody has logged in (hashes)",
            .days(Int(KnownPlaces.lifetime / 86_400_000), after: "the last time"), .removed),
        of(
            .access, "security_events", ["network", "user_id"], "what was refused, and the network it came from",
            .days(Installation.securityEventLifetime, after: "the hour"), .removed),
        of(
            .access, "used_forms", ["form", "location"], "that a form was sent, and where it led",
            .days(max(1, Int(FormToken.lifetime / 86_400_000)), after: "sending, at the latest"), .removed),
    ]
}
