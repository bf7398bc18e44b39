import CCurl
import Foundation

extension MailTransport {
    /// Through a mail server, with one connection for each mail.
    public static func smtp(_ server: SMTPServer) -> MailTransport {
        MailTransport { message, id, handingOver in
            let bytes = try composed(message, id: id)
            try await ownThread {
                let transfer = SMTPTransfer(bytes, handingOver: handingOver)
                let result = try perform(transfer, size: bytes.count, message: message, server: server)
                if let refusal = transfer.refusal { throw refusal }
                if let failure = transfer.failure(result) { throw failure }
            }
        }
    }
}

private func perform(
    _ transfer: SMTPTransfer, size: Int, message: MailMessage, server: SMTPServer
) throws -> CURLcode {
    guard curlIsReady, let handle = curl_easy_init(),
        let recipients = curl_slist_append(nil, message.to.address.description)
    else { throw DeliveryError.temporary(code: nil, explanation: "libcurl cannot start") }
    defer {
        curl_easy_cleanup(handle)
        curl_slist_free_all(recipients)
    }
    let context = Unmanaged.passUnretained(transfer).toOpaque()
    let settings = [
        ccurl_set_string(handle, CURLOPT_URL, server.description),
        ccurl_set_string(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps"),
        // Not through a web proxy that the environment happens to name.
        ccurl_set_string(handle, CURLOPT_PROXY, ""),
        ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1),
        ccurl_set_long(handle, CURLOPT_USE_SSL, server.encryption.level),
        ccurl_set_long(handle, CURLOPT_CONNECTTIMEOUT, server.timeouts.connection),
        ccurl_set_long(handle, CURLOPT_SERVER_RESPONSE_TIMEOUT, server.timeouts.reply),
        ccurl_set_long(handle, CURLOPT_TIMEOUT, server.timeouts.total),
        server.user.map { ccurl_set_string(handle, CURLOPT_USERNAME, $0) } ?? CURLE_OK,
        server.password.map { ccurl_set_string(handle, CURLOPT_PASSWORD, $0) } ?? CURLE_OK,
        ccurl_set_string(handle, CURLOPT_MAIL_FROM, message.from.address.description),
        ccurl_set_list(handle, CURLOPT_MAIL_RCPT, recipients),
        ccurl_set_long(handle, CURLOPT_UPLOAD, 1),
        ccurl_set_size(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(size)),
        ccurl_set_read(handle, readBody, context),
        ccurl_set_debug(handle, noteLine, context),
    ]
    guard settings.allSatisfy({ $0 == CURLE_OK }) else {
        throw DeliveryError.temporary(code: nil, explanation: "libcurl does not take the settings")
    }
    return withExtendedLifetime(transfer) { curl_easy_perform(handle) }
}

private let readBody: ccurl_read_function = { buffer, size, count, context in
    guard let buffer, let context else { return Int(CURL_READFUNC_ABORT) }
    let transfer = Unmanaged<SMTPTransfer>.fromOpaque(context).takeUnretainedValue()
    return transfer.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
}

private let noteLine: ccurl_debug_function = { _, kind, data, size, context in
    guard let data, let context else { return 0 }
    let transfer = Unmanaged<SMTPTransfer>.fromOpaque(context).takeUnretainedValue()
    transfer.note(kind, UnsafeRawBufferPointer(start: data, count: size))
    return 0
}

extension SMTPServer.Encryption {
    /// libcurl's `CURLUSESSL_…`; for `smtps` the URL says it.
    fileprivate var level: Int {
        switch self {
        case .immediate, .required: Int(CURLUSESSL_ALL.rawValue)
        case .offered: Int(CURLUSESSL_TRY.rawValue)
        case .off: Int(CURLUSESSL_NONE.rawValue)
        }
    }
}
