import Domain
import Foundation

/// Asks on the terminal. Where standard input is none, nothing is asked: what comes there is a password and nothing else.
struct Asking {
    private let isTerminal = isatty(STDIN_FILENO) == 1

    /// Throws when there is nobody to ask, and no default.
    ///
    /// - Parameters:
    ///   - option: which says the same without being asked.
    ///   - fallback: taken when nothing is typed.
    func line(_ question: String, option: String, default fallback: String? = nil) throws -> String {
        guard isTerminal else {
            if let fallback { return fallback }
            throw Failure.usage("missing: \(option) (\(question)). It is asked for on a terminal only")
        }
        write(fallback.map { "\(question) [\($0)]: " } ?? "\(question): ")
        let answer = readLine()?.trimmed ?? ""
        guard answer.isEmpty else { return answer }
        guard let fallback else { throw Failure.usage("missing: \(option) (\(question))") }
        return fallback
    }

    func value<Value>(_ question: String, option: String, _ read: (String) -> Value?) throws -> Value {
        let answer = try line(question, option: option)
        guard let value = read(answer) else { throw Failure.usage("not understood: \(answer)") }
        return value
    }

    /// Does not show what is typed; elsewhere than on a terminal it is the first line of standard input.
    func password(_ question: String) throws -> String {
        guard isTerminal else {
            guard let password = readLine(), !password.isEmpty else {
                throw Failure.usage("missing: \(question). Give it as the first line of standard input")
            }
            return password
        }
        write("\(question): ")
        var before = termios()
        tcgetattr(STDIN_FILENO, &before)
        var hidden = before
        hidden.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden)
        defer {
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &before)
            write("\n")
        }
        guard let password = readLine(), !password.isEmpty else { throw Failure.usage("missing: \(question)") }
        return password
    }

    private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}

extension Country {
    /// What the contact centre is called there, as in the glossary.
    var centreName: String {
        switch self {
        case .sweden: "Kontaktcenter"
        case .norway: "Servicetorg"
        case .denmark: "Borgerservice"
        }
    }
}
