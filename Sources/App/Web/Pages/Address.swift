import Domain

/// Where a page or form of a municipality is: the pattern its route matches and the links that lead there, from the same
/// words. `Value` is what stands in it: nothing, an id, or two of them as a tuple.
struct Address<Value>: Sendable {
    /// As routes have it: `/:municipality/cases/:number`.
    let pattern: String

    /// - Parameter path: below the municipality, with a name for each value: `cases/:number`.
    init(_ path: String) { pattern = path.isEmpty ? "/:municipality" : "/:municipality/" + path }

    private init(pattern: String) { self.pattern = pattern }

    /// One step below: what a form of the page does.
    func below(_ name: String) -> Address { Address(pattern: pattern + "/" + name) }

    /// What stands in a link in place of each name of the pattern; nil for a link to another address.
    func values(in link: String) -> [String: String]? {
        let (names, parts) = (pattern.split(separator: "/"), link.split(separator: "/"))
        guard names.count == parts.count else { return nil }
        var values: [String: String] = [:]
        for (name, part) in zip(names, parts) {
            if name.hasPrefix(":") {
                values[String(name.dropFirst())] = String(part)
            } else if name != part {
                return nil
            }
        }
        return values
    }
}

/// Builds links to the pages of one municipality.
struct SitePath: Sendable {
    let municipality: String

    /// What all of them begin with.
    var base: String { "/" + municipality }

    func callAsFunction(_ address: Address<Void>) -> String { fill(address.pattern, []) }

    func callAsFunction<Value>(_ address: Address<Value>, _ value: Value) -> String {
        fill(address.pattern, ["\(value)"])
    }

    func callAsFunction<First, Second>(_ address: Address<(First, Second)>, _ first: First, _ second: Second) -> String
    {
        fill(address.pattern, ["\(first)", "\(second)"])
    }

    /// What every link to it begins with, whatever stands in it.
    func beginning<Value>(of address: Address<Value>) -> String {
        base + address.pattern.dropFirst("/:municipality".count).prefix { $0 != ":" }
    }

    private func fill(_ pattern: String, _ values: [String]) -> String {
        var values = ([municipality] + values).makeIterator()
        return pattern.split(separator: "/").map { part in
            "/" + (part.hasPrefix(":") ? URLEncoded.encode(values.next() ?? "") : String(part))
        }.joined()
    }
}
