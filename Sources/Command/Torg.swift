import Adapters
import ArgumentParser
import Foundation
import Logging

/// The program: each command stands in a file of its own.
@main
struct Torg: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "torg",
        abstract: "Where citizens and their municipality meet: every contact is answered or followed until it is.",
        subcommands: [
            Migrate.self, Serve.self, Worker.self, Jobs.self, Seed.self, MunicipalityCommand.self, Token.self,
            Sight.self, Import.self, SearchCommand.self, Figures.self, CalendarCommand.self, ReportCommand.self,
            Backup.self, Verify.self, Privacy.self, Bench.self,
        ])

    static func main() async {
        OwnerFile.guardAll()
        // A file that may not grow is an error like a full disk, and no reason to die.
        signal(SIGXFSZ, SIG_IGN)
        // What a command prints is its result; the log goes beside it.
        LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let failure as Failure {
            complain(failure.message)
            Foundation.exit(failure.status)
        } catch  where exitCode(for: error) == .failure && !(error is ExitCode) {
            // Not about the arguments, which the parser explains better.
            complain("\(error)")
            Foundation.exit(1)
        } catch {
            Self.exit(withError: error)
        }
    }
}

/// Why a command ends: told in one line, without a secret.
struct Failure: Error {
    var message: String
    /// As in sysexits.h.
    var status: Int32

    /// The command line is wrong.
    static func usage(_ message: String) -> Failure { Failure(message: message, status: 64) }
    /// A setting is wrong.
    static func configuration(_ message: String) -> Failure { Failure(message: message, status: 78) }
    /// It cannot be done.
    static func refused(_ message: String) -> Failure { Failure(message: message, status: 1) }
}

func complain(_ line: String) {
    FileHandle.standardError.write(Data("torg: \(line)\n".utf8))
}
