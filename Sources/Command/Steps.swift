import Foundation
import Synchronization

/// How far a long piece of work of unknown length is, on standard error: a line for every so many.
final class Steps: Sendable {
    private let done = Mutex(0)
    private let each: Int
    private let what: String

    init(_ what: String, each: Int = 100_000) {
        self.what = what
        self.each = each
    }

    func add(_ count: Int) {
        let reached: Int? = done.withLock { done in
            let before = done / each
            done += count
            return done / each > before ? done : nil
        }
        if let reached { FileHandle.standardError.write(Data("\(reached) \(what)\n".utf8)) }
    }
}
