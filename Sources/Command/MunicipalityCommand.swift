import Adapters
import App
import ArgumentParser
import Domain
import Foundation

/// `torg municipality create`: a municipality with its first account.
struct MunicipalityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "municipality", abstract: "Municipalities.", subcommands: [Create.self])

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes a municipality with its system manager, who then makes everything else in the browser.",
            discussion: """
                On a terminal, what no option names is asked for, the password without showing it. Elsewhere nothing is \
                asked: the password is the first line of standard input, and all else comes from options. The password is \
                never an option, because every user of the machine sees those.
                """)

        @OptionGroup var settings: SettingsOptions
        @Option(help: "The short name in addresses: a–z, 0–9 and dash, such as sandvik.") var slug: String?
        @Option(help: "The name, such as \"Sandvik kommune\".") var name: String?
        @Option(help: "SE, NO or DK.") var country: Country?
        @Option(help: "The language when a reader has chosen none: sv, nb, da or en. By default the country's.")
        var language: String?
        @Option(
            help: "The name of the unit where contacts come in (default: Kontaktcenter, Servicetorg or Borgerservice).")
        var centre: String?
        @Option(help: "The system manager's login.") var adminLogin: String?
        @Option(help: "The system manager's name.") var adminName: String?

        func validate() throws {
            if let slug { try check(slug: slug) }
            if let language, !CreateMunicipality.languages.contains(language) {
                throw ValidationError("Torg speaks " + CreateMunicipality.languages.joined(separator: ", "))
            }
        }

        private func check(slug: String) throws {
            guard Municipality.isSlug(slug) else {
                throw ValidationError("the short name is 2 to 40 of a–z, 0–9 and dash, and not one that Torg needs")
            }
        }

        func run() async throws {
            try await settings.withInstallation { installation in
                let asking = Asking()
                let name = try name ?? asking.line("Name of the municipality", option: "--name")
                let slug = try slug ?? asking.line("Short name in addresses", option: "--slug")
                try check(slug: slug)
                let country =
                    try country
                    ?? asking.value("Country (SE, NO, DK)", option: "--country") { Country(argument: $0) }
                let centre =
                    try centre
                    ?? asking.line(
                        "Name of the unit where contacts come in", option: "--centre", default: country.centreName)
                let login = try adminLogin ?? asking.line("The system manager's login", option: "--admin-login")
                let person = try adminName ?? asking.line("The system manager's name", option: "--admin-name")
                let password = try asking.password("The system manager's password")
                if let fault = installation.fault(inPassword: password, known: [login, person, name, slug]) {
                    throw Failure.refused(installation.wordsForFault(fault))
                }
                do {
                    var municipality = try CreateMunicipality(
                        slug: slug, name: name, country: country, language: language ?? country.language,
                        centreName: centre, adminLogin: login, adminName: person,
                        adminPasswordHash: installation.passwords.hash(password)
                    )
                    municipality.passwordIsGiven = true
                    try await municipality.perform(in: installation)
                } catch let refused as CreateMunicipality.Refused {
                    guard refused.code == "taken" else {
                        throw Failure.refused("\(refused.field): \(refused.text) Nothing was changed")
                    }
                    throw Failure.refused("there is a municipality \(slug) already; nothing was changed")
                }
                say("\(name) is there now: \(installation.settings.publicURL)/\(slug)/login")
                say("The system manager chooses a password of their own at the first login.")
            }
        }
    }
}
