/// Something that is shown once and never again: a password that Torg made, a token for another program.
struct SecretPage: Page {
    static let template = "administration/secret"

    var frame: Frame
    var heading: String
    /// What to do with it, and that it is not to be had again.
    var lead: String
    var label: String
    var secret: String
    /// Where one goes on.
    var next: Link
}
