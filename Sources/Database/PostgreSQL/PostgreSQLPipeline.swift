import CLibPQ

/// Statements that are sent without waiting for the answer to the one before (libpq's pipeline mode): one wait for
/// the server instead of one for each.
struct PostgreSQLPipeline {
    private let connection: OpaquePointer
    private var unanswered = 0

    /// More answers than this could fill the socket while nobody reads them.
    private static let limit = 64
    /// So many go to the server at once, long before anybody waits for their answers.
    private static let handedOver = 4

    init(_ connection: OpaquePointer) {
        self.connection = connection
    }

    var isEmpty: Bool { unanswered == 0 }
    var isFull: Bool { unanswered >= Self.limit }

    /// Puts a prepared statement behind those that wait. False when libpq cannot.
    mutating func send(_ name: String, _ parameters: PostgreSQLParameters) -> Bool {
        if isEmpty, PQenterPipelineMode(connection) == 0 { return false }
        let sent = parameters.withPointers { values, lengths, formats in
            PQsendQueryPrepared(connection, name, Int32(parameters.count), values, lengths, formats, 0)
        }
        guard sent == 1 else { return false }
        unanswered += 1
        // The server works on what it has while the caller makes the next ones ready; libpq would wait for a full buffer.
        return !unanswered.isMultiple(of: Self.handedOver) || PQflush(connection) >= 0
    }

    /// Waits for all answers and gives them in order. After one that failed the server has passed over the rest.
    mutating func answers() -> [PostgreSQLResult] {
        guard !isEmpty else { return [] }
        var answers: [PostgreSQLResult] = []
        PQpipelineSync(connection)
        // Each answer is followed by a nil, and the last one by the answer to the sync.
        while unanswered > 0 {
            if let answer = PQgetResult(connection) {
                answers.append(PostgreSQLResult(answer))
            } else {
                unanswered -= 1
            }
        }
        PQclear(PQgetResult(connection))
        PQexitPipelineMode(connection)
        return answers
    }
}
