/// A sentence in which a case number may stand: on a narrow page a number is not broken at its hyphens, where nobody could
/// read it out any more.
struct RunningText: Part {
    static let template = "frames/running"

    private(set) var pieces: [Piece] = []

    /// Some words, and the number that follows them.
    struct Piece: Hashable, Sendable {
        var text: String
        var number: String?
    }

    init(_ text: String) {
        var start = text.startIndex
        for number in text.ranges(of: /\d\d-\d{5,9}-\d/) {
            pieces.append(Piece(text: String(text[start..<number.lowerBound]), number: String(text[number])))
            start = number.upperBound
        }
        pieces.append(Piece(text: String(text[start...])))
    }
}
