extension String {
    /// Whether a text stands in it, byte for byte. In one pass, whatever both are made of (Knuth, Morris and Pratt): a
    /// search that begins anew at each place takes minutes for a long text that stands there but for its end.
    func holds(_ text: String) -> Bool {
        let sought = Array(text.utf8)
        guard let first = sought.first else { return true }
        // By how many bytes it begins that also end its part up to each place.
        var again = [0]
        var length = 0
        for byte in sought.dropFirst() {
            while length > 0, sought[length] != byte { length = again[length - 1] }
            if sought[length] == byte { length += 1 }
            again.append(length)
        }
        length = 0
        for byte in utf8 where length > 0 || byte == first {
            while length > 0, sought[length] != byte { length = again[length - 1] }
            if sought[length] == byte { length += 1 }
            if length == sought.count { return true }
        }
        return false
    }
}
