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

    /// By the same rules as a case that is opened with this category.
    func perform(on number: CaseNumber, version: Int?, in op: Operation) throws {
        let known = op.directory.categories[category]
        let marks = Marks(
            isAcute: known?.isAcute == true, isConfidential: known?.isConfidential == true,
            mustBeAnswered: known?.mustBeAnswered == true)
        try op.cases.change(number, version: version) { subject in
            let isAcute = subject.isAcute || marks.isAcute
            let isCallBack = subject.firstAnswer == .callBack
            subject.firstAnswer = op.directory.firstAnswer(to: category, callBack: isCallBack)
            return try subject.recode(
                to: category, unit: unit ?? op.directory.unit(for: category), adding: marks,
                goesDirectly: known?.passesDirectly == true || (isAcute && known?.unit != nil), note: note,
                calendar: op.directory.calendar, at: op.now)
        }
    }
}
