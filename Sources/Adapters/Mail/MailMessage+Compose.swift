import CGMime

extension MailMessage {
    /// The mail in the form of RFC 5322 and MIME: ASCII only, lines end with CRLF and stay below 998 characters, text
    /// is UTF-8 in quoted-printable, names and subject are encoded words (RFC 2047). The same mail gives the same
    /// bytes every time.
    public func compose() throws(MailMessageError) -> [UInt8] {
        try check()
        GMimeLibrary.start()
        guard let instant = g_date_time_new_from_unix_utc(numericCast(date / 1000)) else { throw .date }
        defer { g_date_time_unref(instant) }
        let message = try GMime(g_mime_message_new(1))
        try add(from, GMIME_ADDRESS_TYPE_FROM, to: message)
        try add(to, GMIME_ADDRESS_TYPE_TO, to: message)
        if let replyTo { try add(replyTo, GMIME_ADDRESS_TYPE_REPLY_TO, to: message) }
        message.with {
            g_mime_message_set_subject($0, Self.literal(subject), "utf-8")
            g_mime_message_set_message_id($0, messageID)
            g_mime_message_set_date($0, instant)
        }
        if let inReplyTo { append("In-Reply-To", ["<\(inReplyTo)>"], to: message) }
        if !references.isEmpty { append("References", references.map { "<\($0)>" }, to: message) }
        if let language { append("Content-Language", [language], to: message) }
        for header in headers { append(header, to: message) }
        let body = try body()
        body.with { body in message.with { g_mime_message_set_mime_part($0, body) } }
        return try write(message)
    }

    /// GMime leaves ASCII words as they are, so a text that looks like an encoded word would be decoded by the reader
    /// into something that was never written. An invisible word joiner makes it a word that gets encoded itself.
    private static func literal(_ text: String) -> String { text.replacing("=?", with: "=\u{2060}?") }

    private func add(
        _ mailbox: Mailbox, _ kind: GMimeAddressType, to message: GMime<GMimeMessage>
    ) throws(MailMessageError) {
        let name = mailbox.name.flatMap { $0.isEmpty ? nil : Self.literal($0) }
        let address = try GMime(internet_address_mailbox_new(name, mailbox.address.description))
        address.with { address in
            internet_address_set_charset(address, "utf-8")
            message.with { _ = internet_address_list_add(g_mime_message_get_addresses($0, kind), address) }
        }
    }

    private func append(_ header: Header, to message: GMime<GMimeMessage>) {
        if header.value.utf8.allSatisfy({ $0 < 0x80 }) {
            append(header.name, header.value.split(separator: " ").map(String.init), to: message)
        } else {
            message.with {
                let list = g_mime_object_get_header_list(cgmime_object($0))
                g_mime_header_list_append(list, header.name, Self.literal(header.value), "utf-8")
            }
        }
    }

    /// Writes a header of ASCII words, folded here between words: GMime would also cut words that are longer than a
    /// line, and a URL or an id would be another one afterwards.
    private func append(_ name: String, _ words: [String], to message: GMime<GMimeMessage>) {
        var value = ""
        var column = name.utf8.count + 1
        for word in words {
            let folds = column + 1 + word.utf8.count > 78 && !value.isEmpty
            value += folds ? "\n " + word : " " + word
            column = (folds ? 0 : column) + 1 + word.utf8.count
        }
        message.with {
            let list = g_mime_object_get_header_list(cgmime_object($0))
            g_mime_header_list_append(list, name, "", nil)
            let header = g_mime_header_list_get_header_at(list, g_mime_header_list_get_count(list) - 1)
            g_mime_header_set_raw_value(header, value + "\n")
        }
    }

    private func body() throws(MailMessageError) -> GMime<GMimeObject> {
        let plain = try part("plain", text)
        guard let html else { return plain }
        let page = try part("html", html)
        let alternative = try GMime(cgmime_object(g_mime_multipart_new_with_subtype("alternative")))
        alternative.with { pointer in
            let multipart = cgmime_multipart(pointer)
            // "=_" never occurs in quoted-printable, so no text can hold the boundary.
            g_mime_multipart_set_boundary(multipart, "=_alternative")
            // The last one is the one that readers prefer (RFC 2046, 5.1.4).
            plain.with { g_mime_multipart_add(multipart, $0) }
            page.with { g_mime_multipart_add(multipart, $0) }
        }
        return alternative
    }

    private func part(_ subtype: String, _ content: String) throws(MailMessageError) -> GMime<GMimeObject> {
        // Quoted-printable keeps a bare CR or LF as data; a text's own line ends must be line ends.
        var lines = Array(content.replacing("\r\n", with: "\n").replacing("\r", with: "\n").utf8)
        if lines.last != UInt8(ascii: "\n") { lines.append(UInt8(ascii: "\n")) }
        let stream = try GMime(g_mime_stream_mem_new())
        _ = stream.with { stream in lines.withUnsafeBytes { g_mime_stream_write(stream, $0.baseAddress, $0.count) } }
        _ = stream.with { g_mime_stream_reset($0) }
        let wrapper = try GMime(stream.with { g_mime_data_wrapper_new_with_stream($0, GMIME_CONTENT_ENCODING_DEFAULT) })
        let part = try GMime(cgmime_object(g_mime_part_new_with_type("text", subtype)))
        part.with { pointer in
            wrapper.with { g_mime_part_set_content(cgmime_part(pointer), $0) }
            g_mime_object_set_content_type_parameter(pointer, "charset", "utf-8")
            g_mime_part_set_content_encoding(cgmime_part(pointer), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE)
        }
        return part
    }

    private func write(_ message: GMime<GMimeMessage>) throws(MailMessageError) -> [UInt8] {
        let format = g_mime_format_options_new()
        defer { g_mime_format_options_free(format) }
        g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS)
        let stream = try GMime(g_mime_stream_mem_new())
        return stream.with { stream in
            _ = message.with { g_mime_object_write_to_stream(cgmime_object($0), format, stream) }
            return cgmime_bytes(stream).map {
                Array(UnsafeBufferPointer(start: $0.pointee.data, count: Int($0.pointee.len)))
            } ?? []
        }
    }
}
