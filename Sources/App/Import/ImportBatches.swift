import Database
import Domain

/// Stores understood rows, a batch at a time.
struct ImportBatches {
    let installation: Installation
    let tenant: ID<Municipality>
    let source: String
    /// Each row has one of its own, see `IDSequence.init(past:node:)`. From a random number on, so that a later run
    /// does not begin where this one did.
    private var strand = Int.random(in: 0..<128_000)

    init(installation: Installation, tenant: ID<Municipality>, source: String) {
        self.installation = installation
        self.tenant = tenant
        self.source = source
    }

    struct Item: Sendable {
        var record: CSVRecord
        var request: ImportedRequest
    }

    /// What became of a row.
    enum Fate: Sendable {
        case added
        case known
        case refused(RowFault)
    }

    mutating func store(_ batch: [Item]) async throws -> [(Item, Fate)] {
        if batch.isEmpty { return [] }
        let requests = batch.map(\.request)
        let lacking = try await installation.read(tenant, as: ImportRequests.system) { op in
            let directory = ImportDirectory(op.directory)
            return requests.filter { directory.lacksSomething(for: $0) }
        }
        if !lacking.isEmpty {
            try await write { op in try ImportDirectory.complete(for: lacking, in: op) }
        }
        let (source, first) = (source, strand)
        strand += requests.count * Self.tries
        let fates = try await write { op in
            let directory = ImportDirectory(op.directory)
            return try requests.enumerated().map { index, request in
                let request = Self.settled(request, directory)
                let strand = first + index * Self.tries
                return (request: request, fate: try Self.store(request, source, directory, strand: strand, in: op))
            }
        }
        return zip(batch, fates).map { item, stored in
            (Item(record: item.record, request: stored.request), stored.fate)
        }
    }

    /// What somebody had elsewhere, but nobody has here, must be acknowledged by its unit: else no one would look at it.
    private static func settled(_ request: ImportedRequest, _ directory: ImportDirectory) -> ImportedRequest {
        guard case .underway = request.course, directory.performer(request) == nil else { return request }
        var request = request
        request.course = .passedOn
        request.remarks.append("it was underway, but nobody here has it; its unit has to acknowledge it")
        return request
    }

    /// A row whose ids are taken is made anew on the next strand.
    private static let tries = 3

    private static func store(
        _ request: ImportedRequest, _ source: String, _ directory: ImportDirectory, strand: Int, in op: Operation
    ) throws -> Fate {
        guard let unit = directory.unit(request) else { throw DatabaseError.failed("a unit has gone meanwhile") }
        for attempt in 0..<tries {
            let past = op.at(request.at, ids: op.installation.ids.past(strand + attempt))
            do {
                return try op.tx.savepoint {
                    try request.store(
                        source: source, category: directory.category(request), unit: unit,
                        performer: directory.performer(request), in: past)
                } ? .added : .known
            } catch let refusal as CaseRefusal {
                return .refused(RowFault("the rules for cases refuse it: \(refusal.rawValue)"))
            } catch DatabaseError.constraint(.unique, _) where attempt + 1 < tries {
                continue
            } catch DatabaseError.constraint(_, let detail) {
                return .refused(RowFault("the database refuses it", "the database refuses it: \(detail)"))
            }
        }
        return .refused(RowFault("no free id was found"))
    }

    private func write<Value: Sendable>(_ body: @escaping @Sendable (Operation) throws -> Value) async throws -> Value {
        try await installation.write(tenant, as: ImportRequests.system, body)
    }
}

extension ImportSummary {
    mutating func count(_ request: ImportedRequest, _ fate: ImportBatches.Fate, language: String) {
        switch fate {
        case .known: known += 1
        case .refused(let fault): reject(fault)
        case .added:
            added += 1
            byCategory[request.categoryName(in: language), default: 0] += 1
            byUnit[request.unit ?? "", default: 0] += 1
            byChannel[request.channel.rawValue, default: 0] += 1
            byState[request.state, default: 0] += 1
            for remark in request.remarks { remarks[remark, default: 0] += 1 }
        }
    }
}
