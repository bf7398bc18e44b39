import App
import ArgumentParser
import Foundation

/// `torg import`: takes over what other systems know.
struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Takes over what other systems know.", subcommands: [Requests.self])

    struct Requests: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Reads requests from a CSV file into contacts and cases.",
            discussion: """
                What the columns mean stands in a mapping file, such as mappings/myla311.yaml; docs/import.md tells how \
                to write one. Rows that cannot be read are set aside with the reason. Running it again adds nothing \
                twice. Nobody gets a mail.
                """)

        @OptionGroup var settings: SettingsOptions
        @Argument(help: "The CSV file.", completion: .file(extensions: ["csv"])) var file: String
        @Option(help: "The municipality's short name, such as sandvik.") var municipality: String
        @Option(help: "The mapping file, YAML.", completion: .file(extensions: ["yaml", "yml"])) var mapping: String
        @Option(help: "Where rows that cannot be read are set aside (default: FILE.rejected.csv).")
        var rejected: String?
        @Flag(help: "Reads the file in the mapping's encoding, although it looks like UTF-8.") var trustEncoding = false

        func run() async throws {
            let task = ImportRequests(
                file: file, mapping: try readMapping(), mappingFile: mapping, municipality: municipality,
                rejectedFile: rejected, trustsEncoding: trustEncoding)
            try await settings.withInstallation { installation in
                var bar = ProgressBar()
                let started = ContinuousClock.now
                do {
                    let summary = try await task.perform(in: installation) { bar.show($0) }
                    bar.end()
                    for line in summary.lines(seconds: started.duration(to: .now).seconds, rejected: task.rejectedFile)
                    {
                        say(line)
                    }
                } catch let fault as ImportFault {
                    bar.end()
                    throw Failure.refused("\(fault)")
                }
            }
        }

        private func readMapping() throws -> RequestMapping {
            guard let data = FileManager.default.contents(atPath: mapping) else {
                throw Failure.refused("\(mapping) cannot be read")
            }
            guard let text = String(validating: data, as: UTF8.self) else {
                throw Failure.refused("\(mapping) is not UTF-8")
            }
            do throws(MappingFaults) {
                return try RequestMapping(yaml: text)
            } catch {
                throw Failure.refused("\(mapping) is not right:\n\(error)")
            }
        }
    }
}

extension Duration {
    fileprivate var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
