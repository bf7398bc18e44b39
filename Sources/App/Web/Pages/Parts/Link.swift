struct Link: Sendable {
    var text: String
    var url: String
}
