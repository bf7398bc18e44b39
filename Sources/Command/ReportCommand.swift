import Adapters
import App
import ArgumentParser
import Domain
import Foundation

/// `torg report`: what has to be followed up, as the pages and the mails tell it.
struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "What has to be followed up: open, overdue, or a leader's list.",
        discussion: """
            open: all open cases. overdue: without a first answer in time, or without measures. leader: what is outstanding \
            in the units of --leader. Titles of confidential cases are left out.
            """)

    @OptionGroup var settings: SettingsOptions
    @Argument(help: "open, overdue or leader.") var report: FollowUpReport
    @Option(help: "The municipality's short name, such as sandvik.") var municipality: String
    @Option(help: "The login of a leader: only their units. Needed for the leader's list.") var leader: String?
    @Option(help: "text, csv or xlsx.") var format = PrintReport.Format.text
    @Option(help: "The file to write. Without it the report is printed.") var output: String?

    func validate() throws {
        if report == .leader, leader == nil { throw ValidationError("whose list? name the leader with --leader") }
        if format == .xlsx, output == nil {
            throw ValidationError("a spreadsheet goes to a file: name it with --output")
        }
    }

    func run() async throws {
        try await settings.withInstallation { installation in
            let data: Data
            do {
                data = try await PrintReport(
                    report: report, municipality: municipality, leader: leader, format: format
                ).perform(in: installation)
            } catch let refusal as PrintReport.Refused {
                throw Failure.refused(refusal.description)
            }
            guard let output else { return FileHandle.standardOutput.write(data) }
            do { try OwnerFile.write(data, to: output) } catch { throw Failure.refused("\(error)") }
        }
    }
}

extension FollowUpReport: ExpressibleByArgument {}
extension PrintReport.Format: ExpressibleByArgument {}
