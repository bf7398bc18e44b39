/// A term and what it is: "Place: Strandgata 14".
struct Fact: Sendable {
    var term: String
    var text: String
    var url: String?
}
