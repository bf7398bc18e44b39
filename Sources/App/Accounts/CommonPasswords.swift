import Domain
import Foundation

/// The commonest passwords, names and words: read once at start, some 430 KB as they stand in the file, searched by
/// halving. See `Passwords/LICENSE.txt` for where they come from.
struct CommonPasswords: Sendable {
    /// One a line, sorted by byte.
    private let lines: [UInt8]

    init(resources: URL) throws {
        lines = Array(try Data(contentsOf: resources.appending(path: "Passwords/common.txt")))
    }

    init(sorted words: [String]) { lines = Array((words.joined(separator: "\n") + "\n").utf8) }

    /// - Parameter text: in small letters.
    func contains(_ text: String) -> Bool {
        let wanted = Array(text.utf8)
        let end = UInt8(ascii: "\n")
        var (low, high) = (0, lines.count)
        while low < high {
            var start = (low + high) / 2
            while start > low && lines[start - 1] != end { start -= 1 }
            let stop = lines[start...].firstIndex(of: end) ?? lines.count
            let line = lines[start..<stop]
            if line.elementsEqual(wanted) { return true }
            if line.lexicographicallyPrecedes(wanted) { low = stop + 1 } else { high = start }
        }
        return false
    }
}

extension Installation {
    /// What is wrong with a new password for an account: a code with words under `error.` in the catalogues, or nil.
    ///
    /// - Parameter known: what everybody knows about the account: login, name, e-mail address, the municipality.
    public func fault(inPassword password: String, known: [String?]) -> String? {
        NewPassword(known: known.compactMap(\.self)) { [commonPasswords] in commonPasswords.contains($0) }
            .fault(in: password)
    }

    /// The same, in English.
    public func wordsForFault(_ code: String) -> String {
        let limits = ["min": "\(NewPassword.lengths.lowerBound)", "max": "\(NewPassword.lengths.upperBound)"]
        return words("en")("error." + code, limits)
    }
}

extension AccountFacade {
    /// What is wrong with a new password, for the field it was typed in; nil when it is good.
    func fault(inPassword password: String, login: String, name: String, email: String?, field: String) -> FieldError? {
        let known = [login, name, email, municipality.name, municipality.slug]
        return installation.fault(inPassword: password, known: known).map {
            let limits = NewPassword.lengths
            return FieldError(
                field: field, code: $0, values: ["min": "\(limits.lowerBound)", "max": "\(limits.upperBound)"])
        }
    }
}
