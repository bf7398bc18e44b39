import Database
import Domain

extension Operation {
    /// Those of the cases that the scope has.
    func cases(_ ids: Set<ID<Case>>, in scope: CaseScope) throws -> [ID<Case>: Case] {
        let found = try tx.rows(
            """
            SELECT * FROM cases WHERE municipality = \(tenant) AND id IN \(list: ids.sorted()) AND \(scope.condition)
            """
        ).compactMap { try readable($0, Case.init) }
        return Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What a row of the table `cases` holds. One that cannot be read is logged, without anything it says, and left out:
    /// it holds up no other case. What is wrong with the transaction and not with the case is thrown, to be tried again.
    func readable<Value>(_ row: Row, _ read: (Row) throws -> Value) throws -> Value? {
        do {
            return try read(row)
        } catch let error as DatabaseError where error == .conflict || error.retryAfter != nil {
            throw error
        } catch {
            let id: Int64? = try? row["id"]
            installation.logger.error(
                "a case cannot be read",
                metadata: [
                    "municipality": "\(municipality.slug)", "case": "\(id.map(String.init) ?? "-")",
                    "error": "\(error)",
                ])
            return nil
        }
    }
}
