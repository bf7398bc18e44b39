import Domain

/// Changes what a case is about; the unit follows (R3.4).
struct RecodeCase: CaseUseCase {
    static let path = "recoding"
    static let flash = "recoded"
    static let permission = Permission.routeCases

    var category: ID<Category>
    var unit: ID<Unit>?
    var note: String?

    init(_ input: inout InputReader, in op: Operation) throws {
        let named: ID<Category>? = input.id("category", required: true)
        category = named ?? ID(0)
        unit = input.id("unit")
        note = input.text("note", max: 4_000)
        if named != nil, op.directory.categories[category]?.isActive != true { input.fail("category", "unknown") }
        if let unit, op.directory.units[unit]?.isActive != true { input.fail("unit", "unknown") }
    }

    func perform(on number: CaseNumber, version: Int?, in op: Operation) throws {
        var unitBefore: ID<Unit>?
        let (changed, event) = try op.change(number, version: version) {
            unitBefore = $0.unit
            // A category without a unit of its own leaves the case where it is.
            let target = unit ?? op.directory.categories[category]?.unit ?? $0.unit
            if op.directory.categories[category]?.mustBeAnswered == true { $0.mustBeAnswered = true }
            return try $0.recode(
                to: category, unit: target, isConfidential: op.directory.categories[category]?.isConfidential == true,
                note: note, calendar: op.directory.calendar, at: op.now)
        }
        if changed.state == .passedOn && changed.unit != unitBefore {
            try op.queueStaffMail(about: changed, because: event, note: note)
        }
        try op.indexForSearch(changed)
    }
}
