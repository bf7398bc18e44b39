extension Position {
    /// The two coordinates that a text says and nothing else, in degrees: `58.146, 7.995`, with decimal comma
    /// (`58,146 7,995`) or with letters (`58.146 N 7.995 E`, also in the Nordic languages). Nil for an address. They may
    /// be out of range: then they are no position.
    ///
    /// Three decimals are the least, which is a hundred metres: less than that is a house number or a time.
    public static func coordinates(in text: String) -> (lat: Double, lon: Double)? {
        // The expression goes back and forth over long runs of spaces; no two coordinates are so long.
        guard text.utf8.count <= 100,
            let found = text.wholeMatch(
                of:
                    #/\s*(\p{L})?\s*([-+−]?\d{1,3}[.,]\d{3,15})\s*°?\s*(\p{L})?(?:\s*[,;]\s*|\s+)(\p{L})?\s*([-+−]?\d{1,3}[.,]\d{3,15})\s*°?\s*(\p{L})?\s*/#
            )
        else { return nil }
        // In "N 58.146 E 7.995" the letter between the numbers belongs to the one after it.
        let isNext = found.1 != nil && found.3 != nil
        guard
            let first = Coordinate(number: found.2, letters: [found.1, isNext ? nil : found.3]),
            let second = Coordinate(number: found.5, letters: [found.4 ?? (isNext ? found.3 : nil), found.6])
        else { return nil }
        switch (first.axis, second.axis) {
        case (.lon, .lat), (.lon, nil), (nil, .lat): return (second.degrees, first.degrees)
        case (.lat, .lat), (.lon, .lon): return nil
        default: return (first.degrees, second.degrees)
        }
    }

    private struct Coordinate {
        enum Axis { case lat, lon }

        var degrees: Double
        /// As its letter says; nil without one.
        var axis: Axis?

        init?(number: Substring, letters: [Substring?]) {
            let plain = number.replacing(",", with: ".").replacing("−", with: "-")
            guard let degrees = Double(plain) else { return nil }
            self.degrees = degrees
            let said = letters.compactMap { $0?.uppercased() }
            guard let letter = said.first else { return }
            guard said.count == 1 else { return nil }
            switch letter {
            case "N": axis = .lat
            case "S": (axis, self.degrees) = (.lat, -degrees)
            case "E", "Ø", "Ö": axis = .lon
            case "W", "V": (axis, self.degrees) = (.lon, -degrees)
            default: return nil
            }
        }
    }
}
