/// Addresses of this site: what requests may ask for, and where anybody may be led.
///
/// Browsers read `//host` and `/\host` as the address of another site, and step over `.` and `..`, also where these are
/// written with percent signs; proxies and browsers do not agree in which order. No page of Torg has any of these in its
/// address, so whatever has is not Torg's.
enum LocalPath {
    /// - Parameter path: as it was sent, without the query.
    static func isPlain(_ path: Substring) -> Bool {
        var rest = path.utf8
        guard rest.popFirst() == slash else { return false }
        // Of the segment so far.
        var length = 0
        var dots = 0
        func isStep() -> Bool { dots == length && 1...2 ~= dots }
        while let byte = rest.popFirst() {
            guard byte > 0x20, byte < 0x7F, byte != backslash, byte != hash else { return false }
            guard byte != slash else {
                guard length > 0, !isStep() else { return false }
                (length, dots) = (0, 0)
                continue
            }
            var meant = byte
            if byte == UInt8(ascii: "%"), let value = URLEncoded.byte(rest) {
                guard value >= 0x20, value != 0x7F, value != slash, value != backslash else { return false }
                meant = value
                rest = rest.dropFirst(2)
            }
            length += 1
            if meant == UInt8(ascii: ".") { dots += 1 }
        }
        return !isStep()
    }

    /// Whether a redirect or a link may lead there: a plain path, with or without query and fragment.
    static func isTarget(_ target: String) -> Bool {
        let end = target.utf8.firstIndex { $0 == UInt8(ascii: "?") || $0 == hash } ?? target.endIndex
        return isPlain(target[..<end])
            && target[end...].utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != backslash }
    }

    private static let slash = UInt8(ascii: "/")
    private static let backslash = UInt8(ascii: "\\")
    private static let hash = UInt8(ascii: "#")
}
