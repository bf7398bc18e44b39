import Database
import Domain

/// `POST /{m}/units/{unit}/look`: "I have looked through today's reports" (R4.5).
enum LookThrough {
    static let routes: [Route] = [
        .form(.post, .unitLook, for: .staff(nil), show: back, perform: perform)
    ]

    private static let back: PageHandler = { visit, op in
        .redirect(op.paths(.unit, try unit(visit, op).id))
    }

    private static func unit(_ visit: Visit, _ op: Operation) throws -> Unit {
        guard let unit = op.directory.units[try visit.id("unit")], unit.isActive else { throw Refusal.notFound }
        return unit
    }

    private static let perform: PageHandler = { visit, op in
        let (user, unit) = (try op.user, try unit(visit, op))
        let zone = op.directory.calendar.timeZone
        let today = zone.day(of: op.now)
        guard op.directory.looksThrough(unit, user, on: today) else { throw Refusal.forbidden }
        let list = visit.form.first("list") == "intake" ? op.paths(.intake) : op.paths(.unit, unit.id)
        // What came in after the page was made has not been seen.
        guard let seen = visit.form.first("seen").flatMap(Instant.init(iso8601:)), seen <= op.now,
            zone.day(of: seen) == today
        else { return .redirect(list, flash: "look_again") }
        try op.deadlines.storeLook(at: unit.id, by: user.id, seen)
        if user.knowsOfConfidential(in: unit.id) {
            try op.deadlines.storeLook(at: unit.id, by: user.id, seen, isConfidential: true)
        }
        return .redirect(list, flash: "looked")
    }

    private static func arrived(_ key: String, many: String, _ count: Int, _ op: Operation) -> String {
        count < AlertFacade.mostCounted
            ? op.words.count(key, count) : op.words(many, ["count": "\(AlertFacade.mostCounted)"])
    }

    /// What the unit's list says about it, with the button for whoever is to look.
    static func notice(for unit: Unit, fromIntake: Bool = false, _ op: Operation) throws -> LookNotice? {
        guard unit.isActive else { return nil }
        let (words, user) = (op.words, try op.user)
        let calendar = op.directory.calendar
        let times = Times(calendar, words, op.now)
        let today = op.today
        let look = try op.deadlines.lastLook(at: unit.id)
        let count = try op.deadlines.newReports(at: unit.id, since: look?.at)
        var parts: [String] = []
        if let look {
            let when = times.dayAndTime(look.at)
            parts.append(words("look.last", ["person": op.directory.name(of: look.user), "when": when]))
            parts.append(count == 0 ? words("look.nothing_new") : arrived("look.new", many: "look.new.many", count, op))
        } else {
            parts.append(words("look.never"))
            if count > 0 { parts.append(arrived("look.lying", many: "look.lying.many", count, op)) }
        }
        let text = parts.joined(separator: " ")
        let isDone = count == 0 && look.map { calendar.timeZone.day(of: $0.at) == today } ?? false
        guard !isDone, op.directory.looksThrough(unit, user, on: today) else {
            return LookNotice(text: text, isWaiting: count > 0)
        }
        var hidden = [HiddenValue(name: "seen", value: op.now.iso8601)]
        if fromIntake { hidden.append(HiddenValue(name: "list", value: "intake")) }
        return LookNotice(
            text: text, isWaiting: count > 0,
            action: ActionForm(
                id: "look", title: words("look.done"), url: op.paths(.unitLook, unit.id), hidden: hidden,
                submit: ""))
    }
}

/// Whether somebody has looked through what came in.
struct LookNotice: Sendable {
    var text: String
    /// New reports lie there.
    var isWaiting: Bool
    /// For whoever is to look.
    var action: ActionForm?
}
