import Foundation

/// A function over typed text: a name, and how it is called.
public struct TextFunction: Sendable, CustomStringConvertible {
    public let name: String
    public let call: @Sendable (String) -> Void

    public init(_ name: String, _ call: @escaping @Sendable (String) -> Void) {
        self.name = name
        self.call = call
    }

    public var description: String { name }
}

/// How the time of a function grows with its text.
///
/// Whoever types decides how long a text is and of what it consists. A function whose time grows with the square of the
/// length takes 64 times as long for each character of a text of 64,000 as of one of 1,000; one that goes through the text
/// once takes about as long, and ten times allows for caches and noise.
public enum Growth {
    public static let most = 10.0
    private static let (small, large) = (1_000, 64_000)
    private static let tries = 5

    /// What has made functions slow, here or elsewhere, each repeated to the length.
    public static let patterns: [(name: String, text: String)] = [
        ("letters", "a"), ("digits", "7"), ("spaces", " "), ("@", "@"), ("dots", "."), ("hyphens", "-"), ("a@", "a@"),
        ("a.", "a."), ("line ends", "\n"), ("carriage returns", "\r\n"), ("combining marks", "\u{301}"),
        ("joined emoji", "👩\u{200D}"), ("flags", "🇳🇴"), ("quotes", "\""), ("braces", "{"),
        ("grouped digits", "900 12 345 "),
        ("numbers and dashes", "26-10121-4-"), ("names", "Kari "), ("soft hyphens", "a\u{AD}"),
    ]

    /// The patterns for which the function grows faster than its text, with how much longer each character took.
    public static func faults(of function: TextFunction) -> [String] {
        patterns.compactMap { pattern in
            let few = text(pattern.text, of: small)
            let many = text(pattern.text, of: large)
            let fewUnits = Double(few.unicodeScalars.count)
            let manyUnits = Double(many.unicodeScalars.count)
            let least = (0..<tries).map { _ in time(function, few) }.min() ?? 1
            // The best of five, unless an earlier one is good enough.
            var ratio = Double.infinity
            for _ in 0..<tries where ratio > most {
                ratio = min(ratio, (time(function, many) / manyUnits) / (max(least, 1_000) / fewUnits))
            }
            return ratio > most ? "\(pattern.name): \(Int(ratio)) times as long for each character" : nil
        }
    }

    /// Marks and the like follow a letter: a text does not begin with them.
    private static func text(_ pattern: String, of length: Int) -> String {
        let count = pattern.unicodeScalars.count
        var text = "Kari 9"
        text.reserveCapacity(length * 4)
        for _ in 0..<(length / count) { text.unicodeScalars.append(contentsOf: pattern.unicodeScalars) }
        return text
    }

    /// Nanoseconds of this thread's CPU: what else the machine does takes none of it.
    private static func time(_ function: TextFunction, _ text: String) -> Double {
        let start = now()
        function.call(text)
        return now() - start
    }

    private static func now() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
    }
}
