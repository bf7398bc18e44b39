import Domain

/// Columns of one table that tell of people: for what they are there, how long they are kept, and how they go (GDPR,
/// articles 5 and 30). `register` is the whole of it; docs/privacy.md is written from it, and a test fails on a column of text
/// that stands neither there nor among those without personal data.
public struct PersonalData: Sendable {
    public let table: String
    public let columns: [String]
    public let kind: Kind
    /// What it tells, of whom.
    public let tells: String
    public let kept: Kept
    public let erasure: Erasure
    /// Whose rows they are, where a class of retention erases them; nil where they go by themselves, or stay.
    let holder: Holder?

    /// One purpose, and one rule for how long.
    public enum Kind: String, Sendable, CaseIterable {
        case reporters, words, letters, activity, accounts, contractors, access
    }

    public enum Kept: Sendable, Hashable {
        /// As long as the case or the contact that it belongs to.
        case withCase
        /// Until what the text names.
        case until(String)
        /// Days after what the text names.
        case days(Int, after: String)
        /// As the municipality decides of this class.
        case retained(RetentionClass)
        /// Until somebody changes or removes it.
        case untilChanged
        /// As long as the records do that must be accounted for.
        case asRecord
    }

    public enum Erasure: Sendable, Hashable {
        /// The column is emptied, and the row stays for the figures.
        case blanked(Blank)
        /// Every word within it is emptied; what happened when stays.
        case reworded
        /// The row goes.
        case removed
        /// Worked out from what is erased, and goes with it.
        case derived
        /// The row names a colleague's account by its id; it goes with the name in the account.
        case byAccount
    }

    /// What stands in an emptied column.
    public enum Blank: Sendable, Hashable {
        case null
        /// Where the schema wants a text.
        case nothing
        /// The row's own id, where no two may be the same.
        case own
    }
}

extension PersonalData.Kind {
    /// Why it may be kept; the legal basis is article 6 (1) (e), a task in the public interest, unless it says otherwise.
    var purpose: String {
        switch self {
        case .reporters: "To answer whoever turned to the municipality, and to find their case when they call again."
        case .words: "To deal with what was asked, and to show afterwards how."
        case .letters: "To tell people what happens, once, and to show that they were told."
        case .activity: "To show who did and who read what: what is confidential is kept so by being recorded."
        case .accounts: "To let colleagues work, and to send what concerns them to them. Article 6 (1) (b)."
        case .contractors: "To pass work on to somebody outside the municipality."
        case .access: "To keep strangers out, and to notice when they try."
        }
    }

    var name: String {
        switch self {
        case .reporters: "Who turned to the municipality"
        case .words: "What was asked, answered and done"
        case .letters: "What was sent"
        case .activity: "Who did and who read what"
        case .accounts: "Colleagues"
        case .contractors: "Contractors"
        case .access: "Ways in"
        }
    }
}

extension PersonalData.Kept {
    var text: String {
        switch self {
        case .withCase: "as long as the case or the contact"
        case .until(let event): "until \(event)"
        case .days(let days, let event): "\(days == 1 ? "a day" : "\(days) days") after \(event)"
        case .untilChanged: "until it is changed or removed"
        case .asRecord: "as a record"
        case .retained(let kept): "as the municipality decides (`\(kept.rawValue)`)"
        }
    }
}

extension PersonalData.Erasure {
    var text: String {
        switch self {
        case .blanked: "emptied"
        case .reworded: "words emptied"
        case .removed: "row removed"
        case .derived: "with what it is made of"
        case .byAccount: "with the account's name"
        }
    }
}

extension PersonalData {
    /// The register as tables of Markdown, a part for each kind: what stands in docs/privacy.md.
    public static var document: String {
        Kind.allCases.map { kind in
            let rows = register.filter { $0.kind == kind }.map { data in
                let columns = data.columns.map { "`\($0)`" }.joined(separator: ", ")
                return "| `\(data.table)` | \(columns) | \(data.tells) | \(data.kept.text) | \(data.erasure.text) |"
            }
            let head = ["### \(kind.name)", "", kind.purpose, "", "| table | columns | what | kept | goes |"]
            return (head + ["|---|---|---|---|---|"] + rows).joined(separator: "\n")
        }.joined(separator: "\n\n")
    }
}
