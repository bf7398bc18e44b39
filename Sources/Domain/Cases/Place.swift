/// Where it is: an address in words, a position, or both (R5.7).
public struct Place: Sendable, Hashable, Codable {
    /// Address or description, as written.
    public var text: String?
    public var position: Position?

    public init?(text: String?, position: Position?) {
        let text = text.flatMap { $0.isEmpty ? nil : $0 }
        guard text != nil || position != nil else { return nil }
        self.text = text
        self.position = position
    }
}

/// WGS 84 degrees.
public struct Position: Sendable, Hashable, Codable {
    public let lat: Double
    public let lon: Double

    /// Nil outside −90…90 and −180…180, and for what is no number.
    public init?(lat: Double, lon: Double) {
        guard (-90...90).contains(lat), (-180...180).contains(lon) else { return nil }
        self.lat = lat
        self.lon = lon
    }
}
