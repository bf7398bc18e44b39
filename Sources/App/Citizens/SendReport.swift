import Domain
import Foundation

/// A citizen reports something, with or without saying who they are (R5.6).
enum SendReport {
    static let routes: [Route] = [
        .page(.report, for: .citizens, show),
        .form(.post, .report, for: .citizens, show: show, perform: perform),
    ]

    /// What a citizen may say. Where the case goes, and whether it is answered, is not theirs to send.
    private static let questionFields: Set<String> = ["text", "category", "place", "lat", "lon"]

    private static let show: PageHandler = { visit, op in
        let chosen = visit.form.first("category").flatMap { ID<Category>(text: $0) }
        let category = chosen.flatMap { wanted in op.citizens.publicCategories().first { $0.id == wanted } }
        let isAcute = category?.isAcute == true || op.contacts.soundsAcute(visit.form.first("text") ?? "")
        // Shown as soon as the form comes back with the category, also when something else was wrong.
        let noticed = category ?? suggestion(for: visit.form.first("text") ?? "", in: op)
        // One confirmation is enough: who ticks that they have read the notice need not be told to press once more.
        let isTicking = noticed.flatMap { op.citizens.notice(of: $0) } != nil && visit.form.first("notice_seen") == nil
        let send = op.words("emergency.send", ["submit": op.words("report.submit")])
        // Whom to call stands on the page once.
        let notes = op.citizens.categoryNotes(
            op.citizens.publicCategories(), saying: { op.contacts.emergencyLine(about: $0, in: op.language) }
        ).filter { !(isAcute && $0.isEmergency && $0.category == noticed.map { "\($0.id)" }) }
        return .page(
            ReportPage(
                frame: try op.frame(visit, title: op.words("report.heading")), words: op.words, input: visit.form,
                promise: promise(for: category?.id, in: op),
                notices: op.citizens.citizenNotices("report.notices", isCalling: isAcute, besides: noticed?.id),
                categories: op.citizens.publicCategories().map {
                    .init(value: "\($0.id)", text: op.directory.name(of: $0, in: op.language))
                }, notes: notes, noticed: noticed.map { "\($0.id)" },
                emergency: isAcute ? op.contacts.emergencyCall(about: category, next: isTicking ? nil : send) : nil,
                asksForSMS: op.outbox.tellsBySMS)
        ).stayingInHistory()
    }

    /// "We answer within 3 working days, by Thursday 23 July at the latest." (R4.3)
    private static func promise(for category: ID<Category>?, in op: Operation) -> String {
        let unit = op.directory.unit(for: category)
        let target = op.directory.targets(on: .selfService, unit: unit, category: category)
            .target(for: op.directory.firstAnswer(to: category))
        let calendar = op.directory.calendar
        let day = Times(calendar, op.words, op.now).day(target.due(after: op.now, in: calendar))
        return op.words.count("promise.by", target.workingDays(for: op.now, in: calendar), ["day": day])
    }

    private static let perform: PageHandler = { visit, op in
        // What runs on this machine is a trial; whoever could flood from here could do worse.
        let isCounted = visit.address != Visit.here
        if isCounted { try Throttle.report.check(visit.network, in: op) }
        let report = try read(visit.form, in: op)
        let registered = try report.perform(in: op)
        if isCounted { try Throttle.report.count(visit.network, in: op) }
        guard let opened = registered.cases.first.flatMap(\.self) else { throw Refusal.notFound }
        var grant = FollowGrant(subject: opened.id, contact: registered.contact.id)
        var answer = Reply.redirect(
            op.paths(.followedCase, opened.number), flash: FollowCase.receiptFlash(opened.number))
        if opened.isConfidential {
            // They have just written it, so they may read it; for a short time, and they are known where they are.
            grant.proof = .sent
            answer.cookies.append(try KnownPlaces(of: registered.contact.id).remember(visit, in: op))
        }
        answer.cookies.append(grant.cookie(for: opened.number, in: op))
        // Pressed twice, they have not seen the first answer, and may not have its cookie.
        answer.repeatLocation = op.citizens.followLink(to: opened, for: registered.contact.id)
        return answer
    }

    private static func read(_ form: FormInput, in op: Operation) throws -> RegisterContact {
        var input = InputReader(form: FormInput(values: form.values.filter { questionFields.contains($0.key) }))
        var question = QuestionInput(&input, in: op)
        var rest = InputReader(form: form)
        let person = Person(
            name: rest.line("name", max: 200), email: rest.email("email"), phone: rest.phone("phone"),
            wantsUpdates: rest.flag("wants_updates"), bySMS: rest.flag("by_sms"), language: op.language)
        rest.checkTexting(person, in: op)
        let category = op.directory.category(question.category)
        if let category, category.isActive, !category.isPublic { input.fail("category", "unknown") }
        let likely = category ?? suggestion(for: question.text, in: op)
        // The tick counts for the notice that it stood beside, and is missing only where it did: else the form comes back
        // with both, and nothing is wrong with it.
        let wasShown = likely.map { form.first("notice_shown") == "\($0.id)" } ?? false
        let isRead = wasShown && rest.flag("notice_seen")
        let isUnread = likely.flatMap { op.citizens.notice(of: $0) } != nil && !isRead
        if isUnread && wasShown { rest.fail("notice_seen", "notice_unseen") }
        rest.add(errorsOf: input)
        // Of an acute category whom to call stands beside the same tick.
        let isWarned = isRead && likely?.isAcute == true
        try rest.finish(warnedOf: question.marks(in: op).isAcute && !isWarned, isUnread: isUnread)
        question.category = likely?.id
        return RegisterContact(channel: .selfService, direction: .incoming, person: person, questions: [question])
    }

    /// For whoever does not know: the one category whose words the text has most of.
    ///
    /// The contact centre still looks at it: what would go past them, straight to a unit, is not guessed.
    private static func suggestion(for text: String, in op: Operation) -> Category? {
        let said = words(in: text)
        let found = op.citizens.publicCategories().filter { !$0.passesDirectly && !$0.isConfidential && !$0.isAcute }
            .map { category in (category, category.words.count { said.contains($0.lowercased()) }) }
        guard let most = found.map(\.1).max(), most > 0 else { return nil }
        let best = found.filter { $0.1 == most }
        return best.count == 1 ? best[0].0 : nil
    }

    /// In small letters. Two of them mean something else in the next language: ice is "is" in Norwegian.
    static func words(in text: String) -> Set<String> {
        Set(text.words.filter { $0.count > 2 }.map(String.init))
    }
}
