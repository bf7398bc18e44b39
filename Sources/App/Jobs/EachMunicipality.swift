import Database
import Domain

extension Installation {
    /// Does a job's work in one municipality after the other. A fault in one is logged and stops none after it; the
    /// first is thrown when all have had their turn, so that the job counts as failed and is tried again.
    ///
    /// - Returns: how much there was to do in all.
    func inEachMunicipality(_ work: (ID<Municipality>) async throws -> Int) async throws -> Int {
        var total = 0
        var firstFault: (any Error)?
        for municipality in try await Directories.all(in: database) {
            do {
                total += try await work(municipality.id)
            } catch let error as DatabaseError where error.retryAfter != nil {
                // The others would wait for nothing.
                throw error
            } catch {
                logger.error(
                    "a job failed in a municipality",
                    metadata: ["municipality": "\(municipality.slug)", "error": "\(error)"])
                firstFault = firstFault ?? error
            }
        }
        if let firstFault { throw firstFault }
        return total
    }
}
