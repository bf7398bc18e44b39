/// How a reporter was told of something that no message of ours brought them. Raw values are `tellings.how` and the API's.
public enum TellingWay: String, Sendable, Hashable, CaseIterable, Codable {
    case telephone, visit, letter, email, sms, chat, other
    /// There is nobody to tell, or no way to them (R6.7): settled, but it never counts as told.
    case nobody
}

/// That somebody was told, as it is written down (R4.1).
public struct Telling: Sendable, Hashable {
    public var how: TellingWay
    public var at: Instant
    public var note: String?

    public init(_ how: TellingWay, at: Instant, note: String? = nil) {
        self.how = how
        self.at = at
        self.note = note
    }
}

/// One of the people who reported a case, and what they know of its last step.
public struct Listener: Sendable, Hashable {
    /// Those of one person: see `Person.isSame`. Never empty.
    public var contacts: [ID<Contact>]
    /// As they gave it last.
    public var person: Person
    /// A message of ours finds them.
    public var isReachable: Bool
    /// When a message about the step was queued to them; for one that arrived after all, when it was sent.
    public var sentAt: Instant?
    /// What was written down of the step.
    public var telling: Telling?

    public init(
        contacts: [ID<Contact>], person: Person, isReachable: Bool, sentAt: Instant? = nil, telling: Telling? = nil
    ) {
        self.contacts = contacts
        self.person = person
        self.isReachable = isReachable
        self.sentAt = sentAt
        self.telling = telling
    }

    /// They left neither name nor any way to them, so there is nobody to tell.
    public var isNobody: Bool { person.isAnonymous && !isReachable }

    /// When they first heard of it; nil as long as they have not.
    public var toldAt: Instant? {
        [sentAt, telling.flatMap { $0.how == .nobody ? nil : $0.at }].compactMap(\.self).min()
    }

    /// They have heard of it, or nobody owes them that.
    public var isSettled: Bool { toldAt != nil || telling != nil }
}

/// What has come of telling those who reported a case of one step: feedback, a question, the closing.
public enum Told: Sendable, Hashable {
    /// All who can be told have been, the last of them then.
    case told(at: Instant)
    /// At least one has not been told yet, and could be.
    case pending
    /// There is nobody to tell: settled, never counted as told.
    case nobody

    public init(_ listeners: [Listener]) {
        if listeners.contains(where: { !$0.isSettled }) {
            self = .pending
        } else {
            self = listeners.compactMap(\.toldAt).max().map(Told.told) ?? .nobody
        }
    }

    /// As the history tells it.
    public var code: Code {
        switch self {
        case .told: .told
        case .pending: .pending
        case .nobody: .nobody
        }
    }

    public enum Code: String, Sendable, Hashable, Codable { case told, pending, nobody }

    var at: Instant? { if case .told(let at) = self { at } else { nil } }
}

extension [Listener] {
    /// What they know when a step has just been taken.
    ///
    /// - Parameters:
    ///   - isSent: whether messages go out about it.
    ///   - telling: how those were told to whom none goes; nil for not yet.
    ///   - now: when the step is taken.
    public func hearing(isSent: Bool, telling: Telling?, at now: Instant) -> [Listener] {
        map { listener in
            var listener = listener
            listener.telling = nil
            listener.sentAt = isSent && listener.isReachable ? now : nil
            guard listener.sentAt == nil else { return listener }
            listener.telling = telling ?? (listener.isNobody ? Telling(.nobody, at: now) : nil)
            return listener
        }
    }

    /// What they know when it is written down later how some of them were told: the one named, else all who have not heard.
    /// What was settled because there was nobody to tell can still be told.
    ///
    /// - Parameter missed: whom another message did not reach, so that there is something to tell all the same.
    public func hearing(
        _ telling: Telling, only contact: ID<Contact>?, missed: [ID<Contact>] = []
    ) throws(CaseRefusal) -> [Listener] {
        let deaf = indices.filter { index in
            self[index].toldAt == nil && (contact.map(self[index].contacts.contains) ?? true)
        }
        let open = deaf.filter { !self[$0].isSettled }
        let meant = open.isEmpty && missed.isEmpty && telling.how != .nobody ? deaf : open
        if meant.isEmpty, missed.isEmpty { throw .alreadyTold }
        var listeners = self
        for index in meant { listeners[index].telling = telling }
        return listeners
    }
}

extension Person {
    /// Where the same person stands in a row of them, in the order of the first: the same e-mail address; or the same
    /// telephone, unless the names say otherwise. In one pass.
    public static func grouped(_ people: [Person], in country: Country) -> [[Int]] {
        var groups: [[Int]] = []
        /// By address, by telephone and name, and by telephone alone: the first group there.
        var known: [String: Int] = [:]
        /// Those of which no name is known.
        var nameless: Set<Int> = []
        for (index, person) in people.enumerated() {
            let mail = person.email.map { "mail \($0)" }
            let phone = person.phone.map { "tel \($0.lookupKey(in: country))" }
            let called = phone.flatMap { phone in person.name.map { "\(phone) \($0.foldedName)" } }
            let atPhone = phone.flatMap { known[$0] }.flatMap { person.name == nil || nameless.contains($0) ? $0 : nil }
            let group = mail.flatMap { known[$0] } ?? called.flatMap { known[$0] } ?? atPhone ?? groups.count
            if group == groups.count {
                groups.append([])
                nameless.insert(group)
            }
            groups[group].append(index)
            if person.name != nil { nameless.remove(group) }
            for key in [mail, phone, called].compactMap(\.self) { known[key] = known[key] ?? group }
        }
        return groups
    }
}

extension Case {
    /// What the citizen has to hear of.
    public enum Step: String, Sendable, Hashable, CaseIterable {
        case feedback, question, closing

        /// Nil for an event of which nobody has to hear.
        public init?(_ kind: CaseEvent.Kind) {
            switch kind {
            case .feedbackGiven: self = .feedback
            case .waiting: self = .question
            case .closed: self = .closing
            default: return nil
            }
        }
    }

    /// A complaint is not answered by a question, nor is anybody called back.
    func isAnswer(_ step: Step) -> Bool { step != .question || firstAnswer == .feedback }

    /// Marks what came of telling the reporters of a step. Only what they heard counts as heard (R4.1).
    mutating func note(_ told: Told, of step: Step, at now: Instant) {
        untoldSince = told == .pending ? untoldSince ?? now : nil
        switch told {
        case .pending: settledAt = nil
        case .told(let at):
            if step == .question, state == .awaitingCitizen { askedAt = askedAt ?? now }
            if isAnswer(step) {
                feedbackAt = max(feedbackAt ?? at, at, clocksFrom)
                settledAt = nil
            }
        case .nobody:
            if step != .question, feedbackAt == nil { settledAt = settledAt ?? now }
        }
    }

    /// Refuses what cannot be: told before there was anything to tell. Who says only a day does not say when on it, so one
    /// day is let pass.
    public func admit(_ telling: Telling?) throws(CaseRefusal) {
        if let telling, telling.at < clocksFrom.adding(days: -1) { throw .toldTooEarly }
    }

    /// Writes down how reporters were told of the last step that no message brought them.
    ///
    /// - Parameters:
    ///   - contact: whose; nil for all who had not heard.
    ///   - heard: the step and what has come of it, with this; nil when it was told by another message than a step's.
    public mutating func tell(
        _ telling: Telling, _ contact: ID<Contact>?, heard: (step: Step, told: Told)?, at now: Instant
    ) throws(CaseRefusal) -> CaseEvent {
        try admit(telling)
        try self.step(.tell)
        // Whoever joined later does not make untold what had been told.
        if let heard, heard.told != .pending { note(heard.told, of: heard.step, at: now) }
        var event = event(.told(.init(contact: contact, note: telling.note, until: telling.at)), told: heard?.told)
        var hearing = event.hearing ?? .init()
        hearing.how = telling.how
        event.hearing = hearing
        return event
    }
}
