import Database
import Domain

/// `GET /cases`, `/cases/{number}`, `/cases/{number}/events`.
enum CaseApi {
    static let routes: [Route] = [
        .api(.get, "/cases") { call, op in try list(&call.input, in: op) },
        .api(.get, "/cases/:number") { call, op in try ShowCase.json(try call.visit.caseNumber(), in: op) },
        .api(.get, "/cases/:number/events") { call, op in
            let shown = try op.loadCaseToShow(try call.visit.caseNumber(), in: op.scope)
            let paging = try ApiPaging(&call.input)
            try call.input.finish()
            let events = try op.history.events(of: shown.id, after: paging.after?.id, limit: paging.limit + 1)
            let page = events.prefix(paging.limit)
            let next = events.count > paging.limit ? page.last.map { "0.\($0.id)" } : nil
            return try .json(ApiList(items: page.map { EventJSON($0, in: op) }, next: next))
        },
    ]

    private static func list(_ input: inout InputReader, in op: Operation) throws -> Reply {
        var conditions: [SQL] = []
        let state: CaseState? = input.choice("state")
        if let state { conditions.append("cases.state = \(state)") }
        if let unit = input.id("unit", among: op.directory.units.keys) { conditions.append("cases.unit_id = \(unit)") }
        if let handler = input.id("handler", among: op.directory.people.keys) {
            conditions.append("cases.handler_id = \(handler)")
        }
        if let category = input.id("category", among: op.directory.categories.keys) {
            conditions.append("cases.category_id = \(category)")
        }
        let dueBefore = input.instant("due_before", in: op.directory.calendar, plainDay: .end)
        if let dueBefore { conditions.append("cases.next_due_at < \(dueBefore)") }
        let text = input.line("text", max: 200)
        let paging = try ApiPaging(&input)
        try input.finish()
        let page: CaseList.Page
        if let text {
            page = try CaseList.search(
                text, scope: try op.scope, conditions: conditions, limit: paging.limit, after: paging.after, in: op)
        } else {
            // What has a deadline is open, so it is read through the index of open cases.
            let isOpen = dueBefore != nil || (state.map { $0 != .closed } ?? false)
            page = try CaseList(
                scope: try op.scope, conditions: conditions, order: isOpen ? .urgency : .newest, limit: paging.limit,
                after: paging.after
            ).load(in: op)
        }
        return try .json(ApiList(items: page.cases.map { CaseLine($0, in: op) }, next: page.next?.text))
    }

    private struct EventJSON: Encodable {
        var at: Instant
        var kind: CaseEvent.Kind
        /// The colleague's or the contractor's name, else `citizen` or `system`.
        var by: String
        /// Who exactly; none for Torg itself.
        @OrNull var user: ID<User>?
        @OrNull var contractor: ID<Contractor>?
        @OrNull var contact: ID<Contact>?
        var data: CaseEvent

        init(_ stored: StoredEvent, in op: Operation) {
            at = stored.at
            kind = stored.event.kind
            by = op.history.actorName(of: stored) ?? stored.actor.rawValue
            user = stored.user
            contractor = stored.contractor
            contact = stored.contact
            data = stored.event
        }
    }
}
