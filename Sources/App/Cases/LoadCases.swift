import Database
import Domain

extension CaseFacade {
    /// Those of the cases that the scope has.
    func load(_ ids: Set<ID<Case>>, in scope: CaseScope) throws -> [ID<Case>: Case] {
        let found = try tx.rows(
            """
            SELECT * FROM cases WHERE municipality = \(tenant) AND id IN \(list: ids.sorted()) AND \(scope.condition)
            """
        ).compactMap { try readable($0, Case.init) }
        return Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// What a row holds. One that cannot be read, such as one that a newer version of Torg wrote, is logged, without
    /// anything it says, and left out: it holds up no other. What is wrong with the transaction and not with the row is
    /// thrown, to be tried again.
    ///
    /// - Parameter what: what a row of the table is, for the log.
    func readable<Value>(_ row: Row, of what: StaticString = "case", _ read: (Row) throws -> Value) throws -> Value? {
        do {
            return try read(row)
        } catch let error as DatabaseError where error == .conflict || error.retryAfter != nil {
            throw error
        } catch {
            let id: Int64? = try? row["id"]
            installation.logger.error(
                "a \(what) cannot be read",
                metadata: [
                    "municipality": "\(municipality.slug)", "\(what)": "\(id.map(String.init) ?? "-")",
                    "error": "\(error)",
                ])
            return nil
        }
    }
}
