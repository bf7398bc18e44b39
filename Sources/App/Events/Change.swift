import Domain

/// A case before and after what happened to it, in one transaction: what follows from it is worked out from this alone.
struct Change: Sendable {
    /// Nil when it has just been opened.
    let before: Case?
    let after: Case
    /// In the order in which they happened; never empty.
    let events: [Line]
    var saying = Saying()
    /// Those who reported it, where whoever made the change knows them; else they are looked up.
    var reporters: [Recipient]?

    struct Line: Sendable {
        let id: ID<CaseEvent>
        let event: CaseEvent
    }

    /// What whoever made it says to those who hear of it.
    struct Saying: Sendable {
        /// Where the event does not tell it itself.
        var text: String?
        /// It tells of something acute, also where somebody has the case in hand already.
        var isAcute = false
    }

    /// The last of them, of which those who reported it hear.
    var event: ID<CaseEvent> { events[events.count - 1].id }

    /// It came to its unit, or to it anew.
    var isPassedOn: Bool { before.map(after.isPassedOn) ?? (after.state == .passedOn) }

    var isAcuteNow: Bool { after.isAcute && before?.isAcute != true }

    /// The case is found by other words, or by others, than before.
    var isFoundAnew: Bool {
        guard let before else { return true }
        // By those who reported it, and by what they wrote.
        let isReportedAnew = events.contains { [.joined, .contactCorrected].contains($0.event.kind) }
        return isReportedAnew || before.reader != after.reader || before.foundBy != after.foundBy
            || before.category != after.category
    }

    /// Others find it than before, and with it what its contacts say.
    var isFoundByOthers: Bool { before.map { $0.reader != after.reader } ?? false }
}
