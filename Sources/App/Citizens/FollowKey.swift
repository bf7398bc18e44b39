import Domain

/// The key by which a citizen follows a case without an account (R5.6). It belongs to one contact, so that two who
/// reported the same thing do not read each other's words. Nothing is stored: the key is signed.
extension CitizenFacade {
    func followKey(to subject: ID<Case>, for contact: ID<Contact>) -> String {
        installation.secret.signature(of: "\(tenant).\(subject).\(contact)", for: "follow")
    }

    func followLink(to subject: Case, for contact: ID<Contact>) -> String {
        paths(.followedCase, subject.number) + "?key=" + followKey(to: subject.id, for: contact)
    }

    /// The contact whose key this is; nil for a wrong key.
    func contact(holding key: String, to subject: ID<Case>) throws -> Recipient? {
        try op.outbox.reporters(of: subject).first {
            installation.secret.isValid(key, of: "\(tenant).\(subject).\($0.contact)", for: "follow")
        }
    }
}
