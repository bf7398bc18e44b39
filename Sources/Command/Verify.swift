import App
import ArgumentParser
import Synchronization

/// `torg verify`: every invariant of the stored data.
struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Checks every invariant of the stored data.",
        discussion: """
            Prints a line for each breach, and ends with status 1 when there is one. Says at the end what it cannot see: it \
            is no substitute for backups. On the way it tells how far it is, on the standard error output.
            """)

    @OptionGroup var settings: SettingsOptions
    @Flag(help: "Looks only at what the history tells of since a check last found nothing.") var changed = false
    @Flag(help: "Takes note of commits that are missing: from the next time on they are not told again.")
    var acceptLoss = false

    func run() async throws {
        try await settings.withInstallation(isReading: true) { installation in
            let breaches = Mutex(0)
            let (checked, rules) = (Steps("cases checked"), Steps("rules checked", each: 10))
            let lines = Steps("lines of the history counted", each: 1_000_000)
            let cases = try await installation.verify(
                onlyChanged: changed,
                progress: { progress in
                    switch progress.part {
                    case .cases: checked.add(progress.more)
                    case .rules: rules.add(progress.more)
                    case .lines: lines.add(progress.more)
                    }
                }
            ) { breach in
                say(breach.description)
                breaches.withLock { $0 += 1 }
            }
            let found = breaches.withLock { $0 }
            for line in try await installation.whatVerifySees() { say(line) }
            if acceptLoss { try await installation.acceptLosses() }
            say(
                "\(cases)\(changed ? " changed" : "") cases checked; \(found == 0 ? "nothing is wrong" : "\(found) breaches")"
            )
            if found > 0 { throw ExitCode.failure }
        }
    }
}
