import Database
import Domain

/// The contacts and cases of the demonstration, made by the use cases themselves in the order in which they happened.
struct DemoCases {
    let installation: Installation
    let directory: Directory
    let tx: Transaction
    let from: Instant
    let to: Instant

    func run() throws {
        var chance = DemoChance()
        let stories = (0..<SeedDemo.cases).map { story($0, &chance) }
        let happenings = stories.enumerated().flatMap { index, story in
            story.steps.map { (at: $0.at, story: index, step: $0.step) }
        }
        let inOrder = happenings.filter { $0.at < to }.sorted { ($0.at, $0.story) < ($1.at, $1.story) }
        var numbers: [Int: CaseNumber] = [:]
        let watch = DemoWatch(cases: self)
        var mornings = watch.mornings[...]
        for (index, happening) in inOrder.enumerated() {
            while let morning = mornings.first, morning <= happening.at { try watch.remind(at: mornings.removeFirst()) }
            let story = stories[happening.story]
            if case .register = happening.step {
                numbers[happening.story] = try register(story, at: happening.at, &chance)
            } else if let number = numbers[happening.story] {
                try perform(happening.step, story, on: number, at: happening.at, &chance)
            }
            if index % 16 == 7 { try answerAtOnce(at: happening.at, &chance) }
        }
        for morning in mornings { try watch.remind(at: morning) }
        try DemoContractors(cases: self).run()
        try DemoTelling(cases: self).run()
        try watch.finish()
    }

    /// Evenly spread, but more of them lately, because those are the ones still open.
    private func story(_ index: Int, _ chance: inout DemoChance) -> DemoStory {
        let share = 1 - (Double(index) + chance.fraction()) / Double(SeedDemo.cases)
        let span = Double(to.milliseconds - from.milliseconds)
        let before = Int64(span * share * share) + 600_000
        let moment = max(from, to.adding(milliseconds: -before))
        // People write at any hour, but not at night; most of them call or come when somebody is there.
        let hour = directory.calendar.timeZone.timeOfDay(of: moment).minutes / 60
        var created = hour < 6 ? max(from, moment.adding(hours: -8)) : moment
        let opens = directory.calendar.nextOpening(after: moment).adding(minutes: chance.whole(0...400))
        if chance.fraction() < 0.75 && opens < to { created = opens }
        return DemoStory(
            DemoReport.all[(index * 7) % DemoReport.all.count], place: chance.one(of: DemoReport.places),
            created: created, age: Double(to.milliseconds - created.milliseconds) / 86_400_000,
            calendar: directory.calendar, chance: &chance)
    }

    private func user(_ login: String) throws -> User {
        guard let user = directory.people.values.first(where: { $0.user.login == login })?.user else {
            throw Refusal.notFound
        }
        return user
    }

    func operation(_ actor: Actor, at now: Instant) -> Operation {
        Operation(tx: tx, installation: installation, directory: directory, actor: actor, language: "nb", now: now)
    }

    private func person(_ chance: inout DemoChance) -> Person {
        if chance.fraction() < 0.08 { return Person() }
        let number = chance.whole(0...DemoReport.names.count - 1)
        let name = DemoReport.names[number]
        let hasMail = chance.fraction() < 0.8
        return Person(
            name: "Innbygger \(name)", email: hasMail ? EmailAddress("\(name.lowercased())@innbygger.example") : nil,
            phone: hasMail && chance.fraction() < 0.5 ? nil : PhoneNumber("10 00 1\(number / 10) \(number % 10)0"),
            wantsUpdates: hasMail && chance.fraction() < 0.6, language: chance.fraction() < 0.1 ? "en" : "nb")
    }

    private func register(_ story: DemoStory, at: Instant, _ chance: inout DemoChance) throws -> CaseNumber {
        let isOpen = directory.calendar.isOpen(at: at)
        let channel: Contact.Channel =
            isOpen ? chance.one(of: [.telephone, .telephone, .visit, .email, .web, .chat]) : .web
        let op = operation(channel == .web ? .citizen : .user(try user("agent")), at: at)
        var fields: [String: InputValue] = [
            "text": .text(story.report.text.replacing("{place}", with: story.place)), "place": .text(story.place),
            "lat": .number(59.02 + chance.fraction() / 40), "lon": .number(10.02 + chance.fraction() / 20),
        ]
        let category = directory.categories.values.first { $0.names["nb"] == story.report.category }
        if let category { fields["category"] = .text("\(category.id)") }
        var input = InputReader(fields)
        let question = QuestionInput(&input, in: op)
        try input.finish()
        let isConfidential = category?.isConfidential == true
        let registered = try RegisterContact(
            channel: channel, direction: .incoming, at: nil, person: person(&chance), questions: [question],
            word: isConfidential ? AgreedWord(SeedDemo.word) : nil
        ).perform(in: op)
        guard let opened = registered.cases[0] else { throw Refusal.notFound }
        return opened.number
    }

    private func join(_ number: CaseNumber, _ story: DemoStory, at: Instant, _ chance: inout DemoChance) throws {
        let op = operation(.user(try user("agent")), at: at)
        var input = InputReader([
            "text": .text("Jeg ringer om det samme ved \(story.place). Når blir det gjort noe?"),
            "case": .text("\(number)"),
        ])
        let question = QuestionInput(&input, in: op)
        try input.finish()
        // What is confidential does not show to the contact centre, so nothing can be joined to it there.
        guard (try? op.cases.load(number, in: op.scope)) != nil else { return }
        _ = try RegisterContact(
            channel: .telephone, direction: .incoming, at: nil, person: person(&chance), questions: [question]
        ).perform(in: op)
    }

    private func answerAtOnce(at: Instant, _ chance: inout DemoChance) throws {
        let op = operation(.user(try user(chance.fraction() < 0.5 ? "agent" : "meis")), at: at)
        let asked = chance.one(of: DemoReport.answered)
        var input = InputReader(["text": .text(asked.text), "answered": .flag(true), "answer": .text(asked.answer)])
        let question = QuestionInput(&input, in: op)
        try input.finish()
        _ = try RegisterContact(
            channel: chance.one(of: [.telephone, .visit, .chat]), direction: .incoming, at: nil, person: Person(),
            questions: [question]
        ).perform(in: op)
    }

    private func perform(
        _ step: DemoStory.Step, _ story: DemoStory, on number: CaseNumber, at: Instant, _ chance: inout DemoChance
    ) throws {
        let system = operation(.system, at: at)
        let current = try system.cases.load(number, in: system.scope)
        let unit = directory.units[current.unit]
        let receiver = current.handler ?? (chance.fraction() < 0.3 ? unit?.substitute : nil) ?? unit?.receiver
        guard let receiver, let colleague = directory.people[receiver]?.user else { throw Refusal.notFound }
        let op = operation(.user(colleague), at: at)
        switch step {
        case .register: break
        case .join: if current.state.isOpen { try join(number, story, at: at, &chance) }
        case .passOn:
            guard current.state == .new else { return }
            let agent = operation(.user(try user("agent")), at: at)
            try run(
                PassOnCase.self, ["unit": .text("\(current.unit)"), "note": .text("Kan dere se på denne?")], number,
                in: agent)
        case .acknowledge: try run(AcknowledgeCase.self, [:], number, in: op)
        case .note:
            try run(NoteOnCase.self, ["note": .text("Befaring på stedet. Bestilt det som trengs.")], number, in: op)
        case .feedback:
            let message = "Vi har sett på saken og setter den i arbeid så snart vi har det som trengs."
            try run(GiveFeedback.self, ["message": .text(message)].merging(Self.called) { $1 }, number, in: op)
        case .park(let days):
            let until = directory.calendar.nextOpening(after: at.adding(days: days))
            let reason = "Venter på deler som er bestilt."
            try run(ParkCase.self, ["until": .text(until.iso8601), "reason": .text(reason)], number, in: op)
        case .awaitCitizen:
            let message = "Kan du si litt mer om hvor det er? Et bilde hjelper også."
            try run(AwaitCitizen.self, ["message": .text(message)].merging(Self.called) { $1 }, number, in: op)
        case .resume: try run(EndWaiting.self, ["note": .text("Innbyggeren ringte og forklarte.")], number, in: op)
        case .close:
            try run(CloseCase.self, closure(story, at: at, &chance).merging(Self.called) { $1 }, number, in: op)
        case .reopen:
            try run(ReopenCase.self, ["reason": .text("Innbyggeren melder at det er like ille igjen.")], number, in: op)
        }
    }

    /// Whoever left a number alone is called.
    private static let called: [String: InputValue] = ["told_how": .text("telephone")]

    private func closure(_ story: DemoStory, at: Instant, _ chance: inout DemoChance) -> [String: InputValue] {
        if let authority = story.report.authority {
            return [
                "outcome": .text("forwarded"), "authority": .text(authority), "answer": .text(story.report.answer),
            ]
        }
        if chance.fraction() < 0.2 {
            return [
                "outcome": .text("no_action"), "reason": .text("Allerede utbedret"),
                "answer": .text("Da vi kom dit, var det allerede i orden. Si gjerne fra om det skjer igjen."),
            ]
        }
        return [
            "outcome": .text("measures_taken"), "answer": .text(story.report.answer),
            "measure_what": .text(story.report.measure), "measure_who": .text("Driftslaget"),
            "measure_done_at": .text(at.adding(hours: -1).iso8601),
        ]
    }

    /// As the case page and the API do it.
    func run<UseCase: CaseUseCase>(
        _: UseCase.Type, _ fields: [String: InputValue], _ number: CaseNumber, in op: Operation
    ) throws {
        try op.require(UseCase.permission)
        var input = InputReader(fields)
        let useCase = try UseCase(&input, in: op)
        try input.finish()
        try useCase.perform(on: number, version: nil, in: op)
    }
}
