/// How whoever told of a confidential case can open it, since the link alone does not. Raw values are kept with the case's
/// history.
public enum WayIn: String, Sendable, Hashable, CaseIterable, Codable {
    /// By a word that was agreed.
    case word
    /// By a code that goes to their telephone.
    case code
    /// By nothing, until a word is agreed.
    case nothing = "none"
    /// Not before its unit has said that they are the right person: the contact was joined from outside.
    case held
}
