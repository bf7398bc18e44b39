import NIOCore

/// How long a client may take, how much it may send, and how many may come at once. docs/operations.md lists them.
public struct ConnectionLimits: Sendable {
    /// Connections at once; whoever comes then is told so and let go.
    public var connections = 2_000
    /// Of those, how many one network may have that is not this machine; half when it is not set. Behind a reverse proxy
    /// on this machine nobody is counted.
    public var connectionsOfNetwork: Int?
    var mostOfNetwork: Int { connectionsOfNetwork ?? max(connections / 2, 1) }
    /// From connecting, or from a request's first byte, to the end of its head.
    public var head = TimeAmount.seconds(10)
    /// Within it a body must end, or so much of it come as `leastRate` says.
    public var body = TimeAmount.seconds(20)
    /// From the first byte of a body to its last.
    public var wholeBody = TimeAmount.seconds(120)
    /// Between an answer and the next request.
    public var idle = TimeAmount.seconds(60)
    /// Within it an answer must be taken, or so much of it as `leastRate` says.
    public var answer = TimeAmount.seconds(30)
    /// How long to go on reading, and throwing away, what a client sends that has its last answer, and for how long it
    /// may be silent. Closed at once, it would lose the answer.
    public var lingering = TimeAmount.seconds(30)
    public var silence = TimeAmount.seconds(5)
    /// Bytes a second.
    public var leastRate = 1_000

    /// Bytes of the address in the request line.
    public var target = 8 * 1024
    /// Bytes of one header, and of all.
    public var field = 16 * 1024
    public var fields = 32 * 1024
    public var fieldCount = 100
    /// Bytes of one body, and of the bodies of all connections together. What is small is always taken.
    public var wholeBodySize = Visit.maximumBody
    public var bodies = 64 << 20
    public var smallBody = 16 << 10

    public init() {}
}
