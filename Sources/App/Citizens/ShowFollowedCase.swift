import Domain

extension FollowedCase {
    func page(_ visit: Visit, in op: Operation) throws -> FollowCasePage {
        let times = Times(op.directory.calendar, op.words, op.now)
        let events = try op.history.events(of: shown.id)
        let own = try op.contacts.load(of: shown.id).first { $0.id == contact }
        let text = own?.questions.map(op.contacts.text).joined(separator: "\n\n") ?? ""
        // Title and place are the words of the one who reported first.
        let isFirst = events.first { $0.event.kind == .opened }?.event.fact.contact == contact
        var facts: [Fact] = []
        if let category = op.directory.name(ofCategory: shown.category, in: op.language) {
            facts.append(Fact(term: op.words("case.fact.category"), text: category))
        }
        if isFirst, let place = shown.place?.text {
            facts.append(Fact(term: op.words("case.fact.place"), text: place))
        }
        facts.append(Fact(term: op.words("case.fact.created"), text: times.dayAndTime(own?.at ?? shown.createdAt)))
        let url = op.paths(.followedCase, shown.number)
        let emergency = emergency(visit, op)
        let isWarned = emergency != nil
        let isReceipt = op.flash(of: visit) == FollowCase.receiptFlash(shown.number)
        return FollowCasePage(
            frame: try op.frame(visit, title: "\(shown.number)"), summary: summary(visit, op),
            emergency: emergency, erased: try op.retention.told(of: shown),
            receipt: isReceipt ? try receipt(own, times, op) : nil,
            number: "\(shown.number)",
            title: isFirst || text.isEmpty ? op.cases.title(of: shown) : QuestionInput.title(of: text),
            status: op.text("state.public.\(shown.state.rawValue)", in: op.language),
            statusText: shown.isErased ? nil : statusText(times, own, op), steps: steps(times, op),
            answer: op.cases.answer(to: shown),
            question: question(events, visit, url, isWarned: isWarned, op),
            events: try PublicTimeline(followed: self, events: events, own: own, in: op).rows(), facts: facts,
            text: text, reopening: reopening(visit, url, isWarned: isWarned, op),
            word: try choosingWord(visit, url, isReceipt: isReceipt, in: op))
    }

    /// Whom to call first, while nobody has in hand what was told, or before what is being written is sent.
    private func emergency(_ visit: Visit, _ op: Operation) -> EmergencyCall? {
        let written = ["answer": "message", "reopening": "reason"][visit.returnedForm ?? ""].flatMap(visit.form.first)
        let isWritten = written.map(op.contacts.soundsAcute) == true
        guard isWritten || shown.isUnacknowledgedAcute else { return nil }
        let form = visit.returnedForm == "answer" && shown.state.isOpen ? "answer" : "reopening"
        let send = op.words("emergency.send", ["submit": op.words("follow.\(form).submit")])
        return op.contacts.emergencyCall(about: op.directory.category(shown.category), next: isWritten ? send : nil)
    }

    /// Open at once where there is no other way in: without a word or a code they do not come back.
    private func choosingWord(
        _ visit: Visit, _ url: String, isReceipt: Bool, in op: Operation
    ) throws -> ActionForm? {
        guard shown.isConfidential, !shown.isErased, let door = try FollowDoor(shown, contact, in: op) else {
            return nil
        }
        return FollowCasePage.choosingWord(
            op.words, url: url, hasWord: door.hasWord, isOpen: isReceipt && !door.hasWord,
            input: visit.returnedForm == "word" ? visit.form : .init())
    }

    private func summary(_ visit: Visit, _ op: Operation) -> ErrorSummary? {
        guard let form = visit.returnedForm else { return nil }
        return FormFields(words: op.words, form: "follow." + form, input: visit.form).summary
    }

    /// The number, when we answer, and the way back (R1.3, R4.3).
    private func receipt(_ own: Contact?, _ times: Times, _ op: Operation) throws -> Receipt {
        let link = op.citizens.followLink(to: shown, for: contact)
        let door = shown.isConfidential ? try FollowDoor(shown, contact, in: op) : nil
        let sent = own?.person.email.map { op.words("receipt.sent", ["email": $0.description]) }
        // Whoever left neither e-mail nor telephone has no other way back than the address itself.
        return Receipt(
            promise: promise(times, isReachable(own), op) ?? "",
            sent: sent ?? op.words(isReachable(own) ? "receipt.keep.phone" : "receipt.keep"),
            confidential: door.map { op.words($0.codePhone(in: op) == nil ? "receipt.word" : "receipt.code") },
            link: link,
            linkText: isReachable(own) ? op.words("receipt.link") : op.installation.settings.publicURL + link)
    }

    private func isReachable(_ own: Contact?) -> Bool {
        own?.person.email != nil || own?.person.phone != nil
    }

    /// What happens next and when; nil when nothing is promised.
    private func promise(_ times: Times, _ isReachable: Bool, _ op: Operation) -> String? {
        let running = op.cases.running(of: shown)
        if shown.state == .parked, let until = shown.parkedUntil, until > op.now {
            return op.words("promise.parked", ["day": times.day(until)])
        }
        guard let due = running[.feedback] ?? running[.answer] ?? running[.close] else { return nil }
        if due < op.now { return op.words("promise.late") }
        let isAnswer = running[.feedback] != nil || running[.answer] != nil
        let key = !isAnswer ? "promise.close_by" : isReachable ? "promise.answer_by" : "promise.answer_here_by"
        return op.words(key, ["day": times.day(due)])
    }

    private func statusText(_ times: Times, _ own: Contact?, _ op: Operation) -> String {
        let meaning = op.text("state.public.\(shown.state.rawValue).text", in: op.language)
        return [meaning, promise(times, isReachable(own), op)].compactMap(\.self).joined(separator: " ")
    }

    /// The chain in the citizen's words: what was done when, and when the next is due.
    private func steps(_ times: Times, _ op: Operation) -> [Step] {
        let running = op.cases.running(of: shown)
        func step(_ title: String, _ done: Instant?, _ due: Instant?) -> Step {
            if let done { return Step(title: title, text: times.dayAndTime(done), isDone: true) }
            guard let due else { return Step(title: title, text: "") }
            let isLate = due < op.now
            return Step(
                title: title, text: op.words(isLate ? "step.was_due" : "step.by", ["day": times.day(due)]),
                isLate: isLate)
        }
        let unit = ["unit": op.directory.name(of: shown.unit)]
        let isPassedOn = shown.state != .new
        var steps = [
            step(op.words("step.received"), shown.createdAt, nil),
            step(
                isPassedOn ? op.words("step.passed_on", unit) : op.words("step.to_unit"),
                shown.acknowledgedAt ?? (isPassedOn ? shown.passedAt : nil), running[.acknowledge]),
            step(op.words("step.feedback"), shown.feedbackAt, running[.feedback]),
            step(op.words("step.closed"), shown.closedAt, running[.close]),
        ]
        if let next = steps.firstIndex(where: { !$0.isDone }) { steps[next].isCurrent = true }
        return steps
    }

    private func question(
        _ events: [StoredEvent], _ visit: Visit, _ url: String, isWarned: Bool, _ op: Operation
    ) -> CitizenQuestion? {
        let isReturned = visit.returnedForm == "answer"
        guard shown.state.isOpen, shown.state == .awaitingCitizen || isReturned else { return nil }
        let asked = events.last { $0.event.kind == .waiting }?.event.fact.writing ?? ""
        return CitizenQuestion(
            text: asked,
            form: FollowCasePage.answering(
                op.words, url: url, isWarned: isWarned, input: isReturned ? visit.form : .init()))
    }

    private func reopening(_ visit: Visit, _ url: String, isWarned: Bool, _ op: Operation) -> ActionForm? {
        let isReturned = visit.returnedForm == "reopening"
        guard !shown.isErased, shown.state == .closed || isReturned else { return nil }
        var input = isReturned ? visit.form : FormInput()
        // Closed while they answered our question: what they wrote is the reason to open it again.
        if visit.returnedForm == "answer" { input.values["reason"] = visit.form.values["message"] }
        var form = FollowCasePage.reopening(op.words, url: url, version: nil, isWarned: isWarned, input: input)
        if visit.returnedForm == "answer" { form.isOpen = true }
        return form
    }
}
