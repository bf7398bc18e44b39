import App
import ArgumentParser

/// `torg privacy`: the register of personal data.
struct Privacy: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Prints which columns of the database tell of people, for what, how long they are kept, and how they go.",
        discussion: "For the municipality's own record of processing (GDPR, article 30). Needs no database.")

    func run() { print(PersonalData.document) }
}
