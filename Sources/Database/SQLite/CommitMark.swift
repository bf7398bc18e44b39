import Foundation
import Synchronization

/// The number of a commit in a SQLite database. It fits `PRAGMA user_version`, and begins anew after two thousand million.
struct CommitNumber: Equatable, Sendable {
    static let count = 1 << 31

    let value: Int

    init(_ value: Int) { self.value = ((value % Self.count) + Self.count) % Self.count }

    var next: CommitNumber { CommitNumber(value + 1) }

    /// How many commits this one is ahead of another; negative when it lies behind.
    func ahead(of other: CommitNumber) -> Int {
        let distance = CommitNumber(value - other.value).value
        return distance < Self.count / 2 ? distance : distance - Self.count
    }
}

/// A small file beside a SQLite database, `torg.db.mark`, that knows its newest commit.
///
/// SQLite takes a log that is damaged or cut for one that ends there, and says nothing. The database carries the number of
/// its newest commit, the mark that of the newest that was answered; a mark that is ahead tells how much is missing. It
/// also tells that there was a database where there is none any more.
///
/// It is written before anybody gets an answer, but flushed to the disk only now and then, so that it costs no commit a
/// second wait: when a process is killed it is right, after a power cut it may be some seconds old.
final class CommitMark: Sendable {
    /// What was stored once and is not there any more.
    struct Loss: Equatable, Sendable {
        var first: CommitNumber
        var last: CommitNumber
        /// When the last of them was stored, in milliseconds since 1970.
        var storedAt: Int64
        /// Somebody has taken note of it.
        var isAccepted: Bool
        /// The mark had been damaged: nobody can tell whether anything before `last` is missing.
        var isDoubt = false
    }

    struct Content: Equatable, Sendable {
        var commit: CommitNumber
        /// When it was stored, in milliseconds since 1970.
        var at: Int64
        var losses: [Loss]
    }

    /// Seconds between two flushes to the disk while there are commits.
    static let flushInterval = 5

    let path: String
    private let descriptor: CInt
    private let flushing = Mutex(ContinuousClock.now)
    private static let queue = DispatchQueue(label: "torg.database.mark", qos: .utility)

    /// The mark that is there already; nil when there is none. Throws when it cannot be opened.
    init?(existingAt path: String) throws {
        let descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw DatabaseError.failed("the mark beside the database cannot be opened: \(path)")
        }
        self.path = path
        self.descriptor = descriptor
    }

    /// A new mark. Throws when the file cannot be made; one that is there already is left as it is.
    static func make(at path: String, _ commit: CommitNumber) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            if errno == EEXIST { return }
            throw DatabaseError.failed("the mark beside the database cannot be made: \(path)")
        }
        defer { close(descriptor) }
        let text = head(commit, at: milliseconds)
        guard write(text, to: descriptor, at: 0), fsync(descriptor) == 0 else {
            unlink(path)
            throw DatabaseError.cannotStore("the mark beside the database cannot be written: \(path)")
        }
    }

    deinit { close(descriptor) }

    /// Nil when it cannot be read, or holds something else.
    func read() -> Content? {
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count > 0, let text = String(validating: bytes[..<count], as: UTF8.self) else { return nil }
        return Content(text)
    }

    /// Called after each commit, before anybody is told of it.
    func note(_ commit: CommitNumber) {
        guard let known = readCommit() else { return doubt(before: commit) }
        // Another process may have been there since.
        if known.ahead(of: commit) >= 0 { return }
        _ = Self.write(Self.head(commit, at: Self.milliseconds), to: descriptor, at: 0)
        let isDue = flushing.withLock { next in
            guard next <= .now else { return false }
            next = .now + .seconds(Self.flushInterval)
            return true
        }
        if isDue { Self.queue.async { [self] in fsync(descriptor) } }
    }

    /// Keeps what was found missing until somebody has taken note of it, whatever is stored afterwards.
    func add(_ loss: Loss) {
        var state = stat()
        guard fstat(descriptor, &state) == 0 else { return }
        _ = Self.write(loss.line, to: descriptor, at: state.st_size)
        fsync(descriptor)
    }

    /// Writes a mark anew that cannot be read, and keeps that it could not: else the next commit would make it look whole.
    func doubt(before commit: CommitNumber) {
        let now = Self.milliseconds
        let doubt = Loss(
            first: CommitNumber(0), last: commit, storedAt: now, isAccepted: false, isDoubt: true)
        let text = Self.head(commit, at: now) + doubt.line
        guard Self.write(text, to: descriptor, at: 0) else { return }
        ftruncate(descriptor, off_t(text.utf8.count))
        fsync(descriptor)
    }

    func acceptLosses() {
        var place = Int64(Self.headLength)
        for loss in read()?.losses ?? [] {
            var accepted = loss
            accepted.isAccepted = true
            _ = Self.write(accepted.line, to: descriptor, at: Int(place))
            place += Int64(loss.line.utf8.count)
        }
        fsync(descriptor)
    }

    func flush() { fsync(descriptor) }

    private func readCommit() -> CommitNumber? {
        var bytes = [UInt8](repeating: 0, count: Self.headLength)
        guard pread(descriptor, &bytes, bytes.count, 0) == bytes.count,
            let text = String(validating: bytes, as: UTF8.self)
        else { return nil }
        return Content(text)?.commit
    }

    private static var milliseconds: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

    /// Lines of one length each, so that they are written anew in their place, also on a full disk.
    fileprivate static func head(_ commit: CommitNumber, at: Int64) -> String {
        "torg commit \(padded(commit.value, 10)) \(padded(at, 14))\n"
    }

    private static let headLength = head(CommitNumber(0), at: 0).utf8.count

    fileprivate static func padded(_ number: some BinaryInteger, _ length: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, length - text.count)) + text
    }

    private static func write(_ text: String, to descriptor: CInt, at place: Int) -> Bool {
        let bytes = Array(text.utf8)
        return pwrite(descriptor, bytes, bytes.count, place) == bytes.count
    }
}

extension CommitMark.Content {
    fileprivate init?(_ text: String) {
        let lines = text.split(separator: "\n").map { $0.split(separator: " ") }
        guard let head = lines.first, head.count == 4, head[0] == "torg", head[1] == "commit",
            let number = Int(head[2]), let at = Int64(head[3])
        else { return nil }
        commit = CommitNumber(number)
        self.at = at
        losses = lines.dropFirst().compactMap { line in
            guard line.count == 4, let first = Int(line[1]), let last = Int(line[2]), let at = Int64(line[3]) else {
                return nil
            }
            return CommitMark.Loss(
                first: CommitNumber(first), last: CommitNumber(last), storedAt: at, isAccepted: line[0] == "known",
                isDoubt: line[0] == "doubt")
        }
        // Anything else has not been written here.
        guard text == CommitMark.head(commit, at: at) + losses.map(\.line).joined() else { return nil }
    }
}

extension CommitMark.Loss {
    fileprivate var line: String {
        let numbers = [CommitMark.padded(first.value, 10), CommitMark.padded(last.value, 10)]
        let kind = isAccepted ? "known" : isDoubt ? "doubt" : "lost."
        return "\(kind) \(numbers.joined(separator: " ")) \(CommitMark.padded(storedAt, 14))\n"
    }
}
