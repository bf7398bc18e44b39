extension PersonalData {
    /// Columns of text that tell of nobody, by table, and why.
    public static let impersonal: [String: (columns: [String], why: String)] = [
        "alerts": (["kind", "step"], "words of Torg's own"),
        "audit": (["kind"], "a word of Torg's own"),
        "cases": (
            [
                "state", "state_before", "outcome", "next_due_kind", "first_answer", "channel", "reminded",
                "measures_due",
            ], "words and times of Torg's own"
        ),
        "categories": (["words", "emergency_number"], "what leads to a category; a number for emergencies"),
        "category_names": (["language", "name", "notice"], "what the municipality calls things"),
        "confidential_looks": (["day"], "a day"), "looks": (["day"], "a day"),
        "contacts": (["channel", "direction", "source"], "words of Torg's own, and the name of another system"),
        "contractor_links": (["key_hash", "outcome"], "a hash of chance, and a word of Torg's own"),
        "events": (["kind", "actor"], "words of Torg's own"),
        "installation": (["secret"], "chance"),
        "jobs": (["name", "owner", "fault"], "work of Torg's own, of no case"),
        "daily_counts": (["counted", "channel"], "words of Torg's own, beside numbers"),
        "daily_plans": (["kind"], "a word of Torg's own"),
        "event_cursors": (["consumer"], "a word of Torg's own"),
        "nodes": (["owner"], "chance"),
        "outbox": (["occasion", "medium", "kind", "state", "missed"], "words of Torg's own, and ids"),
        "measures": (["kind"], "a word of Torg's own"),
        "migrations": (["name"], "a word of Torg's own"),
        "municipalities": (
            ["slug", "name", "country", "time_zone", "language", "accent", "calendar", "targets"],
            "the municipality's own"
        ),
        "tasks": (
            ["kind", "lane", "payload", "state", "fault"], "work of Torg's own: ids, and rules of the municipality's"
        ),
        "readings": (["kind"], "a word of Torg's own"),
        "rebuilds": (["kind"], "a word of Torg's own"),
        "retention_rules": (["class"], "a word of Torg's own"),
        "report_runs": (["report", "day"], "a word of Torg's own, and a day"),
        "report_settings": (["report"], "a word of Torg's own"),
        "roles": (["name", "permissions"], "what the municipality calls a role"),
        "security_events": (["kind"], "a word of Torg's own"),
        "sight_grants": (["cause", "state"], "words of Torg's own"),
        "tellings": (["how"], "a word of Torg's own"),
        "texts": (["key", "language", "body"], "the municipality's own wordings, shown to everybody"),
        "units": (["name"], "what the municipality calls a unit"),
    ]
}
