import Domain

/// What happens to one case of the demonstration, step by step.
struct DemoStory {
    enum Step {
        case register
        /// The contact centre passes it on, where the category does not do so itself.
        case passOn
        case acknowledge, note, feedback, join, close, reopen
        case park(days: Int)
        case awaitCitizen, resume
    }

    var report: DemoReport
    var place: String
    var steps: [(at: Instant, step: Step)] = []

    /// - Parameters:
    ///   - created: when the citizen made contact.
    ///   - age: days from there to the end.
    init(
        _ report: DemoReport, place: String, created: Instant, age: Double, calendar: WorkingCalendar,
        chance: inout DemoChance
    ) {
        self.report = report
        self.place = place
        var at = created
        steps.append((at, .register))
        /// Adds a step so many hours later, in office hours.
        func then(_ step: Step, after hours: Double) {
            let earliest = at.adding(milliseconds: Int64(hours * 3_600_000))
            let opens = calendar.nextOpening(after: earliest)
            at = opens == earliest ? opens : opens.adding(minutes: chance.whole(4...150))
            steps.append((at, step))
        }
        let dice = chance.fraction()
        if chance.fraction() < 0.12 { then(.join, after: 5) }
        if age < 1.5 && dice < 0.35 { return }
        then(.passOn, after: chance.fraction() * 3)
        if dice < (age < 1.5 ? 0.7 : age < 6 ? 0.12 : age < 20 ? 0.03 : 0.01) { return }
        then(.acknowledge, after: 1 + chance.fraction() * 14)
        if age < 1.5 || dice < (age < 6 ? 0.35 : age < 20 ? 0.1 : 0.03) { return }
        if chance.fraction() < 0.3 { then(.note, after: 2) }
        switch (dice, age) {
        case (..<0.5, ..<6), (..<0.22, ..<20), (..<0.06, _):
            then(.park(days: chance.whole(4...30)), after: 6)
            if chance.fraction() < 0.7 { then(.feedback, after: 1) }
            return
        case (..<0.62, ..<6), (..<0.3, ..<20):
            then(.awaitCitizen, after: 9)
            return
        case (..<0.85, ..<6), (..<0.5, ..<20):
            then(.feedback, after: 10 + chance.fraction() * 30)
            return
        default: break
        }
        if chance.fraction() < 0.15 {
            then(.awaitCitizen, after: 8)
            then(.resume, after: 30)
        }
        if chance.fraction() < 0.6 { then(.feedback, after: 12 + chance.fraction() * 24) }
        then(.close, after: 10 + chance.fraction() * 150)
        if chance.fraction() < 0.09 { then(.reopen, after: 50) }
    }
}

/// Chance that falls the same way each time for one seed (SplitMix64).
struct DemoChance: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64 = 26) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// 0 up to 1.
    mutating func fraction() -> Double { Double.random(in: 0..<1, using: &self) }
    mutating func whole(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }
    mutating func one<Element>(of elements: [Element]) -> Element { elements[whole(0...elements.count - 1)] }
}
