import Domain

/// The link by which a citizen stops being told of each step. Nothing is stored: the key is signed.
struct StopLink: Sendable {
    let contact: ID<Contact>
    private let municipality: Municipality
    private let installation: Installation

    init(_ contact: ID<Contact>, of municipality: Municipality, in installation: Installation) {
        self.contact = contact
        self.municipality = municipality
        self.installation = installation
    }

    init(_ contact: ID<Contact>, _ op: Operation) {
        self.init(contact, of: op.municipality, in: op.installation)
    }

    private var signed: String { "\(municipality.id).\(contact)" }

    func isValid(_ key: String) -> Bool { installation.secret.isValid(key, of: signed, for: "stop") }

    /// For mails.
    var url: String {
        installation.settings.publicURL + SitePath(municipality: municipality.slug)(.stop, contact) + "?key="
            + installation.secret.signature(of: signed, for: "stop")
    }
}
