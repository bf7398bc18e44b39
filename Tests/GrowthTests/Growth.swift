import Foundation

/// A function over typed text: a name, and how it is called.
struct TextFunction: Sendable, CustomStringConvertible {
    let name: String
    let call: @Sendable (String) -> Void

    init(_ name: String, _ call: @escaping @Sendable (String) -> Void) {
        self.name = name
        self.call = call
    }

    var description: String { name }
}

/// How the time of a function grows with its text.
///
/// Whoever types decides how long a text is and of what it consists. A function whose time grows with the square of the
/// length takes 64 times as long for each character of a text of 64,000 as of one of 1,000; one that goes through the text
/// once takes about as long, and ten times allows for caches and noise.
enum Growth {
    static let most = 10.0
    /// A square is found out by the second already, before it takes hours.
    private static let lengths = [1_000, 16_000, 64_000]
    private static let tries = 5

    /// What has made functions slow, here or elsewhere, each repeated to the length.
    private static let patterns: [(name: String, texts: [String])] = [
        ("letters", "a"), ("digits", "7"), ("spaces", " "), ("@", "@"), ("dots", "."), ("hyphens", "-"), ("a@", "a@"),
        ("a.", "a."), ("line ends", "\n"), ("combining marks", "\u{301}"),
        ("joined emoji", "👩\u{200D}"), ("joined marks", "\u{200D}\u{301}"), ("flags", "🇳"), ("lines of spaces", "\n "),
        ("quotes", "\""), ("quoted @", "\"a \"@"), ("spaced @", "a @ "), ("wide digits", "９"),
        ("framed digits", "9\u{FE0F}\u{20E3}"),
        ("spelled @", "(at"), ("digits in lines", "900\n12\n"), ("quotes left open", "x\",\"\n"),
        ("numbers", "900 12-"), ("names", "Kari "),
    ].map { pattern in (pattern.0, lengths.map { text(pattern.1, of: $0) }) }

    /// The patterns for which the function grows faster than its text, with how much longer each character took.
    static func faults(of function: TextFunction) -> [String] {
        patterns.compactMap { pattern in
            let least = max((0..<tries).map { _ in time(function, pattern.texts[0]) }.min() ?? 0, 1_000)
            for (text, length) in zip(pattern.texts, lengths).dropFirst() {
                // The best of five, unless an earlier one is good enough, or there is no doubt.
                var ratio = Double.infinity
                for attempt in 0..<tries where ratio > most {
                    ratio = min(ratio, time(function, text) / least * Double(lengths[0]) / Double(length))
                    if attempt > 0, ratio > most * 1.5 { break }
                }
                if ratio > most { return "\(pattern.name): \(Int(ratio)) times as long for each character" }
            }
            return nil
        }
    }

    /// Marks and the like follow a letter: a text does not begin with them. The length is in code points.
    private static func text(_ pattern: String, of length: Int) -> String {
        "a" + String(repeating: pattern, count: length / pattern.unicodeScalars.count)
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
