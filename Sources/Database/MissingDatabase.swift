/// There is no database where one is looked for, and none is made.
public enum MissingDatabase: Error, Sendable, Hashable, CustomStringConvertible {
    /// There never was one, as far as can be told.
    case neverMade(path: String)
    /// There was one: its mark or its log lies there.
    case gone(path: String, mark: String)

    public var description: String {
        switch self {
        case .neverMade(let path): "there is no database at \(path); run `torg migrate` first"
        case .gone(let path, let mark):
            """
            there was a database at \(path), as \(mark) tells, but it is missing or empty. Nothing was made or changed. Put it \
            back, or the latest backup (docs/operations.md, Restoring). If it is to begin anew with nothing, run `torg \
            migrate --new`: what is left of the old one is kept under another name
            """
        }
    }
}
