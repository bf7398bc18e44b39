import Domain
import Foundation
import HTTPTypes
@testable import Support

@testable import App

/// One way to ask Torg something, with whatever might make it tell of a confidential case.
struct Door: Sendable {
    /// Of the table that is printed.
    enum Group: String, CaseIterable, Sendable {
        case casePage = "case page"
        case api = "API case"
        case acts = "acts"
        case lists, number, words, contact, join, watch, reports, bell, mail, administration, follow, rest
    }

    var group: Group
    var method: HTTPRequest.Method
    var path: String
    /// Of a form, or of a JSON call.
    var fields: [String: String] = [:]
    /// Sent to the API with a token, else with a session.
    var isAPI = false
    /// For those who are not logged in as well.
    var isPublic = false

    var name: String { "\(method.rawValue) \(path)" + (fields.isEmpty ? "" : " \(fields.keys.sorted())") }
}

extension SecretWorld {
    /// What stands in an address in place of its named parts.
    private var parameters: [String: String] {
        [
            "municipality": "sandvik", "number": "\(number)", "contact": "\(contact)", "unit": torg.text("Barnevern"),
            "person": torg.text("worker"), "mail": "\(mail)", "category": torg.text("Bekymring"), "role": "1",
            "contractor": "1", "text": "mail.receipt", "link": link.id, "measure": "1", "absence": "1", "token": "1",
            "file": "style.css", "change": "1",
        ]
    }

    /// Nil when the route has a part that nobody has said what to put in place of: say it above.
    func filled(_ path: String) -> String? {
        var parts: [String] = []
        for part in path.split(separator: "/") {
            guard part.hasPrefix(":") else {
                parts.append(String(part))
                continue
            }
            guard let value = parameters[String(part.dropFirst())] else { return nil }
            parts.append(value)
        }
        return "/" + parts.joined(separator: "/")
    }

    /// What a look at an address may be narrowed by: each is a door of its own.
    private var queries: [String: [String]] {
        let encode = { (text: String) in URLEncoded.encode(text) }
        let wrong = "\(number)".dropLast() + ("\(number)".last == "0" ? "1" : "0")
        let found = [
            "\(number)", Self.person, Self.email, Self.phone, "90 11 22 33", Self.place, "Zebrafisken", "hurt",
            String(wrong),
        ]
        let (unit, worker, category) = (torg.text("Barnevern"), torg.text("worker"), torg.text("Bekymring"))
        return [
            "/:municipality/search": found.map { "q=" + encode($0) }
                + [Self.person, Self.phone, "hurt"].map { "kind=contact&q=" + encode($0) },
            "/api/v1/search": found.map { "q=" + encode($0) },
            "/api/v1/contacts": [Self.person, Self.phone, "hurt"].map { "text=" + encode($0) }
                + ["from=2026-01-01", "to=2027-01-01"],
            "/api/v1/cases": ["\(number)", Self.person, Self.phone, "hurt"].map { "text=" + encode($0) } + [
                "unit=\(unit)", "handler=\(worker)", "category=\(category)", "state=underway", "state=passedOn",
                "due_before=2027-01-01",
            ],
            "/:municipality/open": CaseFilter.allCases.map { "show=" + $0.rawValue },
            "/:municipality/units/:unit": ["show=late"], "/:municipality/watch": ["unit=\(unit)", "show=feedback"],
            "/:municipality/contacts/new": ["case=\(number)"],
            "/:municipality/reports/open": ["unit=\(unit)"], "/:municipality/reports/open.csv": ["unit=\(unit)"],
            "/:municipality/reports/leader": ["leader=\(torg.text("chief"))"],
            "/:municipality/admin/audit": ["show=all"],
            "/:municipality/admin/mail": ["show=waiting", "show=failed", "show=sent"],
        ]
    }

    /// Every look at something that there is.
    func looks(_ route: Route) -> [Door]? {
        // The reading log is for its leaders and the system owner, and writes down who looked: tested by itself.
        if route.path == "/:municipality/readings" { return [] }
        guard let path = filled(route.path) else { return nil }
        let door = Door(
            group: Self.group(of: route.path), method: .get, path: path, isAPI: route.isAPI,
            isPublic: !route.isAPI && !Self.isForStaff(route.path))
        return [door]
            + (queries[route.path] ?? []).map { query in
                var narrowed = door
                narrowed.path += "?" + query
                let isNumber = query.filter(\.isNumber).count >= 7 && !query.contains("unit") && query.contains("26")
                if narrowed.group == .words && isNumber { narrowed.group = .number }
                return narrowed
            }
    }

    private static func isForStaff(_ path: String) -> Bool {
        let parts = path.split(separator: "/").map(String.init)
        guard parts.count > 1 else { return false }
        return ![
            "follow", "report", "login", "stop", "contractor", "mails", "accent.css", "reports", "public",
        ].contains(parts[1]) || parts[1] == "reports"
    }

    private static func group(of path: String) -> Door.Group {
        let path = path.replacing("/:municipality", with: "")
        if path == "/cases/:number" { return .casePage }
        if path.hasPrefix("/api/v1/cases/") { return .api }
        let beginnings: [(String, Door.Group)] = [
            ("/api/v1/cases", .words), ("/api/v1/search", .words), ("/api/v1/contacts", .contact), ("/search", .words),
            ("/contacts/new", .join), ("/contacts/", .contact),
            ("/watch", .watch), ("/reports", .reports), ("/alerts", .bell), ("/admin/mail", .mail),
            ("/admin", .administration), ("/follow", .follow), ("/intake", .lists), ("/mine", .lists),
            ("/open", .lists), ("/units", .lists), ("/people", .lists),
        ]
        return beginnings.first { path.hasPrefix($0.0) }?.1 ?? .rest
    }

    /// What a citizen sends about a case, who has neither key nor cookie.
    func sent(_ route: Route) -> Door? {
        guard route.path.hasPrefix("/:municipality/follow/"), let path = filled(route.path) else { return nil }
        let fields = ["message": "x", "reason": "x", "code": "123456", "word": "x"]
        return Door(group: .follow, method: .post, path: path, fields: fields, isPublic: true)
    }

    /// Everything that is done to a case by its number: with more fields than any of them needs.
    func acts(_ route: Route) -> Door? {
        guard route.path.contains("/cases/:number/"), let path = filled(route.path) else { return nil }
        var fields = [
            "note": "x", "message": "x", "reason": "x", "answer": "x", "outcome": "no_action",
            "category": torg.text("Street light"), "unit": torg.text("Roads"), "until": "2026-12-01", "what": "x",
            "who": "x", "kind": "corrective", "reference": "x", "acute": "true", "done_at": "2026-07-20",
        ]
        if !route.isAPI && route.method == .delete { fields["_method"] = "DELETE" }
        let method: HTTPRequest.Method = route.isAPI ? route.method : .post
        return Door(group: .acts, method: method, path: path, fields: fields, isAPI: route.isAPI)
    }

    /// Other forms that name a case, a contact or a person.
    var forms: [String: [Door]] {
        let joining = [
            "channel": "telephone", "name": "A caller", "q1_text": "About the same", "q1_case": "\(number)",
        ]
        func form(_ group: Door.Group, _ path: String, _ fields: [String: String], isPublic: Bool = false) -> Door {
            Door(group: group, method: .post, path: "/sandvik" + path, fields: fields, isPublic: isPublic)
        }
        let people = [["phone": Self.phone], ["email": Self.email]].map {
            form(.words, "/contacts", $0.merging(["find_person": "true", "channel": "telephone"]) { $1 })
        }
        return [
            "POST /:municipality/contacts": people + [form(.join, "/contacts", joining)],
            "POST /api/v1/contacts": [
                Door(group: .join, method: .post, path: "/api/v1/contacts", fields: joining, isAPI: true)
            ],
            "POST /:municipality/contacts/:contact/person": [
                form(.contact, "/contacts/\(contact)/person", ["name": "X", "email": "x@evil.example"])
            ],
            "POST /:municipality/follow": [
                form(
                    .follow, "/follow", ["number": "\(number)", "contact": "guess@evil.example"], isPublic: true)
            ],
            "POST /:municipality/stop/:contact": [form(.follow, "/stop/\(contact)?key=x", ["x": "x"], isPublic: true)],
            "POST /:municipality/stop/:contact/undo": [
                form(.follow, "/stop/\(contact)/undo?key=x", ["x": "x"], isPublic: true)
            ],
            "POST /:municipality/admin/mail/:mail/retry": [form(.mail, "/admin/mail/\(mail)/retry", ["twice": "true"])],
            "POST /:municipality/admin/units/:unit": [
                form(.administration, "/admin/units/\(torg.text("Barnevern"))", ["name": "Barnevern"])
            ],
        ]
    }

    /// Forms and addresses that are about no case. A new one stands here with good reason, or among the doors.
    static let elsewhere: Set<String> = [
        "POST /:municipality/account", "POST /:municipality/account/password", "POST /:municipality/account/sessions",
        "POST /:municipality/account/tokens", "POST /:municipality/account/tokens/revocation",
        "POST /:municipality/sight/:change/confirmation", "POST /:municipality/sight/:change/refusal",
        "POST /:municipality/admin/calendar",
        "POST /:municipality/admin/calendar/usual", "POST /:municipality/admin/categories",
        "POST /:municipality/admin/categories/:category", "POST /:municipality/admin/contractors",
        "POST /:municipality/admin/contractors/:contractor", "POST /:municipality/admin/municipality",
        "POST /:municipality/admin/people", "POST /:municipality/admin/people/:person",
        "POST /:municipality/admin/people/:person/password",
        "POST /:municipality/admin/people/:person/tokens/revocation", "POST /:municipality/admin/roles",
        "POST /:municipality/admin/roles/:role", "DELETE /:municipality/admin/roles/:role",
        "POST /:municipality/admin/retention", "POST /:municipality/admin/retention/undo",
        "POST /:municipality/admin/tasks/:task/retry", "POST /:municipality/admin/tasks/:task/stop",
        "POST /:municipality/admin/texts/:text", "DELETE /:municipality/admin/texts/:text",
        "POST /:municipality/admin/units", "POST /:municipality/login", "POST /:municipality/logout",
        "POST /:municipality/people/:person/absences", "DELETE /:municipality/people/:person/absences/:absence",
        "POST /:municipality/report", "POST /:municipality/reports/settings",
        "POST /:municipality/account/tokens", "POST /:municipality/account/tokens/revocation",
        // Who may see what, by people and units.
        "POST /:municipality/sight/:change/confirmation", "POST /:municipality/sight/:change/refusal",
        // A look is noted, and marks are set: neither answers anything.
        "POST /:municipality/units/:unit/look", "POST /:municipality/alerts/reading",
        // By a key that only the contractor has, and no confidential case has one.
        "POST /:municipality/contractor/:link/acknowledgement", "POST /:municipality/contractor/:link/question",
        "POST /:municipality/contractor/:link/feedback", "POST /:municipality/contractor/:link/done",
        "POST /:municipality/contractor/:link/return",
        // From the gateway, by a secret in its address.
        "POST /sms/:secret/reports",
    ]
}
