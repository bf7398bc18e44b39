/// A narrower view of a list.
struct Filter: Sendable {
    var text: String
    var url: String
    var count: String?
    var isCurrent: Bool = false
}
