import CCurl
import Foundation

/// One mail's way through libcurl, on one thread: what was said so far, and so what a failure means.
final class SMTPTransfer {
    /// How far the conversation came; a reply belongs to the stage it arrives in.
    enum Stage: Comparable {
        /// Connection, greeting, EHLO, STARTTLS, AUTH: nothing of this mail has been said.
        case opening
        /// MAIL, RCPT and DATA: the server judges sender and receiver.
        case envelope
        /// The body is on its way, its end not yet.
        case body
        /// The last of the body has been given to libcurl: the server may have it whole.
        case ended
    }

    private(set) var stage = Stage.opening
    /// The server's last line in this stage, if any.
    private(set) var reply: String?
    private(set) var refusal: (any Error)?
    /// The conversation is over; what is still said is courtesy.
    private var hasQuit = false
    private var rest: ArraySlice<UInt8>
    private let handingOver: MailTransport.HandingOver

    init(_ bytes: [UInt8], handingOver: @escaping MailTransport.HandingOver) {
        rest = bytes[...]
        self.handingOver = handingOver
    }

    /// libcurl first asks for bytes when the server has answered DATA with 354.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        if stage < .body {
            if case .failure(let error) = blocking(handingOver) {
                refusal = error
                return Int(CURL_READFUNC_ABORT)
            }
            enter(.body)
        }
        let portion = rest.prefix(buffer.count)
        buffer.copyBytes(from: portion)
        rest = rest.dropFirst(portion.count)
        // libcurl knows the size and need not ask again.
        if rest.isEmpty && stage == .body { enter(.ended) }
        return portion.count
    }

    func note(_ kind: curl_infotype, _ line: UnsafeRawBufferPointer) {
        if kind == CURLINFO_HEADER_OUT {
            // AUTH's secret passes here too: only the beginning is looked at, and nothing is kept.
            if stage == .opening, line.starts(with: Array("MAIL FROM:".utf8)) { enter(.envelope) }
            if line.starts(with: Array("QUIT".utf8)) { hasQuit = true }
        } else if kind == CURLINFO_HEADER_IN, !hasQuit {
            reply = String(decoding: line.prefix(300), as: UTF8.self)
        }
    }

    private func enter(_ next: Stage) {
        stage = next
        reply = nil
    }

    /// The code that a reply line begins with, 200 to 599.
    var code: Int? {
        reply.flatMap { Int($0.prefix(3)) }.flatMap { 200...599 ~= $0 ? $0 : nil }
    }

    /// What it all means, given libcurl's result and its words for it; nil when the mail was delivered.
    func failure(_ result: CURLcode) -> DeliveryError? {
        // A reply to the end of the body is final, whatever happened to the connection afterwards.
        if stage == .ended, code == 250 { return nil }
        let explanation = explain(result)
        switch (stage, code) {
        case (.envelope, 530?), (.envelope, 538?):
            // "Log in first", "encrypt first": the operator's to mend, and the mail waits for it.
            return .temporary(code: code, explanation: explanation)
        case (.envelope..., let code?) where code >= 500: return .permanent(code: code, explanation: explanation)
        case (.ended, let code?) where code >= 400: return .temporary(code: code, explanation: explanation)
        case (.ended, _): return .uncertain(explanation: explanation)
        default: return .temporary(code: code.flatMap { $0 >= 400 ? $0 : nil }, explanation: explanation)
        }
    }

    private func explain(_ result: CURLcode) -> String {
        let words = String(cString: curl_easy_strerror(result))
        // Before the envelope a server may repeat what it was sent, and that was the password.
        guard stage > .opening, let code, code >= 400, let reply else { return words }
        let printable = reply.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }
        var line = String.UnicodeScalarView()
        line.append(contentsOf: printable)
        return String(line).trimmingCharacters(in: .whitespaces)
    }
}
