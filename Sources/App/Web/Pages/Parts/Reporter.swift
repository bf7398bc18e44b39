struct Reporter: Sendable {
    /// Name, or the words for one who gave none.
    var name: String
    var email: String?
    var phone: String?
    /// The same in groups, to be read aloud.
    var phoneText: String?
    /// "wants to be told by e-mail"
    var note: String?
    /// For somebody whose contact was joined from outside: says that they are a reporter.
    var confirmation: ActionForm?
}
