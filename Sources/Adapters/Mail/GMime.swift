import CGMime

/// A GMime object with its reference, given back when the last user is gone. Not for sharing between threads.
final class GMime<Object> {
    private let pointer: UnsafeMutablePointer<Object>

    /// Takes over the caller's reference.
    /// - Throws: ``MailMessageError/memory`` for the null that GMime answers when it could not make the object.
    init(_ pointer: UnsafeMutablePointer<Object>?) throws(MailMessageError) {
        guard let pointer else { throw .memory }
        self.pointer = pointer
    }

    deinit { cgmime_unref(pointer) }

    /// Lends the pointer. Without this the reference could be given back between reading the pointer and using it.
    func with<Result>(_ work: (UnsafeMutablePointer<Object>) -> Result) -> Result {
        withExtendedLifetime(self) { work(pointer) }
    }
}

/// GMime as a whole, which must be started before anything else of it is called.
enum GMimeLibrary {
    private static let started: Void = g_mime_init()

    /// Starts it once in the process, from whichever thread comes first. It is never shut down: other threads may be
    /// using it until the process ends.
    static func start() { _ = started }
}
