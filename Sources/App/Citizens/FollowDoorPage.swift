import Domain

/// Asks for a code or the agreed word, before a confidential case is shown to its reporter. Of the case it tells the
/// number alone, which stood in the link.
struct FollowDoorPage: Page {
    static let template = "citizens/follow-door"

    var frame: Frame
    var summary: ErrorSummary?
    var number: String
    /// Tells that what was being written is there.
    var kept: String?
    var hidden: [HiddenValue] = []
    /// "We have sent a code", once.
    var sent: String?
    /// What to do: which of the ways there are.
    var how: String
    /// Then nothing is left to be shown, and `how` says so.
    var isErased = false
    /// Sends a code; nil where none can go.
    var code: SendCode?
    /// For the code or the word; nil where there is neither.
    var opening: FormField?
    var url: String
    /// "If you cannot get in: call us", with the contact centre's number.
    var call: String
    var phone: String?
    var phoneText: String?

    struct SendCode: Sendable {
        var url: String
        /// "Send me a code", or another one.
        var submit: String
    }
}

extension FollowDoorPage {
    /// - Parameters:
    ///   - takesCode: a code can be sent.
    ///   - hasWord: a word has been agreed.
    init(
        frame: Frame, words: Words, number: String, url: String, takesCode: Bool, hasWord: Bool, isSent: Bool = false,
        input: FormInput = .init(), kept: [HiddenValue] = [], phone: String? = nil, phoneText: String? = nil
    ) {
        var fields = FormFields(words: words, form: "door", input: input)
        fields.labels["code"] = words(takesCode ? hasWord ? "door.code" : "door.code.only" : "door.word")
        let how =
            switch (takesCode, hasWord) {
            case (true, true): "door.how.both"
            case (true, false): "door.how.code"
            case (false, true): "door.how.word"
            case (false, false): "door.how.neither"
            }
        self.init(
            frame: frame, summary: fields.summary, number: number,
            kept: kept.isEmpty ? nil : words("follow.kept"), hidden: kept,
            sent: isSent ? words("door.sent") : nil, how: words(how),
            code: takesCode
                ? SendCode(url: url + "/code", submit: words(isSent ? "door.send.again" : "door.send")) : nil,
            opening: takesCode || hasWord ? fields.line("code", autocomplete: "one-time-code", required: true) : nil,
            url: url + "/opening", call: words(phone == nil ? "door.call" : "door.call.phone"), phone: phone,
            phoneText: phoneText)
    }

    /// - Parameter isSent: a code is on its way.
    init(_ door: FollowDoor, _ visit: Visit, isSent: Bool = false, in op: Operation) throws {
        // Always the contact centre's: the unit's would tell whose the case is.
        let phone = op.directory.units[op.municipality.centre]?.phone
        var hidden = ["kept", "kept_form"].compactMap { name in
            visit.form.first(name).map { HiddenValue(name: name, value: $0) }
        }
        let kept = try FindOwnCase.kept(visit, op)
        let erased = try op.retention.told(of: door.shown)
        if !kept.isEmpty { hidden = kept }
        var input = ["code", "opening"].contains(visit.returnedForm) ? visit.form : .init()
        // A secret, right or wrong, stays on no page.
        input.values["code"] = nil
        self.init(
            frame: try op.frame(visit, title: op.words("door.heading")), words: op.words,
            number: "\(door.shown.number)", url: op.paths(.followedCase, door.shown.number),
            takesCode: erased == nil && door.codePhone(in: op) != nil,
            hasWord: erased == nil && door.hasWord, isSent: isSent, input: input, kept: hidden, phone: phone,
            phoneText: phone.map { op.grouped($0) })
        if let erased { (how, isErased) = (erased, true) }
    }
}
