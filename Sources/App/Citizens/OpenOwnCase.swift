import Domain

/// Opens a confidential case for its reporter: sends the code when they ask for it, takes code or word, and lets them
/// choose the word. The link itself does nothing when it is opened: programs that look through mails do so, too.
enum OpenOwnCase {
    static let routes: [Route] = [
        .form(
            .post, .followedCase.below("code"), for: .citizens, form: "code", show: FollowCase.show, perform: sendCode),
        .form(
            .post, .followedCase.below("opening"), for: .citizens, form: "opening", show: FollowCase.show, perform: open
        ),
        .form(
            .post, .followedCase.below("word"), for: .citizens, form: "word", show: FollowCase.show, perform: chooseWord
        ),
    ]

    private static let sendCode: PageHandler = { visit, op in
        try atTheDoor(visit, op) { door, _ in
            guard let phone = door.codePhone(in: op) else { return try FollowCase.show(visit, op) }
            try FollowCode.send(to: phone, for: door, from: visit, in: op)
            // Without a redirect: what was being written is still on the page.
            return .page(try FollowDoorPage(door, visit, isSent: true, in: op))
        }
    }

    private static let open: PageHandler = { visit, op in
        try atTheDoor(visit, op) { door, grant in
            var input = InputReader(form: visit.form)
            let typed = input.line("code", max: AgreedWord.longestText, required: true) ?? ""
            try input.finish()
            guard try door.opens(with: typed, from: visit, in: op) else {
                var visit = visit
                let takesCode = door.codePhone(in: op) != nil
                let fault = takesCode ? door.hasWord ? "code_wrong" : "code_alone_wrong" : "word_wrong"
                visit.form.errors = [FieldError(field: "code", code: fault)]
                // Not thrown: that it was tried is to stay counted.
                return .page(try FollowDoorPage(door, visit, in: op), status: .unprocessableContent)
            }
            var grant = grant
            grant.proof = .opened
            let number = door.shown.number
            return try FindOwnCase.answer(visit, number, grant, op).with(grant.cookie(for: number, in: op))
                .with(try KnownPlaces(of: grant.contact).remember(visit, in: op))
        }
    }

    private static func atTheDoor(
        _ visit: Visit, _ op: Operation, _ body: (FollowDoor, FollowGrant) throws -> Reply
    ) throws -> Reply {
        switch try FollowedCase.find(visit, in: op) {
        case nil: try FindOwnCase.ask(visit, op, isRefused: true)
        // Opened meanwhile, or never closed.
        case .open(let followed, _): .redirect(op.paths(.followedCase, followed.shown.number))
        case .closed(let door, let grant): try body(door, grant)
        }
    }

    /// By whoever sees the case: from the browser that has just sent it, or opened it.
    private static let chooseWord: PageHandler = { visit, op in
        try FollowCase.enter(visit, op) { followed in
            guard followed.shown.isConfidential else { throw Refusal.notFound }
            var input = InputReader(form: visit.form)
            let word = input.agreedWord("word", required: true)
            try input.finish()
            guard let word else { throw Refusal.notFound }
            try op.citizens.agree(word, with: followed.contact, about: followed.shown.id)
            try op.cases.record(followed.shown.wordAgreed(with: followed.contact), on: followed.shown)
            return .redirect(op.paths(.followedCase, followed.shown.number), flash: "word_agreed")
        }
    }
}

extension InputReader {
    /// A word by which somebody opens what they reported.
    mutating func agreedWord(_ field: String, required: Bool = false) -> AgreedWord? {
        guard let text = line(field, max: AgreedWord.longestText, required: required) else { return nil }
        guard let word = AgreedWord(text) else {
            fail(field, "word_too_simple", ["min": "\(AgreedWord.length.lowerBound)"])
            return nil
        }
        return word
    }
}
