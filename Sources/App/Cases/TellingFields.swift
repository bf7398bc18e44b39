import Domain

/// What the form of a step says of those whom no message reaches, and asks of whoever fills it in (R4.1).
struct TellingFields: Sendable {
    /// Whether a message reaches anybody.
    var isSent = true
    /// Whether anybody whom it reaches wants to hear of each step.
    var isSentOfEachStep = true
    /// Who is to be told by other means: names, and numbers to call.
    var unreached: [String] = []
    /// ISO 8601 day, filled in.
    var today = ""

    /// Whom to call, in a row.
    var names: String { unreached.joined(separator: ", ") }

    /// How far a message goes that tells of a step only those who want to hear of each; part of the words.
    var reach: String {
        if !unreached.isEmpty { return isSentOfEachStep ? "some" : "unreached" }
        return isSentOfEachStep ? "sent" : isSent ? "declined" : "nobody"
    }

    /// All who reported it are anonymous, and none can be written to.
    var isNobody: Bool { !isSent && unreached.isEmpty }

    init(isSent: Bool = true, unreached: [String] = [], today: String = "") {
        self.isSent = isSent
        isSentOfEachStep = isSent
        self.unreached = unreached
        self.today = today
    }

    init(_ listeners: [Listener], in op: Operation) {
        isSent = listeners.contains(where: \.isReachable)
        isSentOfEachStep = listeners.contains { $0.isReachable && $0.person.wantsUpdates }
        unreached = listeners.filter { !$0.isReachable && !$0.isNobody }.map { op.cases.nameAndNumber(of: $0) }
        today = op.today.iso
    }

    /// - Parameters:
    ///   - fields: those of the form, for its ids and input.
    ///   - family: of the words.
    ///   - isTicked: whether the form asks if a message is to be sent at all.
    func fields(for form: FormFields, family: String = "case.", isTicked: Bool = false) -> [FormField] {
        guard !unreached.isEmpty || isNobody || isTicked else { return [] }
        let words = form.words
        var fields = form
        fields.form = family + PageFormsWords.telling
        let key = !unreached.isEmpty ? "unreached" : isNobody ? "nobody" : "unticked"
        fields.hints["told_how"] = words(fields.form + "." + key, ["names": names])
        var ways = Self.ways(words, isNobodyAChoice: !isNobody)
        let isAsked = !unreached.isEmpty && family == "case."
        // Whoever wants no message sent may mean to call later.
        if isAsked || isTicked { ways.append(.init(value: TellingInput.notYet, text: words("telling.not_yet"))) }
        var how = fields.select(
            "told_how", ways,
            prompt: words(isNobody ? "telling.nobody_there" : isAsked ? "case.choose" : "telling.none"),
            required: isAsked)
        how.isConditional = !isAsked
        guard !unreached.isEmpty else { return [how] }
        return [how, fields.line("told_at", type: "date", value: today), fields.line("told_note")]
    }

    /// How somebody can be told, but for messages of ours.
    static func ways(_ words: Words, isNobodyAChoice: Bool = true) -> [FormField.Option] {
        TellingWay.allCases.filter { isNobodyAChoice || $0 != .nobody }.map {
            .init(value: $0.rawValue, text: words("telling." + $0.rawValue))
        }
    }
}

/// The words that the forms of a page share, below the page's family.
enum PageFormsWords {
    static let telling = "telling"
}

extension CaseFacade {
    /// "Kari Nordmann (22 33 44 55)", so that nobody has to look for the number.
    func nameAndNumber(of listener: Listener) -> String {
        // In a sentence a number is not broken, where nobody could read it out any more.
        let phone = (listener.person.phone?.grouped(in: municipality.country))
            .map { String($0.map { $0 == " " ? "\u{a0}" : $0 }) }
        let name = name(of: listener)
        return phone.map { "\(name) (\($0))" } ?? name
    }

    func name(of listener: Listener) -> String { listener.person.name ?? words("case.telling.unnamed") }
}
