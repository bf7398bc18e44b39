import CCurl
import Foundation

/// One JSON body sent over HTTP with libcurl. Blocks; for ``ownThread(_:)``.
struct HTTPPost {
    let url: URL
    let headers: [String: String]
    let body: Data
    /// Seconds.
    let timeout: Int

    /// - Throws: ``DeliveryError``.
    func perform() throws {
        guard curlIsReady, let handle = curl_easy_init() else {
            throw DeliveryError.temporary(code: nil, explanation: "libcurl cannot start")
        }
        defer { curl_easy_cleanup(handle) }
        var list: UnsafeMutablePointer<curl_slist>?
        defer { curl_slist_free_all(list) }
        // Without "Expect:", libcurl asks before it sends a larger body, and some gateways never answer that.
        for (name, value) in headers.merging(
            ["Content-Type": "application/json", "Expect": ""], uniquingKeysWith: { own, _ in own })
        {
            list = curl_slist_append(list, "\(name): \(value)")
        }
        let sent = Sent()
        let context = Unmanaged.passUnretained(sent).toOpaque()
        let result = body.withUnsafeBytes { bytes in
            let settings = [
                ccurl_set_string(handle, CURLOPT_URL, url.absoluteString),
                ccurl_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https"),
                ccurl_set_string(handle, CURLOPT_PROXY, ""),
                ccurl_set_long(handle, CURLOPT_NOSIGNAL, 1),
                ccurl_set_long(handle, CURLOPT_TIMEOUT, timeout),
                ccurl_set_long(handle, CURLOPT_POST, 1),
                ccurl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(bytes.count)),
                ccurl_set_bytes(handle, CURLOPT_POSTFIELDS, bytes.baseAddress),
                ccurl_set_list(handle, CURLOPT_HTTPHEADER, list),
                ccurl_set_debug(handle, noteBody, context),
                ccurl_discard_answer(handle),
            ]
            return settings.allSatisfy { $0 == CURLE_OK } ? curl_easy_perform(handle) : CURLE_FAILED_INIT
        }
        try withExtendedLifetime(sent) { try check(result, status: status(of: handle), hasLeft: sent.hasLeft) }
    }

    private func status(of handle: UnsafeMutableRawPointer) -> Int {
        var status = 0
        _ = ccurl_get_long(handle, CURLINFO_RESPONSE_CODE, &status)
        return status
    }

    private func check(_ result: CURLcode, status: Int, hasLeft: Bool) throws {
        guard result == CURLE_OK || status >= 400 else {
            let why = String(cString: curl_easy_strerror(result))
            if hasLeft { throw DeliveryError.uncertain(explanation: why) }
            throw DeliveryError.temporary(code: nil, explanation: why)
        }
        switch status {
        case 200..<300: return
        case 408, 425, 429, 500...:
            throw DeliveryError.temporary(code: status, explanation: "the gateway answered \(status)")
        default: throw DeliveryError.permanent(code: status, explanation: "the gateway answered \(status)")
        }
    }
}

/// Whether any of the body has left.
private final class Sent { var hasLeft = false }

private let noteBody: ccurl_debug_function = { _, kind, _, _, context in
    guard kind == CURLINFO_DATA_OUT, let context else { return 0 }
    Unmanaged<Sent>.fromOpaque(context).takeUnretainedValue().hasLeft = true
    return 0
}
