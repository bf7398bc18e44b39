import Foundation

extension MailTransport {
    /// Writes each mail to `<id>.eml` in a directory, for development and for systems that collect mail from there.
    ///
    /// A file is there whole and durable or not at all, and the same id is the same file, so a repeated attempt never
    /// makes two. Directory and files are readable by the process's own user only. Failures are temporary (a full
    /// disk, a directory that cannot be written), except for an id or a message that cannot be used.
    /// - Parameter directory: made when missing; a relative path is taken from the current directory now.
    public static func file(directory: String) -> MailTransport {
        let directory = URL(fileURLWithPath: directory, isDirectory: true)
        return MailTransport { message, id, handingOver in
            let bytes = try composed(message, id: id)
            let file = directory.appendingPathComponent("\(id).eml").path
            let unfinished = directory.appendingPathComponent(".\(id).\(UUID().uuidString).tmp").path
            do {
                try FileManager.default.createDirectory(
                    at: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
                try await ownThread { try OwnerFile.writeDurably(bytes, to: unfinished) }
            } catch {
                unlink(unfinished)
                throw DeliveryError.temporary(
                    code: nil, explanation: "cannot write the mail: \(OwnerFile.reason(error))")
            }
            do { try await handingOver() } catch {
                unlink(unfinished)
                throw error
            }
            do {
                try await ownThread { try OwnerFile.renameDurably(unfinished, to: file, in: directory.path) }
            } catch {
                unlink(unfinished)
                throw DeliveryError.temporary(
                    code: nil, explanation: "cannot store the mail: \(OwnerFile.reason(error))")
            }
        }
    }
}

/// The bytes of a message, once its id has been found fit to name a file.
/// - Throws: ``DeliveryError/permanent(code:explanation:)``: neither changes by waiting.
func composed(_ message: MailMessage, id: String) throws(DeliveryError) -> [UInt8] {
    let plain = id.utf8.allSatisfy { byte in
        byte < 0x80 && (Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber)
            || "-_.".utf8.contains(byte)
    }
    guard plain, 1...100 ~= id.utf8.count, id.first != ".", id.last != "." else {
        throw .permanent(code: nil, explanation: "the mail's id is not 1 to 100 letters, digits, -, _ and inner dots")
    }
    do { return try message.compose() } catch {
        throw .permanent(code: nil, explanation: "the mail cannot be composed: \(error)")
    }
}
