import Domain
import Foundation

/// One question as it was sent.
struct QuestionInput: Sendable {
    static let longestText = 20_000

    var text: String
    var category: ID<Category>?
    var isAnswered: Bool
    var answer: String?
    /// The case it belongs to, when there is one already.
    var joins: CaseNumber?
    /// Passed on to this unit at once.
    var unit: ID<Unit>?
    var place: Place?
    var isConfidential: Bool
    var isAcute: Bool
    var mustBeAnswered: Bool
    /// Somebody was sought and is to call back (R4.4).
    var callsBack: Bool

    /// - Parameter prefix: goes before every name; forms with several questions number them.
    init(_ input: inout InputReader, prefix: String = "", in op: Operation) {
        text = input.text(prefix + "text", max: Self.longestText, required: true) ?? ""
        category = input.id(prefix + "category")
        isAnswered = input.flag(prefix + "answered")
        answer = input.text(prefix + "answer", max: Self.longestText)
        joins = input.caseNumber(prefix + "case", year: op.today.year)
        unit = input.id(prefix + "unit")
        isConfidential = input.flag(prefix + "confidential")
        isAcute = input.flag(prefix + "acute")
        mustBeAnswered = input.flag(prefix + "must_be_answered")
        callsBack = input.flag(prefix + "call_back")
        let described = input.line(prefix + "place", max: 300)
        place = Place(text: described, position: Self.position(&input, prefix: prefix, typed: described))
        if let category, op.directory.categories[category]?.isActive != true {
            input.fail(prefix + "category", "unknown")
        }
        if let unit, op.directory.units[unit]?.isActive != true { input.fail(prefix + "unit", "unknown") }
        // No template case has been defined, so none can be named.
        if input.has(prefix + "template") { input.fail(prefix + "template", "unknown") }
    }

    /// In JSON an object; in a form two fields that a script fills in, or coordinates typed where the place is.
    private static func position(_ input: inout InputReader, prefix: String, typed: String?) -> Position? {
        if input.source == .form, let (lat, lon) = typed.flatMap(Position.coordinates) {
            let position = Position(lat: lat, lon: lon)
            if position == nil { input.fail(prefix + "place", "invalid_position") }
            return position
        }
        if input.has(prefix + "position") {
            return input.object(prefix + "position") { inner in
                let lat = inner.number("lat", in: -90...90, required: true)
                let lon = inner.number("lon", in: -180...180, required: true)
                return lat.flatMap { lat in lon.flatMap { Position(lat: lat, lon: $0) } }
            } ?? nil
        }
        let lat = input.number(prefix + "lat", in: -90...90)
        let lon = input.number(prefix + "lon", in: -180...180)
        return lat.flatMap { lat in lon.flatMap { Position(lat: lat, lon: $0) } }
    }

    /// The case that this question opens.
    func open(at: Instant, channel: Contact.Channel, in op: Operation) throws -> Case {
        let known = op.directory.category(category)
        let marks = marks(in: op)
        // The contact centre looks at what comes in, unless the category goes straight to its unit. It does not see
        // what is confidential, so that goes straight too; and what is acute cannot wait for anybody.
        let isPassedOn =
            unit != nil || known?.passesDirectly == true || marks.isConfidential
            || (marks.isAcute && known?.unit != nil)
        var opened = Case(
            id: op.newID(), number: try op.cases.nextCaseNumber(at: at), createdAt: at, title: Self.title(of: text),
            category: category, unit: unit ?? op.directory.unit(for: category), isPassedOn: isPassedOn,
            isAcute: marks.isAcute, isConfidential: marks.isConfidential, mustBeAnswered: marks.mustBeAnswered,
            place: place)
        opened.channel = channel
        opened.firstAnswer = op.directory.firstAnswer(to: category, callBack: callsBack)
        return opened
    }

    /// What the case is marked with: as told, by the category, and by the words that were used.
    func marks(in op: Operation) -> Marks {
        let known = op.directory.category(category)
        return Marks(
            isAcute: isAcute || known?.isAcute == true || op.contacts.soundsAcute(text),
            isConfidential: isConfidential || known?.isConfidential == true,
            mustBeAnswered: mustBeAnswered || known?.mustBeAnswered == true)
    }

    /// Code points of a title: two or three for each character are many, and emoji of ten each are no title.
    private static let longestTitle = 240

    /// The first sentence or line, cut at a word within 80 characters.
    static func title(of text: String) -> String {
        let isLineEnd = { (byte: UInt8) in byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }
        let line = Substring(text.utf8.drop(while: isLineEnd).prefix { !isLineEnd($0) })
        // Not before the first word: ". see below" is no empty sentence.
        let stop = zip(line.utf8.indices, line.utf8.dropFirst()).dropFirst().first { at, next in
            next == UInt8(ascii: " ") && line.utf8[at] == UInt8(ascii: ".")
        }
        let sentence = stop.map { line[..<$0.0] } ?? line
        var scalars = 0
        let fitting = sentence.prefix(80).prefix { character in
            scalars += character.unicodeScalars.count
            return scalars <= longestTitle
        }
        guard fitting.endIndex < sentence.endIndex else { return String(sentence) }
        return fitting.prefix(79).wholeWords + "…"
    }
}

extension Substring {
    /// Without the word at its end, in which the text was cut; all of it where it is one word.
    var wholeWords: Substring { lastIndex(of: " ").map { self[..<$0] } ?? self }
}
