/// How long something waits that did not work, before it is tried again. In milliseconds.
enum BackOff {
    /// One minute, doubled with each attempt, four hours at most.
    static func pause(after attempts: Int) -> Int64 {
        min(60_000 << Int64(min(max(attempts, 1), 16) - 1), greatest)
    }

    /// Up to a fifth more, so that what failed together does not come back together.
    static func scattered(after attempts: Int) -> Int64 {
        let pause = pause(after: attempts)
        return pause + .random(in: 0...pause / 5)
    }

    /// That the next attempt lies ahead at most.
    static let longest = greatest + greatest / 5
    private static let greatest: Int64 = 4 * 3_600_000
}
